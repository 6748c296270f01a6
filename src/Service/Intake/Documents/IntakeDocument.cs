namespace RadiogenomicsCloud.Service.Intake;

public enum IntakeStatus
{
    Admitted,

    /// <summary>Kept out: none of its files is analysed.</summary>
    Quarantined,
}

/// <summary>What became of every case at the intake. All of its text may come from outside: to be encoded wherever it is shown.</summary>
/// <param name="Schema">Now <see cref="CurrentSchema"/>.</param>
/// <param name="Site">As the manifest says.</param>
/// <param name="DeidentificationRequired">Whether the gate was on.</param>
/// <param name="Cases">Those with image files, in ordinal order.</param>
/// <param name="Notes">Findings about the cohort as a whole.</param>
public sealed record IntakeDocument(
    int Schema, string? Site, DeidentificationStatement? Deidentification, bool DeidentificationRequired, IntakeTotals Totals,
    IReadOnlyList<IntakeCase> Cases, IReadOnlyList<string> Notes)
{
    public const int CurrentSchema = 1;
}

/// <param name="Files">Of admitted cases, and those that belong to no case.</param>
/// <param name="Bytes">Of those files.</param>
public sealed record IntakeTotals(int Cases, int Admitted, int Quarantined, int Files, long Bytes);

/// <param name="Reasons">Why it was quarantined; empty for an admitted case.</param>
/// <param name="Files">As listed; not those that the manifest promised and nobody found.</param>
public sealed record IntakeCase(
    string CaseId, IntakeStatus Status, IReadOnlyList<IntakeReason> Reasons, IReadOnlyList<IntakeReason> Warnings, int Files, long Bytes);

/// <param name="Code">Dotted lower case.</param>
/// <param name="Message">One sentence; never a value of a DICOM attribute.</param>
/// <param name="File">The first file that it is true of, relative to the cohort; null if it is true of the case.</param>
/// <param name="Count">Of how many files it is true.</param>
public sealed record IntakeReason(string Code, string Message, string? File = null, int Count = 1);
