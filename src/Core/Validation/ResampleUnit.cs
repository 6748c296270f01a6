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

    /// <summary>All sites but one.</summary>
    LeaveSiteOut,

    /// <summary>The training part of a split.</summary>
    HoldOut,

    /// <summary>All sites but one of an outer bootstrap sample.</summary>
    OuterLeaveSiteOut,

    /// <summary>The training part of a split of an outer bootstrap sample.</summary>
    OuterHoldOut,

    /// <summary>A resample of the rows with outcomes that were dealt out anew; of the outcomes as they are, for permutation 0.</summary>
    Permutation,
}

/// <summary>One fit of the plan.</summary>
/// <param name="Index">Its place in the plan, from 0.</param>
/// <param name="Outer">The outer bootstrap sample; −1 for the cohort itself.</param>
/// <param name="Resample">The bootstrap sample, the repeat of the cross-validation or the permutation; 0 where there is one only.</param>
/// <param name="Fold">The fold or site held out, or the resample within a permutation; −1 where there is none.</param>
public readonly record struct ResampleUnit(int Index, ResampleKind Kind, int Outer, int Resample, int Fold)
{
    /// <summary>Whether the model is one of a bootstrap sample.</summary>
    public bool IsBootstrap => Kind is ResampleKind.Bootstrap or ResampleKind.OuterBootstrap;

    /// <summary>Whether the model is one of all rows, so that nothing is held out.</summary>
    public bool IsFull => Kind is ResampleKind.Full or ResampleKind.OuterFull;
}

/// <summary>The rows of one fit. A training row may repeat; held-out rows are distinct and of other subjects.</summary>
/// <param name="HeldOutWeights">How often each held-out row is in the (outer) sample: 1 in the cohort itself.</param>
/// <param name="SampleWeights">The same for every row of the table, 0 for one that is not in the outer sample.</param>
/// <param name="FitSeed">Seed of everything random in the fit.</param>
public sealed record ResampleSplit(int[] TrainingRows, int[] HeldOutRows, double[] HeldOutWeights, double[] SampleWeights, ulong FitSeed);
