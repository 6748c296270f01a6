using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>A model given as a function of the predictors.</summary>
internal sealed class FunctionModel(
    IReadOnlySet<(string Cohort, string Patient)> seen, IReadOnlyList<string> columns, IReadOnlyList<string> selected, Func<Predictors, double[]> predict)
    : IFittedModel
{
    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; } = seen;

    public string Kind => "test";

    public IReadOnlyList<string> Columns { get; } = columns;

    public IReadOnlyList<string> Selected { get; } = selected;

    public EndpointKind EndpointKind => EndpointKind.Binary;

    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times) => Predictions.Binary(predict(predictors));

    public JsonElement ToJson() => JsonDocument.Parse("{}").RootElement;
}

/// <summary>Projects on the difference of the class means: fast, and overfits as soon as columns are many.</summary>
internal sealed class NearestMeanLearner : IModelLearner
{
    public string Name => "nearest mean";

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        var x = training.Predictors;
        var y = ((BinaryEndpoint)training.Endpoint).Values;
        double events = y.Count(v => v), others = y.Length - events;
        var direction = new double[x.ColumnCount];
        var centre = 0.0;
        for (var c = 0; c < direction.Length; c++)
        {
            var column = x.Column(c);
            double sumEvent = 0, sumOther = 0;
            for (var r = 0; r < column.Length; r++)
            {
                if (y[r])
                    sumEvent += column[r];
                else
                    sumOther += column[r];
            }
            direction[c] = (sumEvent / events) - (sumOther / others);
            centre += direction[c] * ((sumEvent / events) + (sumOther / others)) / 2;
        }
        var columns = x.Columns;
        return new FunctionModel(Subjects.Of(x.Rows), columns, columns, p => Predict(p, direction, centre));
    }

    private static double[] Predict(Predictors predictors, double[] direction, double centre)
    {
        var scores = new double[predictors.RowCount];
        for (var c = 0; c < direction.Length; c++)
        {
            var column = predictors.Column(c);
            for (var r = 0; r < scores.Length; r++)
                scores[r] += direction[c] * column[r];
        }
        for (var r = 0; r < scores.Length; r++)
            scores[r] = LogisticRecalibration.Expit(scores[r] - centre);
        return scores;
    }
}

/// <summary>Knows the outcome of every subject that it saw, and nothing of the others.</summary>
internal sealed class MemorisingLearner : IModelLearner
{
    public string Name => "memory";

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        var y = ((BinaryEndpoint)training.Endpoint).Values;
        var memory = new Dictionary<RowId, bool>();
        for (var r = 0; r < y.Length; r++)
            memory[training.Predictors.Rows[r]] = y[r];
        return new FunctionModel(
            Subjects.Of(training.Predictors.Rows),
            training.Predictors.Columns,
            [],
            p => [.. p.Rows.Select(r => memory.TryGetValue(r, out var outcome) ? (outcome ? 1.0 : 0) : 0.5)]);
    }
}

/// <summary>Records what another learner is shown and asked.</summary>
internal sealed class SpyLearner(IModelLearner inner) : IModelLearner
{
    public List<(RowId[] Trained, List<RowId> Asked, ulong Seed)> Fits { get; } = [];

    public string Name => inner.Name;

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        var model = inner.Fit(training, cancel);
        var asked = new List<RowId>();
        Fits.Add(([.. training.Predictors.Rows], asked, training.Seed));
        return new FunctionModel(model.Seen, model.Columns, model.Selected, p =>
        {
            asked.AddRange(p.Rows);
            return model.PredictProbability(p);
        });
    }
}

/// <summary>Fails in some fits.</summary>
internal sealed class FailingLearner(IModelLearner inner, Func<TrainingSet, bool> fails) : IModelLearner
{
    public string Name => inner.Name;

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel) =>
        fails(training) ? throw new BadInputException("test.failed", "No model can be made of this.") : inner.Fit(training, cancel);
}

/// <summary>Simulated studies.</summary>
internal static class SimulatedStudy
{
    /// <summary>Half of the subjects have the event; column c is normal, its mean higher by <paramref name="shift"/>(c) in events.</summary>
    public static (Predictors Predictors, BinaryEndpoint Endpoint) Make(
        int subjects, int columns, ulong seed, Func<int, double> shift, int rowsASubject = 1, double prevalence = 0.5)
    {
        var random = new DeterministicRandom(seed);
        var count = subjects * rowsASubject;
        var rows = new RowId[count];
        var y = new bool[count];
        for (var r = 0; r < count; r++)
        {
            rows[r] = new RowId("site", $"P{r / rowsASubject:000}", $"C{r:0000}");
            y[r] = r / rowsASubject < subjects * prevalence;
        }
        var values = new double[count * columns];
        for (var c = 0; c < columns; c++)
        {
            for (var r = 0; r < count; r++)
                values[(c * count) + r] = random.NextGaussian() + (y[r] ? shift(c) : 0);
        }
        string[] names = [.. Enumerable.Range(0, columns).Select(c => $"x{c}")];
        return (new Predictors(rows, names, values), new BinaryEndpoint("outcome", "1", "0", y));
    }

    public static ModelDescription Describe(Predictors predictors, string set = "x") =>
        new(set, "test", predictors.ColumnCount, new Dictionary<string, double>());
}
