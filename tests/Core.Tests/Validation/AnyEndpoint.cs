using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>A model of any endpoint, given as a function.</summary>
internal sealed class AnyModel(
    IReadOnlySet<(string Cohort, string Patient)> seen, EndpointKind kind, IReadOnlyList<string> columns, IReadOnlyList<string> selected,
    Func<Predictors, IReadOnlyList<double>, Predictions> predict) : IFittedModel
{
    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; } = seen;

    public string Kind => "test";

    public IReadOnlyList<string> Columns { get; } = columns;

    public IReadOnlyList<string> Selected { get; } = selected;

    public EndpointKind EndpointKind => kind;

    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times) => predict(predictors, times);

    public JsonElement ToJson() => JsonDocument.Parse("{}").RootElement;
}

/// <summary>
/// Projects on the covariances of the columns with what the outcome asks for (event, value, martingale residual), or on the class means: fast,
/// and overfits as soon as columns are many.
/// </summary>
internal sealed class ProjectionLearner : IModelLearner
{
    public string Name => "projection";

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        var x = training.Predictors;
        if (training.Endpoint is MulticlassEndpoint classes)
            return Multiclass(x, classes);
        var target = Target(training.Endpoint);
        var direction = Direction(x, target);
        var scores = Project(x, direction);
        double mean = Moments.Mean(scores), spread = Math.Sqrt(Moments.PopulationVariance(scores));
        double level = Moments.Mean(target), slope = Covariance(scores, target) / Math.Max(1e-12, spread * spread);
        var baseline = training.Endpoint is SurvivalEndpoint s ? KaplanMeier.Fit(s.Times, s.Events) : null;
        return new AnyModel(Subjects.Of(x.Rows), training.Endpoint.Kind, x.Columns, x.Columns, (p, times) =>
        {
            var projected = Project(p, direction);
            double[] standard = [.. projected.Select(v => (v - mean) / Math.Max(1e-12, spread))];
            return training.Endpoint switch
            {
                BinaryEndpoint => Predictions.Binary([.. standard.Select(v => LogisticRecalibration.Expit(v + LogisticRecalibration.Logit(level)))]),
                ContinuousEndpoint => Predictions.Continuous([.. projected.Select(v => level + (slope * (v - mean)))]),
                _ => Predictions.Survival(times, [.. standard.SelectMany(v => times.Select(t => Math.Pow(baseline!.At(t), Math.Exp(v))).Prepend(v))]),
            };
        });
    }

    private static AnyModel Multiclass(Predictors x, MulticlassEndpoint classes)
    {
        double[][] centres =
        [
            .. classes.Labels.Select((_, k) => Enumerable.Range(0, x.ColumnCount).Select(c =>
                x.Column(c).ToArray().Where((_, r) => classes.Values[r] == k).DefaultIfEmpty(0).Average()).ToArray()),
        ];
        return new AnyModel(Subjects.Of(x.Rows), EndpointKind.Multiclass, x.Columns, x.Columns, (p, _) =>
        {
            var values = new double[p.RowCount * centres.Length];
            for (var r = 0; r < p.RowCount; r++)
            {
                double[] weights =
                    [.. centres.Select(centre => Math.Exp(-Enumerable.Range(0, p.ColumnCount).Sum(c => Math.Pow(p.Column(c)[r] - centre[c], 2)) / (2.0 * p.ColumnCount)))];
                for (var k = 0; k < weights.Length; k++)
                    values[(r * weights.Length) + k] = weights[k] / weights.Sum();
            }
            return Predictions.Multiclass(centres.Length, values);
        });
    }

    private static double[] Target(Endpoint endpoint)
    {
        if (endpoint is ContinuousEndpoint continuous)
            return continuous.Values;
        if (endpoint is BinaryEndpoint binary)
            return [.. binary.Values.Select(v => v ? 1.0 : 0)];
        var survival = (SurvivalEndpoint)endpoint;
        // Martingale residuals: the event less the cumulative hazard, the sum of one over those at risk at each event.
        double[] step = [.. survival.Times.Select((t, r) => survival.Events[r] ? 1.0 / survival.Times.Count(u => u >= t) : 0)];
        return [.. survival.Times.Select((t, r) => (survival.Events[r] ? 1 : 0) - survival.Times.Select((u, s) => u <= t ? step[s] : 0).Sum())];
    }

    private static double[] Direction(Predictors x, double[] target) => [.. Enumerable.Range(0, x.ColumnCount).Select(c => Covariance(x.Column(c).ToArray(), target))];

    private static double Covariance(double[] x, double[] y)
    {
        double mx = Moments.Mean(x), my = Moments.Mean(y);
        return x.Select((v, i) => (v - mx) * (y[i] - my)).Average();
    }

    private static double[] Project(Predictors x, double[] direction)
    {
        var scores = new double[x.RowCount];
        for (var c = 0; c < direction.Length; c++)
        {
            var column = x.Column(c);
            for (var r = 0; r < scores.Length; r++)
                scores[r] += direction[c] * column[r];
        }
        return scores;
    }
}

