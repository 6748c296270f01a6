using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

/// <summary>How one predictor set is modelled: everything from the raw columns to the probability, learned anew in each resample.</summary>
/// <param name="Set">Name of the predictor set.</param>
public sealed record Procedure(string Set, IReadOnlyList<NamedOptions> Select, NamedOptions Model)
{
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
        return [.. select, .. study.Select];
    }

    public ModellingPipeline Pipeline() => LearningRegistry.Pipeline(Select, Model);
}

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
            RiskGroups = validate.RiskGroups ?? options.RiskGroups,
            Horizons = validate.Horizons ?? options.Horizons,
        };
        return new(options, study.Seed);
    }
}
