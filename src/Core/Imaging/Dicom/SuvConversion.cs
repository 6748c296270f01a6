using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// PET to SUV by body weight, g/mL: the factor on a slice's rescaled values.
/// <list type="bullet">
/// <item><c>BQML</c>: weight [kg] × 1000 ÷ dose [Bq]. Decay Correction (0054,1102) START decays the dose from injection to the start
/// of the scan, dose × 2^(−t / half-life); ADMIN does not; NONE is an error. An enhanced PET says the moment itself in
/// Decay Correction DateTime (0018,9701).</item>
/// <item><c>GML</c>: 1 for SUV Type (0054,1006) BW or absent; the other types by <see cref="BodySize"/>. <c>CM2ML</c>: type BSA.</item>
/// <item><c>CNTS</c>: Philips (7053,xx00) is the factor to SUV; where it is absent or 0, (7053,xx09) that to Bq/mL.</item>
/// </list>
/// Other units, and anything needed that is missing or not positive, are errors (<c>suv.*</c>) that name the tag.
/// </summary>
internal static class SuvConversion
{
    private const string PhilipsCreator = "Philips PET Private Group";

    /// <summary>Doses below 10 kBq were surely written in MBq.</summary>
    private const double LeastPlausibleDose = 1e4;

    public static double[] Factors(IReadOnlyList<SlicePlane> slices, List<string> warnings)
    {
        var headers = slices.Select(s => s.Instance.Dataset).Distinct().ToArray();
        var units = Same(headers, Units, DicomTags.Units);
        Func<DicomDataset, double> factor = units switch
        {
            "BQML" => Constant(PerBecquerel(headers, warnings)),
            "GML" => Constant(BodySize.ToBodyWeight(Same(headers, h => h.GetString(DicomTags.SuvType) ?? "BW", DicomTags.SuvType), headers[0], warnings)),
            "CM2ML" => Constant(BodySize.ToBodyWeight("BSA", headers[0], warnings)),
            "CNTS" => Counts(headers, warnings),
            _ => throw new BadInputException("suv.units",
                $"{headers[0].File}: {DicomTags.Units} is '{units}'; BQML, GML, CM2ML and CNTS of Philips can be converted to SUV.", headers[0].File),
        };
        var byHeader = headers.ToDictionary(h => h, factor);
        foreach (var (header, value) in byHeader)
        {
            if (!double.IsFinite(value) || value <= 0)
                throw new BadInputException("suv.missing", $"{header.File}: the dose, weight or scale of the PET gives no finite SUV factor.", header.File);
        }
        return [.. slices.Select(s => byHeader[s.Instance.Dataset])];
    }

    private static Func<DicomDataset, double> Constant(double value) => _ => value;

    private static Func<DicomDataset, double> Counts(DicomDataset[] headers, List<string> warnings)
    {
        if (headers.All(h => Philips(h, 0x00) > 0))
            return h => Philips(h, 0x00)!.Value;
        var lacking = headers.FirstOrDefault(h => !(Philips(h, 0x09) > 0));
        if (lacking is not null)
            throw PetTags.Missing(lacking.File, new(0x7053, 0x1000), "(or (7053,1009)) to convert counts (CNTS) to SUV");
        var perBecquerel = PerBecquerel(headers, warnings);
        return h => Philips(h, 0x09)!.Value * perBecquerel;
    }

    private static double? Philips(DicomDataset header, byte element) =>
        header.GetDouble(PetTags.Private(header, 0x7053, PhilipsCreator, element) ?? new(0x7053, (ushort)(0x1000 | element)));

