namespace RadiogenomicsCloud.Certification;

/// <summary>What the comparison of a computed value with its reference says.</summary>
public enum Verdict
{
    /// <summary>The rounded value is within the tolerance.</summary>
    Pass,

    /// <summary>There is a value, and it is not within the tolerance.</summary>
    Fail,

    /// <summary>There is a reference, and no value.</summary>
    NotComputed,

    /// <summary>The standard found no consensus on a value: shown, and neither right nor wrong.</summary>
    NoReference,
}

/// <summary>A feature beside its reference value.</summary>
/// <param name="Value">Unrounded; NaN where there is none.</param>
/// <param name="Missing">Why there is no value, as a clause; null where there is one.</param>
public sealed record CertificateRow(string Family, string Tag, double Value, ReferenceValue? Reference, string? Missing = null)
{
    public Verdict Verdict =>
        Reference is null ? Verdict.NoReference
        : double.IsNaN(Value) ? Verdict.NotComputed
        : Reference.Accepts(Value) ? Verdict.Pass
        : Verdict.Fail;

    /// <summary>Whether the row counts against the product: it has a reference and does not reproduce it.</summary>
    public bool IsFailure => Verdict is Verdict.Fail or Verdict.NotComputed;
}
