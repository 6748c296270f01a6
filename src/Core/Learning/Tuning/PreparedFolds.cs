using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Inner folds with everything before the model fitted on their training parts, once for all points that are judged. Kept while all
/// together hold at most <see cref="MostValues"/> numbers; what does not fit is made again for each judgement, the same to the bit.
/// A fold that is left without a column says nothing of a model's options, and is passed over.
/// </summary>
internal sealed class PreparedFolds(InnerFolds folds, Preparation preparation)
{
    /// <summary>128 MiB.</summary>
    private const long MostValues = 16 * 1024 * 1024;

    private readonly Part?[] kept = new Part?[folds.Fits];
    private readonly HashSet<int> empty = [];
    private long values;

    /// <summary>Fits the preparation of all folds; false where none of them can judge.</summary>
    public bool Prepare(CancellationToken cancel)
    {
        for (var f = 0; f < kept.Length; f++)
            _ = At(f, cancel);
        return empty.Count < kept.Length;
    }

    /// <summary>The loss of a learner over all folds; NaN where none of them has what the measure needs.</summary>
    /// <exception cref="BadInputException">The learner refuses rows.</exception>
    public double Judge(IModelLearner learner, string measure, CancellationToken cancel)
    {
        InnerMeasure? sum = null;
        for (var f = 0; f < kept.Length; f++)
        {
            cancel.ThrowIfCancellationRequested();
            if (empty.Contains(f) || At(f, cancel) is not { } part)
                continue;
            sum ??= InnerMeasure.Of(measure, part.HeldOut.Endpoint);
            var fitted = learner.Fit(part.Training, cancel);
            sum.Add(UnseenPredictions.Make(fitted, part.HeldOut.Predictors).Predictions, part.HeldOut.Endpoint, part.HeldOut.Weights);
        }
        return sum?.Loss ?? double.NaN;
    }

    private Part? At(int fold, CancellationToken cancel)
    {
        if (kept[fold] is { } ready)
            return ready;
        var (training, heldOut) = folds.Part(fold);
        var prepared = preparation.Fit(training, cancel);
        if (prepared.Rows.Predictors.ColumnCount == 0)
        {
            empty.Add(fold);
            return null;
        }
        var part = new Part(prepared.Rows, heldOut with { Predictors = prepared.Apply(heldOut.Predictors) });
        var size = (long)part.Training.Predictors.All.Length + part.HeldOut.Predictors.All.Length;
        if (values + size <= MostValues)
        {
            values += size;
            kept[fold] = part;
        }
        return part;
    }

    private sealed record Part(TrainingSet Training, TrainingSet HeldOut);
}
