using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// What a SUV was divided by instead of body weight (PS3.3 section C.8.9.1, SUV Type (0054,1006)). W is the weight in kg,
/// H the height in cm; results in kg, the body surface in cm².
/// </summary>
internal static class BodySize
{
    /// <summary>
    /// Factor from a SUV of the given type to that of body weight, W ÷ size. <c>BW</c> is 1. Formulas:
    /// <list type="bullet">
    /// <item><c>LBM</c>, James as PS3.16 and scanners have it: male 1.10 W − 120 (W/H)², female 1.07 W − 148 (W/H)²;</item>
    /// <item><c>LBMJAMES128</c>, James as published: 128 for 120;</item>
    /// <item><c>LBMJANMA</c>, Janmahasatian et al., Clin. Pharmacokinet. 2005;44:1051: male 9270 W / (6680 + 216 B), female
    /// 9270 W / (8780 + 244 B), B = W / (H/100)²;</item>
    /// <item><c>IBW</c>: male 48.0 + 1.06 (H − 152), female 45.5 + 0.91 (H − 152);</item>
    /// <item><c>BSA</c>, Du Bois: 0.007184 W^0.425 H^0.725 m², times 10⁴ for cm²; the SUV is then in cm²/mL.</item>
    /// </list>
    /// </summary>
    public static double ToBodyWeight(string type, DicomDataset data, List<string> warnings)
    {
        if (type == "BW")
            return 1;
        if (type is not ("LBM" or "LBMJAMES128" or "LBMJANMA" or "IBW" or "BSA"))
            throw new BadInputException("suv.type", $"{data.File}: {DicomTags.SuvType} is '{type}', which is not a SUV type that is known here (BW, LBM, LBMJAMES128, LBMJANMA, IBW, BSA).", data.File);
        var w = PetTags.Positive(data, DicomTags.PatientWeight, $"to convert SUV of type {type} to body weight");
        var h = PetTags.Positive(data, DicomTags.PatientSize, $"to convert SUV of type {type} to body weight") * 100;
        if (h is < 20 or > 300)
            throw DicomErrors.Value(data.File, DicomTags.PatientSize, $"is {(h / 100).ToString("R", CultureInfo.InvariantCulture)}, no height in metres");
        var size = type == "BSA"
            ? 0.007184 * Math.Pow(w, 0.425) * Math.Pow(h, 0.725) * 10
            : Mass(type, w, h, IsMale(data, type));
        if (!(size > 0))
            throw DicomErrors.Value(data.File, DicomTags.PatientWeight, $"and {DicomTags.PatientSize} give no positive body size for SUV of type {type}");
        warnings.Add($"PET values of SUV type {type} were converted to body weight by the factor {(w / size).ToString("0.####", CultureInfo.InvariantCulture)}.");
        return w / size;
    }

    private static double Mass(string type, double w, double h, bool male)
    {
        var ratio = w / h * (w / h);
        var index = w / (h / 100 * (h / 100));
        return type switch
        {
            "LBM" => male ? (1.10 * w) - (120 * ratio) : (1.07 * w) - (148 * ratio),
            "LBMJAMES128" => male ? (1.10 * w) - (128 * ratio) : (1.07 * w) - (148 * ratio),
            "LBMJANMA" => male ? 9270 * w / (6680 + (216 * index)) : 9270 * w / (8780 + (244 * index)),
            _ => male ? 48.0 + (1.06 * (h - 152)) : 45.5 + (0.91 * (h - 152)),
        };
    }

    private static bool IsMale(DicomDataset data, string type) => data.GetString(DicomTags.PatientSex) switch
    {
        "M" => true,
        "F" => false,
        _ => throw new BadInputException("suv.missing",
            $"{data.File}: {DicomTags.PatientSex} is not M or F, which is needed to convert SUV of type {type} to body weight.", data.File),
    };
}
