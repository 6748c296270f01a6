using System.Runtime.ExceptionServices;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>One of several ways to a model.</summary>
/// <param name="Name">Tells it apart.</param>
/// <param name="Columns">The predictors it may use; null for all of the table.</param>
public sealed record Alternative(string Name, IReadOnlyList<string>? Columns, ModellingPipeline Pipeline)
{
    internal TrainingSet Of(TrainingSet training) => training with { Predictors = Of(training.Predictors) };

    internal Predictors Of(Predictors predictors) => Columns is null ? predictors : predictors.SelectColumns(predictors.IndexesOf(Columns));
}

/// <summary>How alternatives are compared: the options of an inner cross-validation, as tuners have them.</summary>
/// <param name="Measure"><c>auto</c> takes deviance for classes, mse for a number, concordance for survival.</param>
public sealed record ChoiceSettings(int Folds = 5, int Repeats = 1, string Measure = "auto");

/// <summary>
/// The best of several pipelines and predictor sets, chosen by repeated stratified k-fold cross-validation inside the training rows and fitted
/// to all of them. To resample this is to resample the choice too: its estimate is honest, that of the best of several compared outside is not.
/// Each alternative is fitted as a whole on the same folds, its own tuning nested in them. Of equals the first is taken; where no
/// inner folds are possible, the first.
/// </summary>
public sealed class ModelChoice : IModelLearner
{
    private readonly IReadOnlyList<Alternative> alternatives;
    private readonly ChoiceSettings settings;

    /// <param name="alternatives">At least one; names differ.</param>
    public ModelChoice(IReadOnlyList<Alternative> alternatives, ChoiceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        ArgumentNullException.ThrowIfNull(settings);
        if (alternatives.Count == 0 || alternatives.DistinctBy(a => a.Name, StringComparer.Ordinal).Count() != alternatives.Count)
            throw new ArgumentException("A choice needs alternatives, and each a name of its own.", nameof(alternatives));
        (this.alternatives, this.settings) = (alternatives, settings);
    }

    public string Name => "choice";

    IFittedModel IModelLearner.Fit(TrainingSet training, CancellationToken cancel) => Fit(training, cancel);

    /// <exception cref="BadInputException">No alternative could be judged; the reason of the last.</exception>
    public FittedPipeline Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        cancel.ThrowIfCancellationRequested();
        Values.RequireDifferences(training);
        var measure = InnerMeasure.Of(settings.Measure, training.Endpoint).Name;
        var folds = new InnerFolds(training, settings.Folds, settings.Repeats);
        var losses = new double[alternatives.Count];
        BadInputException? reason = null;
        for (var a = 0; a < losses.Length; a++)
        {
            try
            {
                losses[a] = Judge(alternatives[a], folds, measure, cancel);
            }
            catch (BadInputException refused)
            {
                (losses[a], reason) = (double.NaN, refused);
            }
        }
        var least = losses.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        if (double.IsNaN(least) && reason is not null)
            ExceptionDispatchInfo.Throw(reason);
        var chosen = alternatives[Math.Max(0, Array.IndexOf(losses, least))];
        var judged = alternatives.Zip(losses, (a, loss) => new JudgedAlternative(a.Name, double.IsFinite(loss) ? loss : null)).ToArray();
        return chosen.Pipeline.Fit(chosen.Of(training), cancel).With(new ChoiceRecord(chosen.Name, measure, folds.Count, folds.Repeats, judged));
    }

    private static double Judge(Alternative alternative, InnerFolds folds, string measure, CancellationToken cancel)
    {
        InnerMeasure? sum = null;
        for (var f = 0; f < folds.Fits; f++)
        {
            cancel.ThrowIfCancellationRequested();
            var (training, heldOut) = folds.Part(f);
            sum ??= InnerMeasure.Of(measure, heldOut.Endpoint);
            var fitted = alternative.Pipeline.Fit(alternative.Of(training), cancel);
            sum.Add(UnseenPredictions.Make(fitted, alternative.Of(heldOut.Predictors)).Predictions, heldOut.Endpoint, heldOut.Weights);
        }
        return sum?.Loss ?? double.NaN;
    }
}
