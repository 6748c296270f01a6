using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Reads the leaves of <see cref="FittedTrees"/>; whatever would give predictions that are none is refused.</summary>
internal static class FittedTreesJson
{
    /// <summary>Ascending times.</summary>
    public static double[] EventTimes(JsonElement json)
    {
        var times = PlainJson.Numbers(json, "event_times", PlainJson.Array(json, "event_times").GetArrayLength());
        for (var t = 1; t < times.Length; t++)
        {
            if (times[t] <= times[t - 1])
                throw PlainJson.Invalid("event_times", "does not ascend");
        }
        return times;
    }

    public static int Width(JsonElement json, EndpointKind endpoint)
    {
        var width = PlainJson.Number(json, "width");
        var sound = endpoint is EndpointKind.Multiclass ? width is >= 2 and <= 100_000 && width == Math.Floor(width) : width == 1;
        return sound ? (int)width : throw PlainJson.Invalid("width", "does not fit the endpoint");
    }

    public static double[] Leaves(JsonElement json, EndpointKind endpoint, int leaves, int width)
    {
        if ((long)leaves * width > Array.MaxLength)
            throw PlainJson.Invalid("width", "does not fit the trees");
        var values = PlainJson.Numbers(json, "values", leaves * width);
        if (endpoint is EndpointKind.Continuous)
            return values;
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            var sum = 0.0;
            foreach (var p in values.AsSpan(leaf * width, width))
                sum += p is >= 0 and <= 1 ? p : throw PlainJson.Invalid("values", "holds something that is not a probability");
            if (width > 1 && Math.Abs(sum - 1) > 1e-9)
                throw PlainJson.Invalid("values", "holds probabilities whose sum is not 1");
        }
        return values;
    }

    public static HazardSteps Hazards(JsonElement json, int leaves)
    {
        var eventTimes = EventTimes(json);
        var counts = TreeJson.Integers(json, "leaf_steps", 0, eventTimes.Length);
        if (counts.Length != leaves)
            throw PlainJson.Invalid("leaf_steps", $"has {counts.Length} numbers, not {leaves}");
        var times = TreeJson.Integers(json, "step_times", 0, eventTimes.Length - 1);
        if (counts.Sum(n => (long)n) != times.Length)
            throw PlainJson.Invalid("leaf_steps", "does not add up to the number of steps");
        var steps = PlainJson.Numbers(json, "steps", times.Length);
        var starts = new int[leaves + 1];
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            starts[leaf + 1] = starts[leaf] + counts[leaf];
            for (var s = starts[leaf]; s < starts[leaf + 1]; s++)
            {
                if (steps[s] is not (> 0 and <= 1) || (s > starts[leaf] && times[s] <= times[s - 1]))
                    throw PlainJson.Invalid("steps", "is not a hazard");
            }
        }
        return new(eventTimes, starts, times, steps);
    }
}
