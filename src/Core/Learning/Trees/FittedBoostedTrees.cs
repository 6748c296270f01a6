using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// See <see cref="BoostedTrees"/>. A score is its start and the leaves of its trees; of several outputs each has every so manieth tree. The risk score
/// of a survival model is the log relative hazard, survival exp(−baseline hazard × exp(score)), unchanged after the last event. It reads the columns that some tree splits.
/// </summary>
public sealed class FittedBoostedTrees : IFittedModel
{
    private readonly TreeEnsemble trees;
    private readonly string[] columns;
    private readonly double[] start;
    private readonly double[] leaves;
    private readonly double[] eventTimes;
    private readonly double[] baseline;

    private FittedBoostedTrees(
        EndpointKind endpointKind,
        string[] columns,
        TreeEnsemble trees,
        double[] start,
        double[] leaves,
        double[] eventTimes,
        double[] baseline,
        IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (EndpointKind, this.columns, this.trees, this.start, this.leaves) = (endpointKind, columns, trees, start, leaves);
        (this.eventTimes, this.baseline, Seen) = (eventTimes, baseline, seen);
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => BoostedTrees.RegistryName;

    public EndpointKind EndpointKind { get; }

    public IReadOnlyList<string> Discloses => EndpointKind is EndpointKind.Survival ? [Disclosures.Leaves, Disclosures.EventTimes] : [Disclosures.Leaves];

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Selected => columns;

    /// <summary>How many rounds of trees.</summary>
    public int Rounds => trees.Trees / start.Length;

    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(times);
        var rows = new TreeRows(predictors, columns);
        var survival = EndpointKind is EndpointKind.Survival;
        var width = survival ? 1 + times.Count : start.Length;
        double[] hazards = [.. survival ? times.Select(Baseline) : []];
        var result = new double[rows.Count * width];
        var scores = new double[start.Length];
        for (var r = 0; r < rows.Count; r++)
        {
            var row = rows.Read(r);
            start.CopyTo(scores, 0);
            for (var t = 0; t < trees.Trees; t++)
                scores[t % scores.Length] += leaves[trees.Leaf(t, row)];
            if (Array.Exists(scores, s => !double.IsFinite(s)))
                throw new BadInputException("learning.overflow", $"The score of case '{predictors.Rows[r].Case}' is too large for a number; check the unit of the endpoint.");
            Link(scores, hazards, result.AsSpan(r * width, width));
        }
        return Predictions.Of(EndpointKind, width, result, survival ? times : []);
    }

    public JsonElement ToJson()
    {
        var json = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["kind"] = Kind,
            ["endpoint"] = EndpointNames.Of(EndpointKind),
            ["columns"] = columns,
            ["start"] = start,
        };
        foreach (var (name, value) in TreeJson.Write(trees))
            json.Add(name, value);
        json.Add("values", leaves);
        if (EndpointKind is EndpointKind.Survival)
        {
            json.Add("event_times", eventTimes);
            json.Add("baseline", baseline);
        }
        return JsonSerializer.SerializeToElement(json);
    }

    internal static FittedBoostedTrees Of(TreeTable table, Boosting boosting, double[] weights)
    {
        var predictors = table.Training.Predictors;
        var trees = boosting.Trees;
        var used = trees.Used(table.Columns);
        var grid = table.Training.Endpoint is SurvivalEndpoint survival ? new EventGrid(survival) : null;
        return new(
            table.Training.Endpoint.Kind,
            [.. used.Select(c => predictors.Columns[c])],
            trees.Over(used, table.Columns),
            boosting.Start,
            [.. boosting.Leaves],
            grid?.Times ?? [],
            grid is null ? [] : Breslow.Baseline(grid, boosting.Scores, weights),
            Subjects.Of(predictors.Rows));
    }

    internal static IFittedModel Read(JsonElement json)
    {
        var endpoint = EndpointNames.Read(json, EndpointNames.All);
        var columns = PlainJson.Names(json, "columns");
        var outputs = PlainJson.Array(json, "start").GetArrayLength();
        if (endpoint is EndpointKind.Multiclass ? outputs < 2 : outputs != 1)
            throw PlainJson.Invalid("start", "does not fit the endpoint");
        var start = PlainJson.Numbers(json, "start", outputs);
        var trees = TreeJson.Read(json, columns.Length);
        if (trees.Trees % outputs != 0)
            throw PlainJson.Invalid("nodes", "does not fit the endpoint");
        var leaves = PlainJson.Numbers(json, "values", (trees.Nodes + trees.Trees) / 2);
        double[] eventTimes = [], baseline = [];
        if (endpoint is EndpointKind.Survival)
        {
            eventTimes = FittedTreesJson.EventTimes(json);
            baseline = PlainJson.Numbers(json, "baseline", eventTimes.Length);
            if (baseline.Zip(baseline.Prepend(0), (now, before) => now < before).Any(falls => falls))
                throw PlainJson.Invalid("baseline", "is no cumulative hazard");
        }
        return new FittedBoostedTrees(endpoint, columns, trees, start, leaves, eventTimes, baseline, Values.NoSubjects);
    }

    private void Link(double[] scores, double[] hazards, Span<double> target)
    {
        switch (EndpointKind)
        {
            case EndpointKind.Binary:
                target[0] = 1 / (1 + Math.Exp(-scores[0]));
                break;
            case EndpointKind.Multiclass:
                var (greatest, sum) = (scores.Max(), 0.0);
                for (var k = 0; k < scores.Length; k++)
                    sum += target[k] = Math.Exp(scores[k] - greatest);
                for (var k = 0; k < scores.Length; k++)
                    target[k] /= sum;
                break;
            default:
                target[0] = scores[0];
                for (var t = 0; t < hazards.Length; t++)
                    target[t + 1] = hazards[t] == 0 ? 1 : Math.Exp(-hazards[t] * Math.Exp(scores[0]));
                break;
        }
    }

    private double Baseline(double time)
    {
        var at = Array.BinarySearch(eventTimes, time);
        var reached = at >= 0 ? at + 1 : ~at;
        return reached == 0 ? 0 : baseline[reached - 1];
    }
}
