using System.Text.Json;
using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Previews;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Reporting;

/// <summary>Small runs to render, made by hand: no number in them was computed.</summary>
internal static class ExampleReports
{
    public const string BootstrapInterval = "two-stage bootstrap of the whole pipeline, 100 × 10 bootstrap samples";
    public const string FoldInterval = "two-stage bootstrap of the whole pipeline, 100 × 2 × 5 folds";

    public static ReportInput Internal(string reason = "The series lacks a slice between −12.5 and −7.5 mm.") => Make(
        "internal",
        [Model("ct", 0.71, 0.55, 0.83), Model("ct+mutations", 0.64, 0.45, 0.79)],
        [
            new("ct", "ct+mutations", "auc", "out_of_bag", 0.07, new(-0.1, 0.24, 0.95, BootstrapInterval), 0.4),
            new("ct", "ct+mutations", "auc", "nested_cv", 0.05, new(-0.12, 0.22, 0.95, FoldInterval), 0.0004),
        ],
        Cases(reason));

    public static ReportInput External() => Make(
        "external",
        [
            new(
                "ct", "elastic_net", 2, 1, 30, 4, false,
                [
                    new("auc", "external", EstimateRole.Unseen, 0.66, new(0.52, 0.78, 0.95, "DeLong, logit scale")),
                    new("brier", "external", EstimateRole.Unseen, 0.2, new(0.1, 0.3, 0.95, "normal, mean over subjects")),
                ],
                [new(0, 0), new(0.25, 0.75), new(1, 1)], [new(0.2, 0.25), new(0.8, 0.7)], [], [], ["Only 1 cases are in the rarer class; every estimate is very uncertain."]),
        ],
        [],
        Cases("Its image is missing."));

    /// <summary>Every set with every kind of model; AUCs that fall with the place of the kind.</summary>
    public static ReportInput Many(IReadOnlyList<string> sets, IReadOnlyList<string> kinds) => Make(
        "internal", [.. kinds.SelectMany((kind, k) => sets.Select(set => Model(set, 0.8 - (0.02 * k), 0.6 - (0.02 * k), 0.9) with { Model = kind, DecisionCurve = Decision() }))], [],
        Cases("Its image is missing."));

    public static IReadOnlyList<DecisionPoint> Decision() =>
    [
        new(0.1, 0.31, new(0.2, 0.4, 0.95, FoldInterval), 0.3), new(0.3, 0.2, new(0.1, 0.3, 0.95, FoldInterval), 0.1), new(0.5, 0.1, null, -0.25), new(0.7, -0.6, null, -1.1),
    ];

    /// <summary>Two models of a survival time, one of them with everything that there can be.</summary>
    public static ReportInput Survival()
    {
        ModelPerformance Of(string set) => new(
            set, "ridge", 12, 6, 3, 3, false,
            [
                new("c_harrell", "nested_cv", EstimateRole.Unseen, 0.7, new(0.55, 0.8, 0.95, FoldInterval)),
                new("brier_at", "nested_cv", EstimateRole.Unseen, 0.2, null) { Horizon = 447 },
            ],
            [], [], [], [], [])
        {
            Kind = EndpointKind.Survival,
        };
        var report = Make(
            "internal",
            [
                Of("ct") with
                {
                    DecisionCurve = Decision(),
                    Permutation = new("c_harrell", "cross_validation", 0.7, 99, 3, 0.04, 0.501, 0.612),
                    RiskGroups = new(
                        "median", "nested_cv", new(6, 1, [new(100, 1, null, null, 6), new(200, 0.8, 0.4, 0.95, 5), new(400, 0.8, 0.4, 0.95, 4)]),
                        new(6, 5, [new(50, 0.8333, 0.3, 0.97, 6), new(250, 0.2, 0.01, 0.5, 5)]), 4.2, 0.0404, 0.03, "The p-value of the log-rank test is nominal."),
                },
                Of("clinical"),
            ],
            [new("ct", "clinical", "c_harrell", "nested_cv", 0.07, new(-0.1, 0.24, 0.95, FoldInterval), 0.4) { Model = "ridge" }],
            Cases("Its image is missing."));
        return report with
        {
            Performance = report.Performance with
            {
                FurtherComparisons = [new("ct", "clinical", "brier_at", "nested_cv", -0.0312, new(-0.1, 0.04, 0.95, FoldInterval), 0.31) { Model = "ridge", Horizon = 447 }],
            },
        };
    }

