using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Predictions of training rows by fits that did not see them: what tuning, recalibration and thresholds are fitted on, so that none of
/// them learns from the fit of a row to itself. They are made of training rows all the same, and are never performance.
/// </summary>
public static class OutOfFold
{
    /// <summary>
    /// Fits <paramref name="learner"/> once without each fold and predicts that fold by it. The rows of the result are those of
    /// <paramref name="training"/>, in their order; the result is the same for any order of rows. A fold without rows is passed over.
    /// </summary>
    /// <param name="folds">Of the rows of <paramref name="training"/>, from <see cref="Folds"/>, hence with subjects whole.</param>
    /// <param name="times">Ascending times at which survival is wanted; other endpoints take no notice of it.</param>
    /// <exception cref="BadInputException">
    /// A fit refuses its rows, for example because the fold left out held all of one class; see
    /// <see cref="Folds.RarerClassSubjects"/> for the greatest number of folds that cannot do so. Or a fold shares a subject with another.
    /// </exception>
    public static Predictions Predict(
        IModelLearner learner, TrainingSet training, FoldAssignment folds, IReadOnlyList<double> times, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(times);
        if (folds.FoldOfRow.Length != training.Predictors.RowCount)
            throw new ArgumentException($"Folds of {folds.FoldOfRow.Length} rows for {training.Predictors.RowCount} rows.", nameof(folds));
        var width = Width(training.Endpoint, times);
        var values = new double[training.Predictors.RowCount * width];
        for (var fold = 0; fold < folds.FoldCount; fold++)
        {
            cancel.ThrowIfCancellationRequested();
            var heldOut = folds.HeldOutRows(fold);
            if (heldOut.Length == 0)
                continue;
            var rest = training.SelectRows(folds.TrainingRows(fold)) with { Seed = DeterministicRandom.Derive(training.Seed, "out_of_fold", fold) };
            var unseen = UnseenPredictions.Make(learner.Fit(rest, cancel), training.Predictors.SelectRows(heldOut), times);
            for (var r = 0; r < heldOut.Length; r++)
                unseen.Predictions.Row(r).CopyTo(values.AsSpan(heldOut[r] * width, width));
        }
        return Predictions.Of(training.Endpoint.Kind, width, values, training.Endpoint.Kind is EndpointKind.Survival ? times : []);
    }

    private static int Width(Endpoint endpoint, IReadOnlyList<double> times) => endpoint switch
    {
        MulticlassEndpoint classes => classes.Labels.Count,
        SurvivalEndpoint => 1 + times.Count,
        _ => 1,
    };
}
