using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>A judged point in the unit cube.</summary>
/// <param name="Unit">The code of each parameter's value.</param>
/// <param name="Loss">NaN where it failed.</param>
internal sealed record Trial(double[] Unit, double Loss);

/// <summary>
/// A method of search: yields points of the unit cube one by one. When it is resumed, the last trial answers; its point is the one yielded,
/// moved to the centre of its cell, or another where the one yielded was known and something new had to be tried.
/// </summary>
/// <param name="trials">All answers so far, repeats among them.</param>
/// <param name="budget">Evaluations that will be paid for at most.</param>
internal delegate IEnumerable<double[]> SearchMethod(SearchSpace space, IReadOnlyList<Trial> trials, int budget, DeterministicRandom random);

/// <summary>What methods share.</summary>
internal static class Search
{
    public static double[] Uniform(int dimension, DeterministicRandom random)
    {
        var point = new double[dimension];
        for (var d = 0; d < point.Length; d++)
            point[d] = random.NextDouble();
        return point;
    }

    /// <summary>A Latin hypercube: in every parameter, one point in each of as many equal stretches (McKay, Beckman, Conover, Technometrics 1979, 21:239).</summary>
    public static double[][] LatinHypercube(int points, int dimension, DeterministicRandom random)
    {
        var design = new double[points][];
        for (var i = 0; i < points; i++)
            design[i] = new double[dimension];
        var order = new int[points];
        for (var d = 0; d < dimension; d++)
        {
            for (var i = 0; i < points; i++)
                order[i] = i;
            random.Shuffle<int>(order);
            for (var i = 0; i < points; i++)
                design[i][d] = (order[i] + random.NextDouble()) / points;
        }
        return design;
    }

    /// <summary>Whether a point, moved to the centre of its cell, was answered already.</summary>
    public static bool IsKnown(IReadOnlyList<Trial> trials, double[] point)
    {
        for (var t = 0; t < trials.Count; t++)
        {
            if (trials[t].Unit.AsSpan().SequenceEqual(point))
                return true;
        }
        return false;
    }

    /// <summary>The trials without repeats, which a model of the loss would take for more certain than they are.</summary>
    public static IReadOnlyList<Trial> Distinct(SearchSpace space, IReadOnlyList<Trial> trials)
    {
        // In a continuum no point comes twice.
        if (space.Count is null)
            return trials;
        var distinct = new List<Trial>();
        foreach (var trial in trials)
        {
            if (!IsKnown(distinct, trial.Unit))
                distinct.Add(trial);
        }
        return distinct;
    }

    /// <summary>The losses, failures as bad as the worst success.</summary>
    public static double[] Losses(IReadOnlyList<Trial> trials)
    {
        var worst = double.NegativeInfinity;
        foreach (var trial in trials)
        {
            if (trial.Loss > worst)
                worst = trial.Loss;
        }
        var losses = new double[trials.Count];
        for (var i = 0; i < losses.Length; i++)
            losses[i] = double.IsNaN(trials[i].Loss) ? (double.IsFinite(worst) ? worst : 0) : trials[i].Loss;
        return losses;
    }

    /// <summary>For sorting: a failure is worse than any number.</summary>
    public static double Rank(Trial trial) => double.IsNaN(trial.Loss) ? double.PositiveInfinity : trial.Loss;

    /// <summary>A Gaussian step of a place on [0, 1], reflected at the ends.</summary>
    public static double Step(double place, double deviation, DeterministicRandom random)
    {
        var moved = place + (deviation * random.NextGaussian());
        moved = Math.Abs(moved % 2);
        return moved > 1 ? 2 - moved : moved;
    }
}
