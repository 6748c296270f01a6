namespace RadiogenomicsCloud.Learning;

/// <summary>The selectors, in the order in which the documentation lists them.</summary>
internal static class SelectorRegistrations
{
    public static readonly TransformRegistration[] All =
    [
        new(TopVariance.Entry, o => new TopVariance(o), json => FittedSelection.Read(TopVariance.RegistryName, json)),
        new(NearZeroVariance.Entry, o => new NearZeroVariance(o), json => FittedSelection.Read(NearZeroVariance.RegistryName, json)),
        new(UnivariateFilter.Entry, o => new UnivariateFilter(o), json => FittedSelection.Read(UnivariateFilter.RegistryName, json)),
        new(CorrelationFilter.Entry, o => new CorrelationFilter(o), json => FittedSelection.Read(CorrelationFilter.RegistryName, json)),
        new(Stepwise.Entry, o => new Stepwise(o), json => FittedSelection.Read(Stepwise.RegistryName, json)),
    ];
}
