namespace RadiogenomicsCloud.Learning;

/// <summary>What the partial likelihood makes of events at the same time.</summary>
public enum TieMethod
{
    /// <summary>Each event among all at risk less an average share of those that fail with it (Efron, J. Am. Stat. Assoc. 1977;72:557–565).</summary>
    Efron,

    /// <summary>Each event among all at risk (Breslow, Biometrics 1974;30:89–99).</summary>
    Breslow,
}
