namespace RadiogenomicsCloud.Statistics;

/// <summary>Fisher's exact test of a 2 × 2 table.</summary>
/// <param name="P">Two-sided: the probability of the tables of these margins that are no likelier than this one.</param>
/// <param name="OddsRatio">The conditional maximum-likelihood estimate; 0 and +∞ at the ends of the support.</param>
/// <param name="Low">Of the exact 95 % interval of the odds ratio.</param>
public readonly record struct FisherResult(double P, double OddsRatio, double Low, double High);

/// <summary>
/// Fisher's exact test of 2 × 2 tables, as R's <c>fisher.test(matrix(c(a, c, b, d), 2))</c>: p, conditional odds ratio and its interval from the
/// non-central hypergeometric distribution. R finds the ratio and its interval to about four digits, here they are solved to the last.
/// </summary>
public static class FisherExact
{
    // Tables whose probabilities differ by rounding count as equally likely, as R's relErr.
    internal const double Tolerance = 1 + 1e-7;

    /// <summary>The table a, b (first row) and c, d (second row).</summary>
    /// <returns>All NaN where a margin is 0: then nothing is tested (R reports p = 1).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static FisherResult Test(int a, int b, int c, int d)
    {
        foreach (var count in (ReadOnlySpan<int>)[a, b, c, d])
            ArgumentOutOfRangeException.ThrowIfNegative(count);
        int row = a + b, column = a + c, total = a + b + c + d;
        if (row == 0 || column == 0 || row == total || column == total)
            return new(double.NaN, double.NaN, double.NaN, double.NaN);
        var law = new NonCentral(row, column, total);
        return new(TwoSided(row, column, total)[a - law.Least], law.Estimate(a), law.Lower(a), law.Upper(a));
    }

    /// <summary>The two-sided p of every table of these margins, by its first count from the least possible one.</summary>
    internal static double[] TwoSided(int row, int column, int total)
    {
        int least = Math.Max(0, row + column - total), most = Math.Min(row, column);
        var probabilities = new double[most - least + 1];
        var sum = 0.0;
        for (var k = 0; k < probabilities.Length; k++)
            sum += probabilities[k] = Math.Exp(Hypergeometric.LogProbability(least + k, row, total, column));
        var sorted = (double[])probabilities.Clone();
        Array.Sort(sorted);
        var p = new double[probabilities.Length];
        for (var k = 0; k < p.Length; k++)
        {
            var tail = 0.0;
            foreach (var other in sorted)
            {
                if (other > probabilities[k] * Tolerance)
                    break;
                tail += other;
            }
            p[k] = Math.Min(1, tail / sum);
        }
        return p;
    }

    /// <summary>The first count given the margins, when the odds ratio is e^θ.</summary>
    private sealed class NonCentral
    {
        private readonly double[] logs;
        private readonly double[] weights;

        public NonCentral(int row, int column, int total)
        {
            (Least, Most) = (Math.Max(0, row + column - total), Math.Min(row, column));
            logs = new double[Most - Least + 1];
            for (var k = 0; k < logs.Length; k++)
                logs[k] = Hypergeometric.LogProbability(Least + k, row, total, column);
            weights = new double[logs.Length];
        }

        public int Least { get; }

        private int Most { get; }

        // exp(±700) is as far as doubles go.
        private const double Widest = 700;

        public double Estimate(int a) => a == Least ? 0 : a == Most ? double.PositiveInfinity
            : Math.Exp(Bisection.Solve(theta => Mean(theta) - a, -Widest, Widest));

        public double Lower(int a) => a == Least ? 0
            : Math.Exp(Bisection.Solve(theta => Tail(theta, a, Most) - 0.025, -Widest, Widest));

        public double Upper(int a) => a == Most ? double.PositiveInfinity
            : Math.Exp(Bisection.Solve(theta => 0.025 - Tail(theta, Least, a), -Widest, Widest));

        private double Mean(double theta)
        {
            var all = Weigh(theta);
            var sum = 0.0;
            for (var k = 0; k < weights.Length; k++)
                sum += weights[k] * (Least + k);
            return sum / all;
        }

        private double Tail(double theta, int from, int to)
        {
            var all = Weigh(theta);
            var sum = 0.0;
            for (var k = from; k <= to; k++)
                sum += weights[k - Least];
            return sum / all;
        }

        private double Weigh(double theta)
        {
            var greatest = double.NegativeInfinity;
            for (var k = 0; k < logs.Length; k++)
                greatest = Math.Max(greatest, logs[k] + (theta * (Least + k)));
            var sum = 0.0;
            for (var k = 0; k < logs.Length; k++)
                sum += weights[k] = Math.Exp(logs[k] + (theta * (Least + k)) - greatest);
            return sum;
        }
    }
}