/// <summary>Knows the outcome of every row that it saw, and of others what a model without information says.</summary>
internal sealed class RememberingLearner : IModelLearner
{
    public string Name => "memory";

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        var memory = new Dictionary<RowId, int>();
        for (var r = 0; r < training.Endpoint.Count; r++)
            memory[training.Predictors.Rows[r]] = r;
        return new AnyModel(Subjects.Of(training.Predictors.Rows), training.Endpoint.Kind, training.Predictors.Columns, [], (p, times) =>
        {
            int?[] known = [.. p.Rows.Select(row => memory.TryGetValue(row, out var r) ? (int?)r : null)];
            return training.Endpoint switch
            {
                BinaryEndpoint b => Predictions.Binary([.. known.Select(r => r is { } i ? b.Values[i] ? 1.0 : 0 : 0.5)]),
                MulticlassEndpoint m => Predictions.Multiclass(m.Labels.Count, [.. known.SelectMany(r => m.Labels.Select((_, k) => r is { } i ? m.Values[i] == k ? 1.0 : 0 : 1.0 / m.Labels.Count))]),
                ContinuousEndpoint c => Predictions.Continuous([.. known.Select(r => r is { } i ? c.Values[i] : c.Values.Average())]),
                SurvivalEndpoint s => Predictions.Survival(times, [.. known.SelectMany(r => times.Select(_ => 0.5).Prepend(r is { } i ? -s.Times[i] : 0))]),
                _ => throw new NotSupportedException(),
            };
        });
    }
}

/// <summary>Records what another learner is shown and asked.</summary>
internal sealed class AnySpy(IModelLearner inner) : IModelLearner
{
    public List<(RowId[] Trained, Endpoint Outcome, List<RowId> Asked, ulong Seed)> Fits { get; } = [];

    public string Name => inner.Name;

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        var model = inner.Fit(training, cancel);
        var asked = new List<RowId>();
        Fits.Add(([.. training.Predictors.Rows], training.Endpoint, asked, training.Seed));
        return new AnyModel(model.Seen, model.EndpointKind, model.Columns, model.Selected, (p, times) =>
        {
            asked.AddRange(p.Rows);
            return model.Predict(p, times);
        });
    }
}

/// <summary>Simulated studies of any endpoint: standard normal columns, of which the first two bear on the outcome by <c>signal</c>.</summary>
internal static class AnyStudy
{
    public static readonly ResamplingOptions EveryScheme = new(BootstrapResamples: 12, Folds: 3, Repeats: 2, OuterResamples: 10, InnerResamples: 2, InnerRepeats: 2)
    {
        LeaveOneSiteOut = true,
        HoldOut = new(),
        Permutation = new(Permutations: 19, Fits: 3),
    };

    /// <summary>Three sites; a patient's rows share outcome and site.</summary>
    public static (Predictors Predictors, Endpoint Endpoint) Make(EndpointKind kind, int subjects, int columns, ulong seed, double signal, int rowsASubject = 1)
    {
        var random = new DeterministicRandom(seed);
        var count = subjects * rowsASubject;
        RowId[] rows = [.. Enumerable.Range(0, count).Select(r => Row(r / rowsASubject, r))];
        var values = new double[count * columns];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextGaussian();
        double[] risk = [.. Enumerable.Range(0, subjects).Select(s => signal * (values[s * rowsASubject] - (columns > 1 ? values[count + (s * rowsASubject)] : 0)))];
        int[] all = [.. Enumerable.Range(0, count).Select(r => r / rowsASubject)];
        return (new Predictors(rows, [.. Enumerable.Range(0, columns).Select(c => string.Create(CultureInfo.InvariantCulture, $"x{c}"))], values)
        {
            Attributes = new Dictionary<string, IReadOnlyList<string?>>
            {
                ["site"] = [.. all.Select(s => "ABC"[s % 3].ToString())],
                ["hold_out"] = [.. all.Select(s => s % 4 == 0 ? "test" : "train")],
            },
        }, Outcome(kind, risk, random).SelectRows(all));
    }

    private static RowId Row(int subject, int row) =>
        new("site", string.Create(CultureInfo.InvariantCulture, $"P{subject:000}"), string.Create(CultureInfo.InvariantCulture, $"C{row:0000}"));

    public static ResamplingPlan Plan((Predictors Predictors, Endpoint Endpoint) study, ResamplingOptions options, ulong seed = 1) =>
        ResamplingPlan.Create(study.Predictors.Rows, study.Endpoint, options, seed, study.Predictors.Attributes);

    public static IReadOnlyList<ResampleResult> Run(ResamplingPlan plan, Predictors predictors, IModelLearner? learner = null) =>
        ResampleRunner.Run(plan, learner ?? new ProjectionLearner(), predictors, 0, plan.UnitCount, CancellationToken.None);

    private static Endpoint Outcome(EndpointKind kind, double[] risk, DeterministicRandom random)
    {
        double[] noisy = [.. risk.Select(r => r + random.NextGaussian())];
        switch (kind)
        {
            case EndpointKind.Binary:
                return new BinaryEndpoint("y", "1", "0", [.. noisy.Select(v => v > 0)]);
            case EndpointKind.Multiclass:
                return new MulticlassEndpoint("y", ["a", "b", "c"], [.. noisy.Select(v => v < -0.6 ? 0 : v < 0.6 ? 1 : 2)]);
            case EndpointKind.Continuous:
                return new ContinuousEndpoint("y", noisy);
            default:
                double[] times = [.. risk.Select(r => -Math.Log(1 - random.NextDouble()) * 100 / Math.Exp(r))];
                double[] censored = [.. risk.Select(_ => -Math.Log(1 - random.NextDouble()) * 200)];
                return new SurvivalEndpoint("y", [.. times.Zip(censored, Math.Min)], [.. times.Zip(censored, (t, c) => t <= c)]);
        }
    }
}
