using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

/// <summary>How one predictor set is modelled: everything from the raw columns to the probability, learned anew in each resample.</summary>
/// <param name="Set">Name of the predictor set; <see cref="PredictorSources.Chosen"/> where it is chosen.</param>
/// <param name="Model">The model; of a choice only its name.</param>
/// <param name="Among">What is chosen among; null where set and model are given.</param>
public sealed record Procedure(string Set, IReadOnlyList<NamedOptions> Select, NamedOptions Model, Candidates? Among = null)
{
    /// <summary>How a choice is named among models.</summary>
    public const string ChoiceName = "choice";

    /// <summary>
    /// The study's <c>select</c> list, before it the choice of genes by variance that <c>genomics</c> asks for: learned from data, hence
    /// anew in each resample. In a set without these genes it changes nothing.
    /// </summary>
    public static IReadOnlyList<NamedOptions> SelectOf(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var select = new List<NamedOptions>();
        if (study.Genomics?.Expression?.TopVariance is { } genes)
            select.Add(TopVariance.Of(genes, MolecularMatrixReader.ExpressionPrefix));
        if (study.Genomics?.CopyNumber?.TopVariance is { } segments)
            select.Add(TopVariance.Of(segments, MolecularMatrixReader.CopyNumberPrefix));
        if (study.Recalibrate is { } recalibrate)
            return [.. select, .. study.Select, recalibrate];
        return [.. select, .. study.Select];
    }

    /// <summary>The choice among candidates as a procedure of its own.</summary>
    public static Procedure Choice(IReadOnlyList<NamedOptions> select, Candidates among) =>
        new(PredictorSources.Chosen, select, new(ChoiceName, JsonSerializer.SerializeToElement(new { })), among);

    /// <summary>The predictors that it may use.</summary>
    internal Predictors Predictors(AnalysisData data) => data.PredictorsOf(ColumnsOf(data));

    /// <summary>The columns of <see cref="Predictors"/>.</summary>
    internal IReadOnlyList<string> ColumnsOf(AnalysisData data) => Among is null
        ? data.ColumnsOf(Set)
        : [.. Among.Sets.SelectMany(data.ColumnsOf).Distinct(StringComparer.Ordinal)];

    /// <summary>What is fitted to <see cref="Predictors"/>; its fit is a <see cref="FittedPipeline"/>.</summary>
    internal IModelLearner Learner(AnalysisData data) => Among is null ? Pipeline(Model) : new ModelChoice(
        [.. Among.Sets.SelectMany(set => Among.Models.Select(model => new Alternative($"{set}, {model.Name}", data.ColumnsOf(set), Pipeline(model))))],
        Among.Settings);

    /// <summary>Makes sure that what it names can be made.</summary>
    /// <exception cref="BadInputException">An unknown name or option, or options that do not go together.</exception>
    public void Check()
    {
        foreach (var model in Among?.Models ?? [Model])
            _ = Pipeline(model);
    }

    internal ModellingPipeline Pipeline(NamedOptions model) => LearningRegistry.Pipeline(Select, model);
}

/// <summary>Every model under every predictor set, of which the best is chosen on inner folds.</summary>
public sealed record Candidates(IReadOnlyList<string> Sets, IReadOnlyList<NamedOptions> Models, ChoiceSettings Settings);

/// <summary>Which resamples are drawn.</summary>
public sealed record Resampling(ResamplingOptions Options, ulong Seed)
{
    public static Resampling Of(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var (bootstrap, nested, interval) = (study.Validate.Bootstrap, study.Validate.NestedCv, study.Validate.Interval);
        var options = new ResamplingOptions { BootstrapResamples = bootstrap?.Resamples ?? 0, Repeats = nested?.Repeats ?? 0 };
        if (nested is not null)
            options = options with { Folds = nested.Folds };
        if (interval is not null)
            options = options with { OuterResamples = interval.Outer, InnerResamples = interval.Inner, InnerRepeats = interval.InnerRepeats, Level = interval.Level };
        var validate = study.Validate;
        options = options with
        {
            LeaveOneSiteOut = validate.LeaveOneSiteOut is true,
            HoldOut = validate.HoldOut,
            Permutation = validate.Permutation,
            Threshold = validate.Threshold ?? options.Threshold,
            RiskCategories = validate.RiskCategories,
            RiskGroups = validate.RiskGroups ?? options.RiskGroups,
            Horizons = validate.Horizons ?? options.Horizons,
        };
        return new(options, study.Seed);
    }
}
