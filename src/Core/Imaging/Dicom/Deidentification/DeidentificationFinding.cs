namespace RadiogenomicsCloud.Imaging.Dicom.Deidentification;

/// <summary>Something that speaks against a file's being de-identified.</summary>
/// <param name="Code">Dotted lower case, beginning with <c>deid.</c>.</param>
/// <param name="Message">One sentence that names tag and keyword, and never a value.</param>
/// <param name="Forbids">False for what a person should look at and what does not keep the file out.</param>
public sealed record DeidentificationFinding(string Code, string Message, bool Forbids);
