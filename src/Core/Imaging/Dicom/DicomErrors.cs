namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>The sentences of a reader that met bad bytes; each names the file.</summary>
internal static class DicomErrors
{
    public static BadInputException Truncated(string file, string what) => new(
        "dicom.truncated", $"{file} ends before its content does ({what}); copy or export it again.", file);

    public static BadInputException Malformed(string file, string what, Exception? inner = null) => new(
        "dicom.malformed", $"{file} is not a valid DICOM file: {what}; export it again.", file, inner);

    public static BadInputException TooLarge(string file, string what, long length) => new(
        "dicom.too-large", $"{file}: {what} has {length} bytes, more than 2 GiB, which is not read here; split it into single frames.", file);

    public static BadInputException TooMany(string file) => new(
        "dicom.too-large", $"{file} has more than {DicomDataset.MaximumElements} attributes, which are not read here; split it.", file);

    public static BadInputException TooMuch(string file, long most) => new(
        "dicom.too-large", $"{file} has more than {most} bytes beside its pixel data, which are not read here; split it.", file);

    public static BadInputException Value(string file, DicomTag tag, string what) => new(
        "dicom.value", $"{file}: {tag} {what}.", $"{file} {tag}");

    public static BadInputException NotDicom(string file) => new(
        "dicom.not-dicom", $"{file} is not a DICOM file.", file);

    public static BadInputException TooDeep(string file) => new(
        "dicom.malformed", $"{file} nests sequences more than {DicomParser.MaxDepth} deep; export it again.", file);
}
