namespace RadiogenomicsCloud.Validation;

/// <summary>What is told of every model beside its worth; null leaves a part out. A nomogram is made of every model that has one.</summary>
public sealed record ExplainSettings(ImportanceSettings? PermutationImportance, DependenceSettings? PartialDependence)
{
    /// <summary>Everything, with the defaults.</summary>
    public static ExplainSettings All { get; } = new(new ImportanceSettings(), new DependenceSettings());
}

/// <summary>Permutation importance on cases left out.</summary>
/// <param name="Resamples">So many of the leading scheme's resamples, the first, are fitted again for it; 2 … 1,000.</param>
/// <param name="Repeats">How often each column is permuted in each of them; 1 … 100.</param>
public sealed record ImportanceSettings(int Resamples = 50, int Repeats = 3);

/// <summary>Partial dependence of the locked model.</summary>
/// <param name="Predictors">So many predictors, the most important; 1 … 30.</param>
/// <param name="Points">Values of each, at most; 3 … 100.</param>
/// <param name="Resamples">Models of the leading scheme, the first, that the band is made of; 0 for no band … 1,000.</param>
public sealed record DependenceSettings(int Predictors = 6, int Points = 20, int Resamples = 50);
