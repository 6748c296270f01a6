namespace RadiogenomicsCloud.Learning;

/// <summary>The regression models, in the order in which the documentation lists them.</summary>
internal static class RegressionRegistrations
{
    public static readonly ModelRegistration[] All =
    [
        new(ElasticNetOptions.Entry, o => new ElasticNet(ElasticNetOptions.From(o)), FittedElasticNet.Read),
    ];
}