    private static double PerBecquerel(DicomDataset[] headers, List<string> warnings)
    {
        const string Why = "to convert Bq/mL to SUV";
        var header = headers[0];
        var weight = PetTags.Positive(header, DicomTags.PatientWeight, Why);
        var drugs = header.GetSequence(DicomTags.RadiopharmaceuticalInformationSequence);
        if (drugs.Count == 0)
            throw PetTags.Missing(header.File, DicomTags.RadiopharmaceuticalInformationSequence, Why);
        if (drugs.Count > 1)
            throw new BadInputException("suv.several-tracers",
                $"{header.File}: {DicomTags.RadiopharmaceuticalInformationSequence} names {drugs.Count} radiopharmaceuticals, so there is no one dose.", header.File);
        if (header.GetStrings(DicomTags.CorrectedImage) is { Count: > 0 } corrected && !corrected.Contains("ATTN"))
            warnings.Add($"{DicomTags.CorrectedImage} does not list ATTN: activities without attenuation correction are no basis for SUV.");
        var dose = PetTags.Positive(drugs[0], DicomTags.RadionuclideTotalDose, Why);
        if (dose < LeastPlausibleDose)
            warnings.Add($"{DicomTags.RadionuclideTotalDose} is {dose.ToString("R", CultureInfo.InvariantCulture)}, which must be in Bq; it looks like MBq, and SUV is then a million times too high.");
        return weight * 1000 / (dose * RemainingPart(headers, drugs[0], warnings));
    }

    /// <summary>The part of the injected dose that is left at the moment that the image's activities refer to.</summary>
    private static double RemainingPart(DicomDataset[] headers, DicomDataset drug, List<string> warnings)
    {
        const string Why = "to correct the dose for decay";
        var header = headers[0];
        var correction = Same(headers, h => h.GetString(DicomTags.DecayCorrection)
            ?? (h.GetString(DicomTags.DecayCorrected) switch { "YES" => "MOMENT", "NO" => "NONE", _ => null }), DicomTags.DecayCorrection);
        if (correction == "ADMIN")
            return 1;
        if (correction is not ("START" or "MOMENT"))
            throw new BadInputException("suv.decay",
                $"{header.File}: {DicomTags.DecayCorrection} is '{correction}'; activities that are not corrected for decay to START or ADMIN cannot become SUV.", header.File);
        if (header.GetStrings(DicomTags.CorrectedImage) is { Count: > 0 } corrected && !corrected.Contains("DECY"))
            warnings.Add($"{DicomTags.CorrectedImage} does not list DECY, though the decay correction is given; it is taken as done.");
        var halfLife = PetTags.Positive(drug, DicomTags.RadionuclideHalfLife, Why);
        if (halfLife is < 1 or > 1e9)
            throw DicomErrors.Value(header.File, DicomTags.RadionuclideHalfLife, $"is {halfLife.ToString("R", CultureInfo.InvariantCulture)}, no half-life in seconds of a PET tracer");
        var reference = correction == "START"
            ? PetTiming.ScanStart(headers, halfLife, warnings)
            : DicomTime.DateAndTime(header, DicomTags.DecayCorrectionDateTime, header)
                ?? throw PetTags.Missing(header.File, DicomTags.DecayCorrectionDateTime, Why);
        return Math.Pow(2, -PetTiming.SecondsSinceInjection(drug, header, reference, halfLife, warnings) / halfLife);
    }

    /// <summary>
    /// (0054,1001); enhanced PET has no such attribute and says the unit as Rescale Type of its pixel value transformation.
    /// </summary>
    private static string? Units(DicomDataset header)
    {
        if (header.GetString(DicomTags.Units) is { } units)
            return units;
        foreach (var groups in header.GetSequence(DicomTags.SharedFunctionalGroupsSequence)
            .Concat(header.GetSequence(DicomTags.PerFrameFunctionalGroupsSequence)))
        {
            foreach (var transformation in groups.GetSequence(DicomTags.PixelValueTransformationSequence))
            {
                if (transformation.GetString(DicomTags.RescaleType) is { } type and not "US")
                    return type;
            }
        }
        return null;
    }

    private static string Same(DicomDataset[] headers, Func<DicomDataset, string?> value, DicomTag tag)
    {
        var first = value(headers[0]) ?? throw PetTags.Missing(headers[0].File, tag, "to convert PET to SUV");
        var other = headers.FirstOrDefault(h => value(h) != first);
        return other is null
            ? first
            : throw new BadInputException("suv.mixed",
                $"{headers[0].File} and {other.File} differ in {tag} ('{first}' and '{value(other)}'); a series must have one.", other.File);
    }
}
