namespace RadiogenomicsCloud.Learning;

/// <summary>What is known of the rows of each leaf. Collects leaf after leaf.</summary>
internal abstract class LeafValues
{
    /// <summary>Numbers a leaf; 0 where a leaf is no fixed number of them.</summary>
    public abstract int Width { get; }

    /// <summary>Of all leaves so far, one after the other.</summary>
    public abstract double[] Values { get; }

    public abstract void Add(ReadOnlySpan<int> rows);
}

/// <summary>The weighted mean.</summary>
internal sealed class MeanLeaves(double[] y, double[] weights) : LeafValues
{
    private readonly List<double> means = [];

    public override int Width => 1;

    public override double[] Values => [.. means];

    public override void Add(ReadOnlySpan<int> rows)
    {
        double sum = 0, total = 0;
        foreach (var row in rows)
        {
            sum += weights[row] * y[row];
            total += weights[row];
        }
        means.Add(sum / total);
    }
}

/// <summary>The weighted share of each class.</summary>
internal sealed class ClassLeaves(int[] classes, int count, double[] weights) : LeafValues
{
    private readonly List<double> shares = [];
    private readonly double[] sums = new double[count];

    public override int Width => count;

    public override double[] Values => [.. shares];

    public override void Add(ReadOnlySpan<int> rows)
    {
        Array.Clear(sums);
        var total = 0.0;
        foreach (var row in rows)
        {
            sums[classes[row]] += weights[row];
            total += weights[row];
        }
        foreach (var sum in sums)
            shares.Add(sum / total);
    }
}

/// <summary>Nelson–Aalen's steps d/n at the event times of the leaf: their sum is the cumulative hazard, the product of 1 − d/n Kaplan–Meier.</summary>
internal sealed class HazardLeaves(EventGrid grid, double[] weights) : LeafValues
{
    private readonly List<int> starts = [];
    private readonly List<int> times = [];
    private readonly List<double> steps = [];
    private readonly double[] deaths = new double[grid.Times.Length];
    private readonly double[] leaving = new double[grid.Times.Length];

    public override int Width => 0;

    public override double[] Values => [];

    public HazardSteps Build() => new(grid.Times, [.. starts, times.Count], [.. times], [.. steps]);

    public override void Add(ReadOnlySpan<int> rows)
    {
        starts.Add(times.Count);
        Array.Clear(deaths);
        Array.Clear(leaving);
        var atRisk = 0.0;
        foreach (var row in rows)
        {
            var at = grid.Reached[row] - 1;
            if (at < 0)
                continue;
            atRisk += weights[row];
            leaving[at] += weights[row];
            if (grid.Events[row])
                deaths[at] += weights[row];
        }
        for (var t = 0; t < deaths.Length; t++)
        {
            if (deaths[t] > 0)
            {
                times.Add(t);
                // Where all that are left die, rounding of weights must not make it more than all.
                steps.Add(Math.Min(1, deaths[t] / atRisk));
            }
            atRisk -= leaving[t];
        }
    }
}

/// <summary>Cumulative hazards of leaves as steps at event times.</summary>
/// <param name="EventTimes">Of the training rows, ascending.</param>
/// <param name="Starts">Where the steps of each leaf begin, then their number.</param>
/// <param name="Times">Places in <paramref name="EventTimes"/>, ascending within a leaf.</param>
/// <param name="Steps">In (0, 1].</param>
internal sealed record HazardSteps(double[] EventTimes, int[] Starts, int[] Times, double[] Steps);
