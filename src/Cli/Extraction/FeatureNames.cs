namespace RadiogenomicsCloud.Cli.Extraction;

/// <summary>Whose names and definitions features have.</summary>
internal enum FeatureNames
{
    /// <summary>Those of the standard.</summary>
    Ibsi,

    /// <summary>Those of PyRadiomics.</summary>
    PyRadiomics,
}
