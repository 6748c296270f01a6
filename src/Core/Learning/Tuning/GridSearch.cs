using System.Globalization;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Every point of a grid once, in an order that is drawn, so that stopping early does not leave a corner unseen. Lists and choices are on
/// the grid with all their values, ranges with <c>points</c> places from end to end.
/// </summary>
internal static class GridSearch
{
    /// <param name="points">Of each range; 0 takes as many as the budget allows, a place more for the first ranges.</param>
    /// <exception cref="BadInputException">The grid has more points than the budget.</exception>
    public static SearchMethod With(int points) => (space, _, budget, random) =>
    {
        var axes = Axes(space, points, budget);
        return Walk(axes, random);
    };

    private static IEnumerable<double[]> Walk(double[][] axes, DeterministicRandom random)
    {
        var order = new int[axes.Aggregate(1, (product, axis) => product * axis.Length)];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        random.Shuffle<int>(order);
        foreach (var index in order)
        {
            var point = new double[axes.Length];
            var rest = index;
            for (var a = 0; a < axes.Length; a++)
            {
                point[a] = axes[a][rest % axes[a].Length];
                rest /= axes[a].Length;
            }
            yield return point;
        }
    }

    private static double[][] Axes(SearchSpace space, int points, int budget)
    {
        var counts = space.Parameters.Select(p => IsRange(p) ? Math.Min(points == 0 ? 1 : points, p.Levels ?? points + 1) : p.Levels!.Value).ToArray();
        if (Product(counts) > budget)
        {
            throw new BadInputException(
                "tuning.grid",
                string.Create(CultureInfo.InvariantCulture, $"The grid has {Product(counts):0} points and the budget is {budget} evaluations; raise 'budget', or give fewer values."),
                "grid");
        }
        for (var grown = points == 0; grown;)
        {
            grown = false;
            for (var p = 0; p < counts.Length; p++)
            {
                if (!IsRange(space.Parameters[p]) || counts[p] >= (space.Parameters[p].Levels ?? long.MaxValue) || Product(counts) / counts[p] * (counts[p] + 1) > budget)
                    continue;
                counts[p]++;
                grown = true;
            }
        }
        return [.. counts.Select((count, p) => Axis(space.Parameters[p], (int)count))];
    }

    private static double Product(long[] counts) => counts.Aggregate(1.0, (product, count) => product * count);

    private static bool IsRange(SearchParameter parameter) => parameter is RealParameter or IntegerParameter;

    private static double[] Axis(SearchParameter parameter, int count)
    {
        var axis = new double[count];
        for (var i = 0; i < count; i++)
            axis[i] = IsRange(parameter) ? (count == 1 ? 0.5 : (double)i / (count - 1)) : (i + 0.5) / count;
        return axis;
    }
}
