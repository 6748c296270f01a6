using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Tuning;

/// <summary>
/// A model with a known best: it is right about the first column to the degree that its options are near 10 (<c>cost</c>), 3 (<c>depth</c>)
/// and <c>rbf</c> (<c>kernel</c>). It notes every training set that it is fitted on.
/// </summary>
internal sealed class Spy
{
    private static readonly RegistryEntry Entry = new("spy", RegistryKind.Model, "A spy.",
    [
        new("cost", OptionType.Number, 1.0, 1e-6, 1e6, null, "Best at 10.") { Search = new(1e-3, 1e4, Logarithmic: true) },
        new("depth", OptionType.Integer, 1, 1, 50, null, "Best at 3.") { Search = new(1, 9) },
        new("kernel", OptionType.String, "linear", null, null, ["linear", "rbf"], "Best at rbf."),
        new("strict", OptionType.Boolean, false, null, null, null, "Fails where true."),
        new("fixed", OptionType.Number, 1.0, 0, 2, null, "No matter of tuning."),
    ]);

    public List<TrainingSet> Fits { get; } = [];

    /// <summary>Called at each fit.</summary>
    public Action<TrainingSet> OnFit { get; set; } = _ => { };

    public ModelRegistration Registration => new(Entry, o => new Learner(this, o), _ => throw new InvalidOperationException("Never read."));

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public IModelLearner Model(string options, string? tuner = null, string tuning = "{}") =>
        LearningRegistry.Model(Registration, Json(options), tuner is null ? null : new NamedOptions(tuner, Json(tuning)));

    private sealed class Learner(Spy spy, OptionValues options) : IModelLearner
    {
        public string Name => "spy";

        public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            lock (spy.Fits)
                spy.Fits.Add(training);
            spy.OnFit(training);
            if (options.Boolean("strict"))
                throw new BadInputException("spy.strict", "The spy refuses.");
            return new Fitted(training, options.Number("cost"), options.Integer("depth"), options.String("kernel"));
        }
    }

    internal sealed class Fitted(TrainingSet training, double cost, int depth, string kernel) : IFittedModel
    {
        public double Cost => cost;

        public int Depth => depth;

        public string Kernel => kernel;

        public IReadOnlySet<(string Cohort, string Patient)> Seen { get; } = Subjects.Of(training.Predictors.Rows);

        public string Kind => "spy";

        public IReadOnlyList<string> Columns => [training.Predictors.Columns[0]];

        public IReadOnlyList<string> Selected => Columns;

        public EndpointKind EndpointKind => training.Endpoint.Kind;

        public JsonElement ToJson() => Json("""{"kind": "spy"}""");

        public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
        {
            var error = Math.Abs(Math.Log10(cost) - 1) + (0.3 * Math.Abs(depth - 3)) + (kernel == "rbf" ? 0 : 0.7);
            var share = Math.Exp(-error);
            var x = predictors.Column(predictors.IndexesOf(Columns)[0]);
            var scores = new double[x.Length];
            for (var r = 0; r < scores.Length; r++)
            {
                // What is not signal is noise, the same at each call.
                var noise = new DeterministicRandom(BitConverter.DoubleToUInt64Bits(x[r])).NextGaussian();
                scores[r] = (share * x[r]) + ((1 - share) * noise);
            }
            return training.Endpoint switch
            {
                BinaryEndpoint => Predictions.Binary([.. scores.Select(Probability)]),
                MulticlassEndpoint => Predictions.Multiclass(3, [.. scores.SelectMany(s => (double[])[(1 - Probability(s)) / 2, (1 - Probability(s)) / 2, Probability(s)])]),
                ContinuousEndpoint => Predictions.Continuous(scores),
                _ => Predictions.Survival(times, [.. scores.SelectMany(s => (double[])[s, .. times.Select(_ => 0.5)])]),
            };
        }

        private static double Probability(double score) => 1 / (1 + Math.Exp(-3 * score));
    }
}
