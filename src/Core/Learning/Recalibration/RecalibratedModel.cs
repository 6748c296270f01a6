using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// A learner whose probabilities are recalibrated on its own <see cref="OutOfFold"/> predictions of the training rows: it is fitted anew
/// without each fold, tuning and selection included where <paramref name="inner"/> is a whole pipeline, and the calibrator learns from what
/// those fits say of the rows held out. Several classes are calibrated one against the rest and normalised (Zadrozny, Elkan, KDD 2002).
/// With fewer than two subjects in a class nothing can be held out, and probabilities stay as they are.
/// </summary>
public sealed class RecalibratedModel(IModelLearner inner, RecalibrationOptions options) : IModelLearner
{
    /// <summary>The inner learner's name.</summary>
    public string Name => inner.Name;

    /// <exception cref="BadInputException">An endpoint without probabilities, or the inner learner refuses the rows or those of a fold.</exception>
    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var classes = ClassRows.From(training, RecalibrationOptions.RegistryName);
        var fitted = inner.Fit(training, cancel);
        var calibrators = new Calibrator[classes.Kind is EndpointKind.Binary ? 1 : classes.Count];
        Array.Fill(calibrators, new LogisticCalibrator(1, 0));
        var rows = training.Predictors.Rows;
        var count = Math.Min(options.Folds, Folds.RarerClassSubjects(rows, training.Endpoint));
        if (count >= 2)
        {
            var folds = Folds.Stratified(rows, training.Endpoint, count, DeterministicRandom.Derive(training.Seed, RecalibrationOptions.RegistryName, 0));
            var heldOut = OutOfFold.Predict(inner, training, folds, [], cancel);
            for (var k = 0; k < calibrators.Length; k++)
            {
                var of = classes.Kind is EndpointKind.Binary ? 1 : k;
                if (classes.Of.Contains(of))
                    calibrators[k] = Calibrator.Fit(options.Method, heldOut.Column(k), Array.ConvertAll(classes.Of, c => c == of), training.Weights);
            }
        }
        return FittedRecalibration.Of(fitted, calibrators);
    }
}
