using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>The pipelines that are tried on noise, as study files would name them.</summary>
internal static class NullPipelines
{
    public static readonly NullSetting FiltersAndElasticNet = new(
        "filters with tuned elastic net",
        [NullSetting.Named("univariate", """{"count": 30}"""), NullSetting.Named("correlation", """{"max": 0.9}""")],
        NullSetting.Named("elastic_net"));

    /// <summary>The columns drawn at a node, between one and all that the filter leaves, are tuned on inner folds, the filter with them.</summary>
    public static readonly NullSetting FilterAndForest = new(
        "filter with tuned forest",
        [NullSetting.Named("univariate", """{"count": 30}""")],
        NullSetting.Named("random_forest", """{"ntree": 50, "mtry": [3, 10]}""") with { Tune = Grid });

    /// <summary>Few columns, since a regression without penalty refuses those that separate the classes.</summary>
    private static readonly NamedOptions[] Few = [NullSetting.Named("univariate", """{"count": 3}""")];

    /// <summary>Other endpoints than two classes.</summary>
    public static readonly IReadOnlyList<NullSetting> OtherEndpoints =
    [
        FiltersAndElasticNet with
        {
            Name = "survival, filters with tuned elastic net",
            Model = NullSetting.Named("elastic_net", """{"nlambda": 30}"""),
            Kind = EndpointKind.Survival,
        },
        FilterAndForest with { Name = "several classes, filter with tuned forest", Kind = EndpointKind.Multiclass },
        // R² of noise lies below 0, by what a model adds in variance; the rank correlation is 0.
        FiltersAndElasticNet with { Name = "a number, filters with tuned elastic net", Kind = EndpointKind.Continuous, Judged = "spearman" },
    ];

    private static NamedOptions Grid => NullSetting.Named("grid", """{"folds": 3}""");

    /// <summary>
    /// Every registered model of two classes but the two above, which are tried by every method: the columns of a filter, and the first option that has
    /// a range to search, if any, tuned.
    /// </summary>
    public static IReadOnlyList<NullSetting> OtherModels { get; } =
    [
        .. LearningRegistry.Entries
            .Where(e => e.Kind is RegistryKind.Model && e.Endpoints.Contains(EndpointKind.Binary))
            .Where(e => e.Name != FiltersAndElasticNet.Model.Name && e.Name != FilterAndForest.Model.Name)
            .Select(e => new NullSetting($"filter with {e.Name}", Few, Tuned(e))),
    ];

    private static NamedOptions Tuned(RegistryEntry entry) =>
        entry.Options.FirstOrDefault(o => o.Search is not null) is { } option
            ? NullSetting.Named(entry.Name, $$"""{"{{option.Name}}": "tune"}""") with { Tune = NullSetting.Named("random", """{"budget": 3, "folds": 3}""") }
            : NullSetting.Named(entry.Name);
}
