using System.Collections.Concurrent;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>The result of one pair.</summary>
/// <param name="Effect">In the units of the measure.</param>
/// <param name="Signed">On the scale of correlations, in [−1, 1]: for figures and directions.</param>
internal readonly record struct PairResult(string Measure, int Cases, double Effect, double Low, double High, double P, double Signed)
{
    public static readonly PairResult Undefined = new("", 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>
/// Tests one pair of features by the measure of their scales, over the cases that have both. Not thread-safe: it holds buffers; the laws of
/// contingency tables are shared.
/// </summary>
internal sealed class PairTester(int cases, AssociationSettings settings, MapCovariates? covariates, ConcurrentDictionary<string, ContingencyLaw> laws)
{
    // Laws are pure functions of the margins: how many are kept changes no result.
    private const int MostLaws = 2000;

    private readonly int[] who = new int[cases];
    private readonly int[] slots = new int[cases];
    private readonly double[] x = new double[cases];
    private readonly double[] y = new double[cases];
    private readonly double[] rankX = new double[cases];
    private readonly double[] rankY = new double[cases];
    private readonly int[] identity = [.. Enumerable.Range(0, cases)];
    private int n;

    /// <param name="source">The case of which each case has the value of <paramref name="b"/>; null: its own.</param>
    /// <param name="inverse">The inverse of <paramref name="source"/>.</param>
    /// <param name="residuals">The values of <paramref name="b"/> are residuals, not to be ranked.</param>
    /// <param name="details">Whether interval and odds ratio are wanted.</param>
    public PairResult Test(MapFeature a, MapFeature b, int[]? source, int[]? inverse, bool residuals, bool details)
    {
        Gather(a, b, source ?? identity);
        if (n < settings.FewestCases || (covariates is not null && a.IsNominal && b.IsNominal))
            return PairResult.Undefined;
        if (covariates is not null)
            return Adjusted(a, b, inverse ?? identity, residuals, details);
        if ((a.IsNominal || a.IsBinary) && (b.IsNominal || b.IsBinary))
            return a.IsBinary && b.IsBinary ? TwoByTwo(details) : Table(a.Levels, b.Levels);
        if (IsLinear(a, b))
            return Pearson(a.IsBinary || b.IsBinary, details);
        if (a.IsNominal || a.IsBinary)
        {
            var ties = Rank(b, inverse ?? identity, y, rankY);
            return a.IsBinary ? Biserial(x, rankY, ties, details) : ByGroup(x, a.Levels, rankY, ties);
        }
        var tiesX = Rank(a, identity, x, rankX);
        if (b.IsNominal || b.IsBinary)
            return b.IsBinary ? Biserial(y, rankX, tiesX, details) : ByGroup(y, b.Levels, rankX, tiesX);
        return Spearman(tiesX, Rank(b, inverse ?? identity, y, rankY), details);
    }

    /// <summary>Whether the pair is related by values and not by ranks.</summary>
    public static bool IsLinear(MeasureRule rule, FeatureScale a, FeatureScale b) => rule == MeasureRule.Pearson
        && a is FeatureScale.Numeric or FeatureScale.Binary && b is FeatureScale.Numeric or FeatureScale.Binary
        && (a == FeatureScale.Numeric || b == FeatureScale.Numeric);

    private bool IsLinear(MapFeature a, MapFeature b) => IsLinear(settings.Measure, a.Scale, b.Scale);

    private void Gather(MapFeature a, MapFeature b, int[] source)
    {
        n = 0;
        for (var c = 0; c < slots.Length; c++)
        {
            double own = a.Values[c], other = b.Values[source[c]];
            slots[c] = -1;
            if (double.IsNaN(own) || double.IsNaN(other))
                continue;
            (x[n], y[n], who[n], slots[c]) = (own, other, c, n);
            n++;
        }
    }

    // Midranks among the gathered cases, from the order of all; Σ (t³ − t) over ties, −1 where nothing varies.
    private double Rank(MapFeature feature, int[] inverse, double[] values, double[] ranks)
    {
        double ties = 0;
        int below = 0, start = 0;
        var order = feature.Order;
        while (start < order.Length)
        {
            var first = slots[inverse[order[start]]];
            if (first < 0)
            {
                start++;
                continue;
            }
            var value = values[first];
            int end = start, tied = 0;
            for (; end < order.Length; end++)
            {
                var slot = slots[inverse[order[end]]];
                if (slot < 0)
                    continue;
                if (values[slot] != value)
                    break;
                tied++;
            }
            var midrank = below + ((tied + 1) / 2.0);
            for (var k = start; k < end; k++)
            {
                var slot = slots[inverse[order[k]]];
                if (slot >= 0)
                    ranks[slot] = midrank;
            }
            below += tied;
            double t = tied;
            ties += (t * t * t) - t;
            start = end;
        }
        double all = n;
        return ties >= (all * all * all) - all ? -1 : ties;
    }

    private PairResult Spearman(double tiesX, double tiesY, bool details)
    {
        if (tiesX < 0 || tiesY < 0)
            return PairResult.Undefined;
        var (product, squaresX, squaresY) = RankProduct.Of(rankX.AsSpan(0, n), rankY.AsSpan(0, n));
        var rho = RankProduct.Correlation(product, 1 / Math.Sqrt(squaresX), 1 / Math.Sqrt(squaresY));
        var p = tiesX == 0 && tiesY == 0 && CorrelationTest.HasUntiedSpearmanP(n)
            ? CorrelationTest.UntiedSpearmanP(RankProduct.SquaredDifferences(product, n), n)
            : CorrelationTest.StudentP(rho, n - 2);
        return WithInterval("spearman", rho, p, details ? CorrelationInterval.Spearman(rho, n) : EffectInterval.Undefined);
    }

    private PairResult Pearson(bool binary, bool details)
    {
        var r = Correlation.Pearson(x.AsSpan(0, n), y.AsSpan(0, n));
        return double.IsNaN(r) ? PairResult.Undefined : WithInterval(binary ? "point_biserial" : "pearson", r, CorrelationTest.StudentP(r, n - 2),
            details ? CorrelationInterval.Pearson(r, n) : EffectInterval.Undefined);
    }

    private PairResult Biserial(double[] binary, double[] ranks, double ties, bool details)
    {
        int ones = 0;
        double sum = 0;
        for (var i = 0; i < n; i++)
        {
            if (binary[i] != 1)
                continue;
            ones++;
            sum += ranks[i];
        }
        var zeros = n - ones;
        if (ties < 0 || ones == 0 || zeros == 0)
            return PairResult.Undefined;
        var u = sum - (ones * (ones + 1.0) / 2);
        var r = (2 * u / ((double)ones * zeros)) - 1;
        return WithInterval("rank_biserial", r, MannWhitney.PValue(u, ones, zeros, ties),
            details ? CorrelationInterval.RankBiserial(r, ones, zeros) : EffectInterval.Undefined);
    }

    private PairResult ByGroup(double[] codes, int levels, double[] ranks, double ties)
    {
        var sums = new double[levels];
        var counts = new int[levels];
        for (var i = 0; i < n; i++)
        {
            sums[(int)codes[i]] += ranks[i];
            counts[(int)codes[i]]++;
        }
        double squares = 0, total = n;
        var groups = 0;
        for (var g = 0; g < levels; g++)
        {
            if (counts[g] == 0)
                continue;
            groups++;
            squares += sums[g] * sums[g] / counts[g];
        }
        if (ties < 0 || groups < 2)
            return PairResult.Undefined;
        var h = ((12 * squares / (total * (total + 1))) - (3 * (total + 1))) / (1 - (ties / ((total * total * total) - total)));
        var share = Math.Clamp(h / (total - 1), 0, 1);
        return new("epsilon_squared", n, share, double.NaN, double.NaN, ChiSquare.UpperTail(h, groups - 1), Math.Sqrt(share));
    }

    private PairResult TwoByTwo(bool details)
    {
        int both = 0, first = 0, second = 0;
        for (var i = 0; i < n; i++)
        {
            both += x[i] == 1 && y[i] == 1 ? 1 : 0;
            first += x[i] == 1 ? 1 : 0;
            second += y[i] == 1 ? 1 : 0;
        }
        if (first == 0 || second == 0 || first == n || second == n)
            return PairResult.Undefined;
        var p = FisherLaws.P(both, first, second, n);
        var phi = (((double)n * both) - ((double)first * second)) / Math.Sqrt((double)first * (n - first) * second * (n - second));
        if (!details)
            return new("log_odds_ratio", n, double.NaN, double.NaN, double.NaN, p, phi);
        int b = first - both, c = second - both, d = n - first - second + both;
        var fisher = FisherExact.Test(both, b, c, d);
        // An estimate without a finite logarithm gives way to that with ½ added to each count (Haldane, Anscombe).
        var log = Math.Log(fisher.OddsRatio);
        if (!double.IsFinite(log))
            log = Math.Log((both + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5)));
        return new("log_odds_ratio", n, log, FiniteLog(fisher.Low), FiniteLog(fisher.High), p, phi);
    }

    private static double FiniteLog(double ratio) => double.IsFinite(Math.Log(ratio)) ? Math.Log(ratio) : double.NaN;

    private PairResult Table(int rows, int columns)
    {
        var counts = new int[rows, columns];
        for (var i = 0; i < n; i++)
            counts[(int)x[i], (int)y[i]]++;
        var table = ContingencyCounts.Of(counts);
        if (table is null)
            return PairResult.Undefined;
        var key = ContingencyLaw.Key(table.Rows, table.Columns);
        if (!laws.TryGetValue(key, out var law))
        {
            law = ContingencyLaw.For(table.Rows, table.Columns, settings.Seed);
            if (laws.Count < MostLaws)
                laws.TryAdd(key, law);
        }
        var v = ContingencyTest.ChiSquared(counts, yates: false).CramersV;
        return new("cramers_v", n, v, double.NaN, double.NaN, law.PValue(table), v);
    }

    private PairResult Adjusted(MapFeature a, MapFeature b, int[] inverse, bool residuals, bool details)
    {
        var linear = IsLinear(a, b);
        var basis = covariates!.Of(who.AsSpan(0, n), ranks: !linear);
        if (b.IsNominal && !residuals)
        {
            Rank(a, identity, x, rankX);
            return NestedF(y, b.Levels, rankX, basis);
        }
        if (!linear && !residuals)
            Rank(b, inverse, y, rankY);
        else
            y.AsSpan(0, n).CopyTo(rankY);
        if (a.IsNominal)
            return NestedF(x, a.Levels, rankY, basis);
        if (!linear)
            Rank(a, identity, x, rankX);
        else
            x.AsSpan(0, n).CopyTo(rankX);
        var result = PartialCorrelation.OfResidualsInPlace(rankX.AsSpan(0, n), rankY.AsSpan(0, n), basis);
        if (double.IsNaN(result.PValue))
            return PairResult.Undefined;
        var k = basis.Rank - 1;
        var interval = !details ? EffectInterval.Undefined
            : linear ? CorrelationInterval.Pearson(result.Estimate, n, k) : CorrelationInterval.Spearman(result.Estimate, n, k);
        return WithInterval(linear ? "partial_pearson" : "partial_spearman", result.Estimate, result.PValue, interval);
    }

    // The regression of the scores on the covariates against the one with the indicators of the groups besides.
    private PairResult NestedF(double[] codes, int levels, double[] scores, OrthonormalBasis basis)
    {
        var whole = basis.Copy();
        var indicator = new double[n];
        for (var level = 0; level < levels; level++)
        {
            for (var i = 0; i < n; i++)
                indicator[i] = codes[i] == level ? 1 : 0;
            if (indicator.AsSpan().IndexOfAnyExcept(0.0) >= 0)
                whole.Add(indicator);
        }
        int added = whole.Rank - basis.Rank, freedom = n - whole.Rank;
        var left = scores.AsSpan(0, n).ToArray();
        basis.Residualise(left);
        var before = OrthonormalBasis.Norm(left);
        whole.Residualise(left);
        var after = OrthonormalBasis.Norm(left);
        if (added < 1 || freedom < 1 || !(before > 1e-9 * OrthonormalBasis.Norm(scores.AsSpan(0, n))))
            return PairResult.Undefined;
        var share = Math.Clamp(1 - (after * after / (before * before)), 0, 1);
        var f = share / added / ((1 - share) / freedom);
        return new("partial_eta_squared", n, share, double.NaN, double.NaN, FisherF.UpperTail(f, added, freedom), Math.Sqrt(share));
    }

    private PairResult WithInterval(string measure, double r, double p, EffectInterval interval) => new(measure, n, r, interval.Low, interval.High, p, r);
}
