using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>The empirical Bayes step of ComBat: shrinks shift and spread of one batch over its columns, in place.</summary>
internal static class CombatShrinkage
{
    // Where sva stops; its rule, the signed relative change of all columns together, is kept so that results are its own.
    private const double Convergence = 1e-4;

    private const int MostIterations = 10_000;

    public static void Shrink(CombatColumn[] columns, int batch, bool parametric, bool meanOnly, CancellationToken cancel)
    {
        double[] shift = [.. columns.Select(c => c.Shift[batch])];
        double[] spread = [.. columns.Select(c => c.Spread[batch])];
        double[] counts = [.. columns.Select(c => (double)c.Counts[batch])];
        // A batch with one value in some column has no variance there to learn from.
        meanOnly |= Array.Exists(counts, n => n < 2);
        double[] squares = [.. spread.Zip(counts, (d, n) => n > 1 ? d * (n - 1) : 0)];
        if (meanOnly)
            Array.Fill(spread, 1);
        if (columns.Length > 1)
        {
            if (!parametric)
                Integrate(shift, spread, squares, counts, cancel);
            else if (meanOnly)
                Array.Copy(PosteriorMeans(shift, Moments.Mean(shift), Moments.SampleVariance(shift), [.. shift.Select(_ => 1.0)], spread), shift, shift.Length);
            else
                Iterate(shift, spread, squares, counts, cancel);
        }
        for (var c = 0; c < columns.Length; c++)
            (columns[c].Shift[batch], columns[c].Spread[batch]) = (shift[c], spread[c]);
    }

    private static void Iterate(double[] shift, double[] spread, double[] squares, double[] counts, CancellationToken cancel)
    {
        var estimate = (double[])shift.Clone();
        double bar = Moments.Mean(estimate), variance = Moments.SampleVariance(estimate);
        var (a, b) = InverseGamma(spread);
        if (!double.IsFinite(a))
            (a, b) = (double.NaN, double.NaN);
        for (var i = 0; i < MostIterations; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var means = PosteriorMeans(estimate, bar, variance, counts, spread);
            var change = double.NegativeInfinity;
            for (var c = 0; c < means.Length; c++)
            {
                var difference = estimate[c] - means[c];
                var sum = squares[c] + (counts[c] * difference * difference);
                // Spreads that are all alike have no prior but themselves.
                var next = double.IsNaN(a) ? spread[c] : ((0.5 * sum) + b) / ((counts[c] / 2) + a - 1);
                change = Math.Max(change, Math.Max(Math.Abs(means[c] - shift[c]) / shift[c], Math.Abs(next - spread[c]) / spread[c]));
                (shift[c], spread[c]) = (means[c], next);
            }
            if (!(change > Convergence))
                break;
        }
    }

    private static double[] PosteriorMeans(double[] estimate, double bar, double variance, double[] counts, double[] spread)
    {
        var means = new double[estimate.Length];
        for (var c = 0; c < means.Length; c++)
            means[c] = ((variance * counts[c] * estimate[c]) + (spread[c] * bar)) / ((variance * counts[c]) + spread[c]);
        return means;
    }

    /// <summary>Shape and rate by moments.</summary>
    internal static (double A, double B) InverseGamma(double[] spread)
    {
        double m = Moments.Mean(spread), s2 = Moments.SampleVariance(spread);
        return (((2 * s2) + (m * m)) / s2, ((m * s2) + (m * m * m)) / s2);
    }

    // The other columns' estimates, weighed by how likely they make the values of this one.
    private static void Integrate(double[] shift, double[] spread, double[] squares, double[] counts, CancellationToken cancel)
    {
        var (g, d) = ((double[])shift.Clone(), (double[])spread.Clone());
        var logs = new double[g.Length];
        for (var c = 0; c < g.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var greatest = double.NegativeInfinity;
            for (var j = 0; j < g.Length; j++)
            {
                var difference = g[c] - g[j];
                logs[j] = j == c ? double.NegativeInfinity
                    : -(0.5 * counts[c] * Math.Log(d[j])) - ((squares[c] + (counts[c] * difference * difference)) / (2 * d[j]));
                greatest = Math.Max(greatest, logs[j]);
            }
            double total = 0, meanShift = 0, meanSpread = 0;
            for (var j = 0; j < g.Length; j++)
            {
                var likelihood = Math.Exp(logs[j] - greatest);
                total += likelihood;
                meanShift += likelihood * g[j];
                meanSpread += likelihood * d[j];
            }
            (shift[c], spread[c]) = (meanShift / total, meanSpread / total);
        }
    }
}

/// <summary>What the batches of training were like: the prior of a batch that comes later.</summary>
/// <param name="Variance">Of a shift about 0.</param>
/// <param name="Shape">Of the inverse gamma distribution of a spread; null where spreads are not adjusted.</param>
internal sealed record CombatPrior(double Variance, double? Shape, double? Rate)
{
    /// <returns>Null where there is nothing to learn from.</returns>
    public static CombatPrior? Of(CombatColumn[] columns, int batches, bool meanOnly)
    {
        if (columns.Length == 0)
            return null;
        var variance = columns.Average(c => c.Shift.Average(s => s * s));
        double[] spreads = [.. columns.SelectMany(c => c.Spread)];
        var (a, b) = CombatShrinkage.InverseGamma(spreads);
        var scaled = !meanOnly && double.IsFinite(a) && double.IsFinite(b);
        return variance > 0 ? new(variance, scaled ? a : null, scaled ? b : null) : null;
    }

    /// <summary>Shift and spread of a column in a batch of so many rows, from its mean and its sum of squares about it.</summary>
    public (double Shift, double Spread) Shrink(int count, double mean, double squares)
    {
        double shift = mean, spread = Shape is null ? 1 : squares > 0 ? squares / (count - 1) : 1;
        for (var i = 0; i < 1000; i++)
        {
            var next = Variance * count * mean / ((Variance * count) + spread);
            var variance = Shape is { } a && Rate is { } b ? ((0.5 * (squares + (count * (mean - next) * (mean - next)))) + b) / ((count / 2.0) + a - 1) : 1;
            var change = Math.Abs(next - shift) + Math.Abs(variance - spread);
            (shift, spread) = (next, variance);
            if (!(change > 1e-10))
                break;
        }
        return (shift, spread);
    }
}
