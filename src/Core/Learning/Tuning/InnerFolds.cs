using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Repeated stratified inner folds of the subjects of a training set: rows of a patient and copies of a case are in one fold. The folds and
/// the seeds of the fits are the same for everything that is compared on them, and for any order of the rows. A fold is passed over where
/// the rest has an endpoint without differences.
/// </summary>
internal sealed class InnerFolds
{
    private readonly TrainingSet training;
    private readonly (int[] Training, int[] HeldOut, ulong Seed)[] folds;

    /// <param name="given">Rows in any order.</param>
    /// <param name="folds">At most as many are used as <see cref="Folds.RarerClassSubjects"/> allows; where that is less than 2, there are none.</param>
    public InnerFolds(TrainingSet given, int folds, int repeats)
    {
        // Sums in another order differ in the last bit, and a search that leans on losses would go another way.
        training = InOrder(given);
        var rows = training.Predictors.Rows;
        Count = Math.Min(folds, Math.Min(Folds.RarerClassSubjects(rows, training.Endpoint), Subjects.Of(rows).Count));
        Repeats = repeats;
        this.folds = Count < 2
            ? []
            : [.. Folds.Repeated(rows, training.Endpoint, Count, repeats, DeterministicRandom.Derive(training.Seed, "inner_folds", 0)).SelectMany(Parts)];
    }

    /// <summary>Folds of a repeat; less than 2 where none are possible.</summary>
    public int Count { get; }

    public int Repeats { get; }

    /// <summary>How many fits a judgement takes.</summary>
    public int Fits => folds.Length;

    /// <summary>The rows outside a fold, and those in it.</summary>
    public (TrainingSet Training, TrainingSet HeldOut) Part(int index)
    {
        var (rest, heldOut, seed) = folds[index];
        return (training.SelectRows(rest) with { Seed = seed }, HeldOutRows(heldOut));
    }

    // Weights keep their mean over all rows, so that a fold of heavy rows counts for more.
    private TrainingSet HeldOutRows(int[] rows) =>
        training.SelectRows(rows) with { Weights = training.Weights is { } weights ? Array.ConvertAll(rows, r => weights[r]) : null };

    private IEnumerable<(int[], int[], ulong)> Parts(FoldAssignment assignment, int repeat)
    {
        for (var fold = 0; fold < assignment.FoldCount; fold++)
        {
            var rest = assignment.TrainingRows(fold);
            var heldOut = assignment.HeldOutRows(fold);
            if (heldOut.Length > 0 && HasDifferences(training.Endpoint.SelectRows(rest)))
                yield return (rest, heldOut, DeterministicRandom.Derive(training.Seed, "inner_fit", (repeat * assignment.FoldCount) + fold));
        }
    }

    private static bool HasDifferences(Endpoint endpoint) => endpoint switch
    {
        BinaryEndpoint binary => binary.Values.Distinct().Count() > 1,
        MulticlassEndpoint classes => classes.Values.Distinct().Count() > 1,
        ContinuousEndpoint numbers => numbers.Values.Distinct().Count() > 1,
        SurvivalEndpoint survival => survival.EventCount > 0,
        _ => false,
    };

    private static TrainingSet InOrder(TrainingSet training)
    {
        var rows = training.Predictors.Rows;
        // Stable: copies of a row are alike.
        int[] order =
        [
            .. Enumerable.Range(0, rows.Count).OrderBy(r => rows[r].Cohort, StringComparer.Ordinal)
                .ThenBy(r => rows[r].Patient, StringComparer.Ordinal).ThenBy(r => rows[r].Case, StringComparer.Ordinal),
        ];
        return training.SelectRows(order);
    }
}