    public static ReportInput WithCases(params IReadOnlyList<CaseRecord> cases) =>
        Internal() with { Cases = cases, Previews = [] };

    public static ReportInput WithInputs(params IReadOnlyList<InputFile> inputs)
    {
        var report = Internal();
        return report with { Provenance = report.Provenance with { Inputs = inputs } };
    }

    public static ReportInput WithCertificate(CertificateSummary? certificate)
    {
        var report = Internal();
        return report with { Provenance = report.Provenance with { Certificate = certificate } };
    }

    public static ReportInput WithSettings(string json)
    {
        var report = Internal();
        return report with { Provenance = report.Provenance with { Settings = JsonDocument.Parse(json).RootElement } };
    }

    public static CaseRecord Analysed(string id, params IReadOnlyList<string> warnings) => new(id, id, null, CaseStatus.Analysed, "", "", warnings);

    public static CaseRecord Lost(string id, CaseStatus status, string stage) => new(id, id, null, status, stage, "It is not there.", []);

    public static ModelPerformance Model(string set, double auc, double low, double high) => new(
        set, "elastic_net", 40, 15, 200, 1, true,
        [
            new("auc", "out_of_bag", EstimateRole.Unseen, auc, new(low, high, 0.95, BootstrapInterval)),
            new("auc", "nested_cv", EstimateRole.Unseen, auc - 0.01, new(low - 0.1, high + 0.1, 0.95, FoldInterval)),
            new("brier_scaled", "out_of_bag", EstimateRole.Unseen, 0.12, new(-0.1, 0.3, 0.95, BootstrapInterval)),
            new("auc", "harrell", EstimateRole.OptimismCorrected, 0.9, null),
            new("auc", "apparent", EstimateRole.Apparent, 0.98, null),
        ],
        [new(0, 0), new(0.123, 0.456), new(1, 1)], [new(0.2, 0.25), new(0.8, 0.7)],
        [new(20, 0.5, 0.5, new(0.3, 0.7, 0.95, "Wilson"))], [new("ct_original_stat_var", 0.9, 0.4)],
        [$"15 patients in the rarer class for 200 candidate predictors of {set}."])
    {
        RocAveraged = [new(0, 0), new(0.5, 0.8), new(1, 1)],
    };

    private static IReadOnlyList<CaseRecord> Cases(string reason) =>
    [
        Analysed("A"),
        Analysed("B", "Something was found."),
        new("C", "C", null, CaseStatus.Failed, "imaging ct", reason, []),
        new("D", "D", null, CaseStatus.Excluded, "endpoint", "No value of response.", []),
    ];

    private static ReportInput Make(
        string kind, IReadOnlyList<ModelPerformance> models, IReadOnlyList<PredictorSetComparison> comparisons, IReadOnlyList<CaseRecord> cases)
    {
        var grid = GridGeometry.AxisAligned(8, 8, 2, 1, 1, 2);
        var mask = new byte[grid.VoxelCount];
        mask[grid.Index(4, 4, 1)] = 1;
        var preview = TumourPreview.Render(new(grid, new double[grid.VoxelCount], IntensityUnit.Hounsfield), new(grid, mask));
        return new(
            new(1, "0.1.0", "0123456789ab", "demo", "response", 1, JsonDocument.Parse("{}").RootElement, new Dictionary<string, int> { ["extract"] = 1 }, [], []),
            new(1, kind, "response", models, comparisons),
            cases,
            [new("A", "ct", "CT", preview)]);
    }
}
