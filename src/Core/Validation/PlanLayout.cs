namespace RadiogenomicsCloud.Validation;

/// <summary>
/// The order of a plan's fits: all rows; bootstrap samples; folds, repeat after repeat; sites; the split; resamples of each permutation; then the
/// same without permutations for each outer bootstrap sample.
/// </summary>
internal sealed class PlanLayout
{
    private readonly Segment[] own;
    private readonly Segment[] inner;
    private readonly int outerStart;
    private readonly int unitsAnOuter;

    public PlanLayout(ResamplingOptions options, int sites)
    {
        InnerResamples = options.BootstrapResamples > 0 ? options.InnerResamples : 0;
        InnerRepeats = options.Repeats > 0 ? options.InnerRepeats : 0;
        var splits = options.HoldOut is null ? 0 : 1;
        own =
        [
            new(ResampleKind.Full, 1, 0),
            new(ResampleKind.Bootstrap, options.BootstrapResamples, 0),
            new(ResampleKind.CrossValidation, options.Repeats, options.Folds),
            new(ResampleKind.LeaveSiteOut, sites > 0 ? 1 : 0, sites),
            new(ResampleKind.HoldOut, splits, 0),
            // The first is of the outcomes as they are.
            new(ResampleKind.Permutation, options.Permutation is { } p ? p.Permutations + 1 : 0, options.Permutation?.Fits ?? 0),
        ];
        inner =
        [
            // The apparent performance in an outer sample is wanted where there are bootstrap estimates to correct it with.
            new(ResampleKind.OuterFull, InnerResamples > 0 ? 1 : 0, 0),
            new(ResampleKind.OuterBootstrap, InnerResamples, 0),
            new(ResampleKind.OuterCrossValidation, InnerRepeats, options.Folds),
            new(ResampleKind.OuterLeaveSiteOut, sites > 0 ? 1 : 0, sites),
            new(ResampleKind.OuterHoldOut, splits, 0),
        ];
        outerStart = checked((int)own.Sum(s => s.Units));
        unitsAnOuter = checked((int)inner.Sum(s => s.Units));
        UnitCount = checked(outerStart + (options.OuterResamples * unitsAnOuter));
    }

    public int InnerResamples { get; }

    public int InnerRepeats { get; }

    public int UnitCount { get; }

    public ResampleUnit Unit(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, UnitCount);
        if (index < outerStart)
            return Find(own, index, -1, index);
        var (outer, place) = Math.DivRem(index - outerStart, unitsAnOuter);
        return Find(inner, place, outer, index);
    }

    private static ResampleUnit Find(Segment[] segments, int place, int outer, int index)
    {
        foreach (var segment in segments)
        {
            if (place < segment.Units)
            {
                var (resample, fold) = segment.Folds == 0 ? (place, -1) : Math.DivRem(place, segment.Folds);
                return new(index, segment.Kind, outer, resample, fold);
            }
            place -= (int)segment.Units;
        }
        throw new ArgumentOutOfRangeException(nameof(place));
    }

    /// <param name="Folds">Fits of each resample; 0 for one that has no number of its own.</param>
    private readonly record struct Segment(ResampleKind Kind, int Resamples, int Folds)
    {
        public long Units => (long)Resamples * Math.Max(1, Folds);
    }
}
