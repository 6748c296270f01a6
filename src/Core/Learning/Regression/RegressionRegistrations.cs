namespace RadiogenomicsCloud.Learning;

/// <summary>The regression models, in the order in which the documentation lists them.</summary>
internal static class RegressionRegistrations
{
    public static readonly ModelRegistration[] All =
    [
        new(PlainRegression.Entry, o => new PlainRegression(o), FittedRegression.Read),
        new(
            ElasticNetOptions.RidgeEntry,
            o => new ElasticNet(ElasticNetOptions.Of(ElasticNetOptions.RidgeName, [0], o)),
            json => FittedElasticNet.Read(ElasticNetOptions.RidgeName, json)),
        new(
            ElasticNetOptions.LassoEntry,
            o => new ElasticNet(ElasticNetOptions.Of(ElasticNetOptions.LassoName, [1], o)),
            json => FittedElasticNet.Read(ElasticNetOptions.LassoName, json)),
        new(
            ElasticNetOptions.Entry,
            o => new ElasticNet(ElasticNetOptions.From(o)),
            json => FittedElasticNet.Read(ElasticNetOptions.RegistryName, json)),
    ];
}
