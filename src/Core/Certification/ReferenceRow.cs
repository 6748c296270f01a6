namespace RadiogenomicsCloud.Certification;

/// <summary>One row of the reference table of a data set.</summary>
/// <param name="Family">Key of the feature's family, or <see cref="ReferenceTable.Diagnostics"/>.</param>
/// <param name="Tag">The IBSI's tag.</param>
/// <param name="Reference">Null for a feature that the standard found no consensus on.</param>
public sealed record ReferenceRow(string Family, string Tag, ReferenceValue? Reference);
