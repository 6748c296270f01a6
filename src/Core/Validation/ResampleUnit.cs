namespace RadiogenomicsCloud.Validation;

/// <summary>What a fit is for.</summary>
public enum ResampleKind
{
    /// <summary>All rows: the apparent performance and the selection of the locked model.</summary>
    Full,

    /// <summary>A bootstrap sample of the subjects.</summary>
    Bootstrap,

    /// <summary>All folds but one.</summary>
    CrossValidation,

    /// <summary>All rows of an outer bootstrap sample: its apparent performance.</summary>
    OuterFull,

    /// <summary>A bootstrap sample of the subjects of an outer bootstrap sample.</summary>
    OuterBootstrap,

    /// <summary>All folds but one of an outer bootstrap sample.</summary>
    OuterCrossValidation,
}

/// <summary>One fit of the plan.</summary>
/// <param name="Index">Its place in the plan, from 0.</param>
/// <param name="Outer">The outer bootstrap sample; −1 for the cohort itself.</param>
/// <param name="Resample">The bootstrap sample or the repeat of the cross-validation; 0 for the fits of all rows.</param>
/// <param name="Fold">The fold held out; −1 where there is none.</param>
public readonly record struct ResampleUnit(int Index, ResampleKind Kind, int Outer, int Resample, int Fold);

/// <summary>The rows of one fit. A training row may repeat; held-out rows are distinct and of other subjects.</summary>
/// <param name="HeldOutWeights">How often each held-out row is in the (outer) sample: 1 in the cohort itself.</param>
/// <param name="SampleWeights">The same for every row of the table, 0 for one that is not in the outer sample.</param>
/// <param name="FitSeed">Seed of everything random in the fit.</param>
public sealed record ResampleSplit(int[] TrainingRows, int[] HeldOutRows, double[] HeldOutWeights, double[] SampleWeights, ulong FitSeed);
