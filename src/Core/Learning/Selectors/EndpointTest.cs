using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Tests of one column against the endpoint, by name, with what they share prepared once. Missing values are left out column by column;
/// an infinite one is a <see cref="BadInputException"/>.
/// </summary>
internal sealed class EndpointTest
{
    public const string Automatic = "auto";

    private static readonly Dictionary<string, EndpointKind[]> Kinds = new(StringComparer.Ordinal)
    {
        ["mann_whitney"] = [EndpointKind.Binary],
        ["welch_t"] = [EndpointKind.Binary],
        ["anova"] = [EndpointKind.Binary, EndpointKind.Multiclass],
        ["welch_anova"] = [EndpointKind.Binary, EndpointKind.Multiclass],
        ["kruskal_wallis"] = [EndpointKind.Binary, EndpointKind.Multiclass],
        ["spearman"] = [EndpointKind.Continuous],
        ["pearson"] = [EndpointKind.Continuous],
        ["cox"] = [EndpointKind.Survival],
        ["cox_wald"] = [EndpointKind.Survival],
    };

    private readonly Test test;
    private readonly double centre;     // of the estimate, where there is no association

    private EndpointTest(Test test, double centre) => (this.test, this.centre) = (test, centre);

    private delegate TwoSampleResult Test(ReadOnlySpan<double> column);

    /// <summary>The valid names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Automatic, .. Kinds.Keys];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="BadInputException"><c>learning.test</c>: the test is not one of this kind of endpoint.</exception>
    public static EndpointTest Of(string name, TrainingSet training, string learner)
    {
        var endpoint = training.Endpoint;
        if (endpoint.Count != training.Predictors.RowCount)
            throw new ArgumentException($"{endpoint.Count} outcomes for {training.Predictors.RowCount} rows.", nameof(training));
        if (name == Automatic)
        {
            name = endpoint.Kind switch
            {
                EndpointKind.Binary => "mann_whitney",
                EndpointKind.Multiclass => "kruskal_wallis",
                EndpointKind.Continuous => "spearman",
                _ => "cox",
            };
        }
        if (!Kinds[name].Contains(endpoint.Kind))
        {
            var valid = string.Join(", ", Kinds.Where(k => k.Value.Contains(endpoint.Kind)).Select(k => $"'{k.Key}'"));
            throw new BadInputException("learning.test", $"Test '{name}' of '{learner}' does not suit endpoint '{endpoint.Name}'; take one of {valid}.", endpoint.Name);
        }
        Test test = endpoint switch
        {
            BinaryEndpoint binary when name is "mann_whitney" or "welch_t" => TwoSample(binary.Values, name == "welch_t"),
            BinaryEndpoint binary => Groups(name, Array.ConvertAll(binary.Values, v => v ? 1 : 0), 2),
            MulticlassEndpoint classes => Groups(name, classes.Values, classes.Labels.Count),
            ContinuousEndpoint numbers => name == "spearman" ? Spearman(numbers.Values) : column => CorrelationTest.Pearson(column, numbers.Values),
            SurvivalEndpoint survival => Cox(survival, name == "cox_wald"),
            _ => throw Values.WrongEndpoint(training, learner, "an endpoint of a known kind"),
        };
        return new(test, name == "mann_whitney" ? 0.5 : 0);
    }

    /// <summary>P-values of all columns; NaN where a column cannot be tested.</summary>
    public double[] PValues(Predictors predictors, CancellationToken cancel) => Each(predictors, r => r.PValue, cancel);

    /// <summary>
    /// How strong the association of each column is, at least 0, comparable between columns: |AUC − ½|, η² (of ranks for Kruskal–Wallis),
    /// |correlation|, or |z| of Cox; −1 where a column cannot be tested.
    /// </summary>
    public double[] Strengths(Predictors predictors, CancellationToken cancel) =>
        Each(predictors, r => double.IsNaN(r.Estimate) ? -1 : Math.Abs(r.Estimate - centre), cancel);

    private double[] Each(Predictors predictors, Func<TwoSampleResult, double> of, CancellationToken cancel)
    {
        var results = new double[predictors.ColumnCount];
        for (var c = 0; c < results.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var column = predictors.Column(c);
            foreach (var value in column)
            {
                if (double.IsInfinity(value))
                    throw Values.Infinite(predictors.Columns[c]);
            }
            results[c] = of(test(column));
        }
        return results;
    }

    private static Test TwoSample(bool[] isEvent, bool welch)
    {
        var events = new double[isEvent.Length];
        var others = new double[isEvent.Length];
        return values =>
        {
            int eventCount = 0, otherCount = 0;
            for (var r = 0; r < values.Length; r++)
            {
                if (double.IsNaN(values[r]))
                    continue;
                if (isEvent[r])
                    events[eventCount++] = values[r];
                else
                    others[otherCount++] = values[r];
            }
            var x = events.AsSpan(0, eventCount);
            var y = others.AsSpan(0, otherCount);
            return welch ? WelchT.Test(x, y) : MannWhitney.TestInPlace(x, y);
        };
    }

    private static Test Groups(string name, int[] groups, int count) => name switch
    {
        "anova" => values => OneWayAnova.Test(values, groups, count),
        "welch_anova" => values => OneWayAnova.Welch(values, groups, count),
        _ => values => KruskalWallis.Test(values, groups, count),
    };

    private static Test Spearman(double[] outcome)
    {
        var ranks = Ranks.Midranks(outcome);
        return values => HasMissing(values) ? CorrelationTest.Spearman(values, outcome) : CorrelationTest.SpearmanOfRanks(Ranks.Midranks(values), ranks);
    }

    private static bool HasMissing(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                return true;
        }
        return false;
    }

    private static Test Cox(SurvivalEndpoint endpoint, bool wald)
    {
        var cox = new UnivariateCox(endpoint.Times, endpoint.Events);
        return wald ? cox.Wald : cox.Score;
    }
}
