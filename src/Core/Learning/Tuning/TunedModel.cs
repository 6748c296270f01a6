using System.Runtime.ExceptionServices;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>A model, and how its options were searched; null where they were given.</summary>
internal sealed record TunedFit(IFittedModel Model, TuningRecord? Tuning);

/// <summary>
/// A model of the registry some options of which are searched by a tuner. A point is judged by repeated stratified k-fold cross-validation on
/// the training rows, subjects whole, the same folds and seeds for all points; everything before the model, answers to imbalance among it, is
/// fitted anew on each inner training part, and rows held out are never balanced. The model is then fitted to all training rows at the best point.
/// Where no inner folds are possible (one patient of a class), the options have their defaults.
/// </summary>
internal sealed class TunedModel : IModelLearner
{
    private readonly ModelRegistration registration;
    private readonly OptionSearch search;
    private readonly TunerChoice choice;

    /// <exception cref="BadInputException">The tuner cannot search this space, as a grid that is larger than its budget.</exception>
    public TunedModel(ModelRegistration registration, OptionSearch search, TunerChoice choice)
    {
        (this.registration, this.search, this.choice) = (registration, search, choice);
        // Known when the study is read, not only in the first resample.
        _ = choice.Start(Space, 0);
    }

    public string Name => registration.Entry.Name;

    private SearchSpace Space => search.Space!;

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        return Fit(training, Preparation.None, training, cancel).Model;
    }

    /// <param name="training">Rows as they were before <paramref name="preparation"/>.</param>
    /// <param name="rows">What it makes of all of them: what the model is fitted to in the end.</param>
    /// <exception cref="BadInputException">No point could be judged; the reason of the last.</exception>
    public TunedFit Fit(TrainingSet training, Preparation preparation, TrainingSet rows, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Values.RequireDifferences(training);
        var folds = new InnerFolds(training, choice.Settings.Folds, choice.Settings.Repeats);
        var parts = new PreparedFolds(folds, preparation);
        var tuner = choice.Start(Space, DeterministicRandom.Derive(training.Seed, "tuner", 0));
        var measure = InnerMeasure.Of(choice.Settings.Measure, training.Endpoint).Name;
        BadInputException? reason = null;
        var judged = parts.Prepare(cancel);
        while (judged && tuner.Suggest() is { } suggestion)
        {
            var loss = double.NaN;
            try
            {
                loss = parts.Judge(registration.Create(search.At(suggestion.Values)), measure, cancel);
            }
            catch (BadInputException refused)
            {
                reason = refused;
            }
            tuner.Observe(suggestion, loss);
        }
        if (tuner.Best is null && reason is not null)
            ExceptionDispatchInfo.Throw(reason);
        var best = tuner.Best?.Suggestion.Values ?? search.Default();
        return new(registration.Create(search.At(best)).Fit(rows, cancel), Record(tuner, best, measure, folds));
    }

    private TuningRecord Record(ITuner tuner, IReadOnlyList<double> best, string measure, InnerFolds folds) => new(
        choice.Name,
        measure,
        folds.Count,
        folds.Repeats,
        Options(best),
        tuner.Best?.Loss,
        [.. tuner.Evaluations.Select(e => new TuningEvaluation(Options(e.Suggestion.Values), double.IsNaN(e.Loss) ? null : e.Loss))]);

    private JsonElement Options(IReadOnlyList<double> values) =>
        JsonSerializer.SerializeToElement(search.Searched(values).ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal));
}
