using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// One tree or many whose leaves are averaged. Survival: the risk score is the mortality (the cumulative hazard summed over the event times of
/// the training rows: the deaths expected if all were alike; Ishwaran and others 2008), and survival is exp(−mean cumulative hazard) of
/// several trees, Kaplan–Meier's estimate in the leaf of a single one; after the last event it stays as it is. It reads the columns that some
/// tree splits, and no others. A missing or infinite value is refused.
/// </summary>
public sealed class FittedTrees : IFittedModel
{
    private readonly TreeEnsemble trees;
    private readonly string[] columns;
    private readonly int width;
    private readonly double[] values;
    private readonly HazardSteps? hazards;

    internal FittedTrees(
        string kind,
        EndpointKind endpointKind,
        string[] columns,
        TreeEnsemble trees,
        int width,
        double[] values,
        HazardSteps? hazards,
        IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (Kind, EndpointKind, this.columns, this.trees) = (kind, endpointKind, columns, trees);
        (this.width, this.values, this.hazards, Seen) = (width, values, hazards, seen);
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind { get; }

    public EndpointKind EndpointKind { get; }

    public bool HoldsRows => Kind == RandomForest.RegistryName;

    public IReadOnlyList<string> Discloses =>
        [HoldsRows ? Disclosures.Forest : Disclosures.Leaves, .. hazards is null ? Array.Empty<string>() : [Disclosures.EventTimes]];

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Selected => columns;

    /// <summary>How many trees.</summary>
    public int Trees => trees.Trees;

    /// <summary>The splits of a tree from the root, the left branch first: the column, and the greatest value that goes left.</summary>
    public IReadOnlyList<(string Column, double Threshold)> Splits(int tree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tree);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tree, Trees);
        var splits = new List<(string, double)>();
        for (var i = trees.Starts[tree]; i < trees.Starts[tree + 1]; i++)
        {
            if (trees.Feature[i] >= 0)
                splits.Add((columns[trees.Feature[i]], trees.Threshold[i]));
        }
        return splits;
    }

    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(times);
        var rows = new TreeRows(predictors, columns);
        if (hazards is not null)
            return Survival(rows, hazards, times);
        var result = new double[rows.Count * width];
        for (var r = 0; r < rows.Count; r++)
        {
            var row = rows.Read(r);
            var target = result.AsSpan(r * width, width);
            for (var t = 0; t < trees.Trees; t++)
            {
                var leaf = values.AsSpan(trees.Leaf(t, row) * width, width);
                for (var k = 0; k < leaf.Length; k++)
                    target[k] += leaf[k];
            }
            for (var k = 0; k < target.Length; k++)
                target[k] /= trees.Trees;
            if (!double.IsFinite(target[0]))
                throw new BadInputException("learning.overflow", $"The value of case '{predictors.Rows[r].Case}' is too large for a number; check the unit of the endpoint.");
        }
        return Predictions.Of(EndpointKind, width, result, []);
    }

    public JsonElement ToJson()
    {
        var json = new Dictionary<string, object>(StringComparer.Ordinal) { ["kind"] = Kind, ["endpoint"] = EndpointNames.Of(EndpointKind), ["columns"] = columns };
        foreach (var (name, value) in TreeJson.Write(trees))
            json.Add(name, value);
        if (hazards is null)
        {
            json.Add("width", width);
            json.Add("values", values);
            return JsonSerializer.SerializeToElement(json);
        }
        json.Add("event_times", hazards.EventTimes);
        json.Add("leaf_steps", hazards.Starts.Skip(1).Zip(hazards.Starts, (end, start) => end - start).ToArray());
        json.Add("step_times", hazards.Times);
        json.Add("steps", hazards.Steps);
        return JsonSerializer.SerializeToElement(json);
    }

    internal static IFittedModel Read(JsonElement json)
    {
        var kind = PlainJson.Text(json, "kind");
        var endpoint = EndpointNames.Read(json, EndpointNames.All);
        var columns = PlainJson.Names(json, "columns");
        var trees = TreeJson.Read(json, columns.Length);
        var leaves = (trees.Nodes + trees.Trees) / 2;
        if (endpoint is EndpointKind.Survival)
            return new FittedTrees(kind, endpoint, columns, trees, 0, [], FittedTreesJson.Hazards(json, leaves), Values.NoSubjects);
        var width = FittedTreesJson.Width(json, endpoint);
        return new FittedTrees(kind, endpoint, columns, trees, width, FittedTreesJson.Leaves(json, endpoint, leaves, width), null, Values.NoSubjects);
    }

    private Predictions Survival(TreeRows rows, HazardSteps hazard, IReadOnlyList<double> times)
    {
        var product = trees.Trees == 1;
        var steps = new double[hazard.EventTimes.Length];
        var survival = new double[steps.Length + 1];
        var result = new double[rows.Count * (1 + times.Count)];
        int[] at = [.. times.Select(time => Reached(hazard.EventTimes, time))];
        for (var r = 0; r < rows.Count; r++)
        {
            var row = rows.Read(r);
            Array.Clear(steps);
            for (var t = 0; t < trees.Trees; t++)
            {
                var leaf = trees.Leaf(t, row);
                for (var s = hazard.Starts[leaf]; s < hazard.Starts[leaf + 1]; s++)
                    steps[hazard.Times[s]] += hazard.Steps[s];
            }
            double cumulative = 0, mortality = 0;
            survival[0] = 1;
            for (var t = 0; t < steps.Length; t++)
            {
                var step = steps[t] / trees.Trees;
                cumulative += step;
                mortality += cumulative;
                survival[t + 1] = product ? survival[t] * (1 - step) : Math.Exp(-cumulative);
            }
            var target = result.AsSpan(r * (1 + times.Count), 1 + times.Count);
            target[0] = mortality;
            for (var k = 0; k < at.Length; k++)
                target[k + 1] = survival[at[k]];
        }
        return Predictions.Survival(times, result);
    }

    // How many of the event times are at most the time.
    private static int Reached(double[] eventTimes, double time)
    {
        var at = Array.BinarySearch(eventTimes, time);
        return at >= 0 ? at + 1 : ~at;
    }
}
