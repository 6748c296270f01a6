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
        new(Mrmr.Entry, o => new Mrmr(o), json => FittedSelection.Read(Mrmr.RegistryName, json)),
        new(ReliefF.Entry, o => new ReliefF(o), json => FittedSelection.Read(ReliefF.RegistryName, json)),
        new(LassoSelection.Entry, o => new LassoSelection(o), json => FittedSelection.Read(LassoSelection.RegistryName, json)),
        new(StabilitySelection.Entry, o => new StabilitySelection(o), FittedStabilitySelection.Read),
        new(SvmRfe.Entry, o => new SvmRfe(o), json => FittedSelection.Read(SvmRfe.RegistryName, json)),
        new(ForestImportance.Entry, o => new ForestImportance(o), json => FittedSelection.Read(ForestImportance.RegistryName, json)),
        new(Boruta.Entry, o => new Boruta(o), json => FittedSelection.Read(Boruta.RegistryName, json)),
        new(Stepwise.Entry, o => new Stepwise(o), json => FittedSelection.Read(Stepwise.RegistryName, json)),
    ];
}
