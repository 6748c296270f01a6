using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Association;

/// <summary>The blocks of products against pairs that are tested one by one with the tests of Statistics.</summary>
public sealed class NaiveTwinTests
{
    private const int Cases = 31;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MeasureRule.Auto, false, 0)]
    [InlineData(MeasureRule.Auto, false, 0.15)]
    [InlineData(MeasureRule.Auto, true, 0)]
    [InlineData(MeasureRule.Auto, true, 0.15)]
    [InlineData(MeasureRule.Pearson, false, 0.15)]
    [InlineData(MeasureRule.Pearson, true, 0)]
    [InlineData(MeasureRule.Auto, false, -1)]
    [InlineData(MeasureRule.Auto, true, -1)]
    [InlineData(MeasureRule.Pearson, false, -1)]
    [InlineData(MeasureRule.Pearson, true, -1)]
    public void The_map_and_its_permutations_are_those_of_pairs_tested_one_by_one(MeasureRule measure, bool adjusted, double missing)
    {
        var settings = new AssociationSettings { Measure = measure, Permutations = 6, Resamples = 0, MostEdges = 5000 };
        var imaging = SmallCohorts.Mixed(Cases, 23, 11, missing);
        var molecular = SmallCohorts.Mixed(Cases, 37, 12, missing);
        var covariates = adjusted ? SmallCohorts.Covariates(Cases, 13) : null;
        var input = MapInput.Of(imaging, molecular, covariates, settings, Cancel);
        var statistics = MapStatistics.Of(input.Pairs, 2, Cancel);
        var (a, b) = (input.Imaging.Features, input.Molecular.Features);
        var expected = new double[a.Length * b.Length];
        for (var i = 0; i < expected.Length; i++)
            expected[i] = NaiveP(a[i / b.Length], b[i % b.Length], settings, input.Pairs.Covariates, null);
        Near(expected, statistics.P);

        var smallest = new List<double>();
        var calls = new long[2];
        double[] at = [statistics.Sorted.AtRank(40), statistics.Sorted.AtRank(expected.Length / 3)];
        for (var permutation = 0; permutation < settings.Permutations; permutation++)
        {
            var order = PermutationNull.Order(Cases, settings.Seed, permutation);
            var permuted = Enumerable.Range(0, expected.Length)
                .Select(i => NaiveP(a[i / b.Length], b[i % b.Length], settings, input.Pairs.Covariates, order)).ToArray();
            smallest.Add(permuted.Where(p => !double.IsNaN(p)).Min());
            for (var t = 0; t < at.Length; t++)
                calls[t] += permuted.Count(p => p <= at[t] * (1 + 1e-12));
        }
        Near([.. smallest.Order()], [.. statistics.Permuted!.Smallest]);
        // Monotone: at most the plain estimate, which it is where later ones are greater.
        for (var t = 0; t < at.Length; t++)
        {
            var plain = Math.Min(1, (double)calls[t] / settings.Permutations / statistics.Sorted.AtMost(at[t]));
            Assert.True(statistics.Permuted.FalseDiscoveryRate(at[t]) <= plain + 1e-9);
        }
    }

    [Theory]
    [InlineData(44, 1)]
    [InlineData(45, 7)]
    [InlineData(7, 130)]
    public void Products_are_those_of_plain_loops(int n, int rows)
    {
        Products<double>(n, rows);
        Products<float>(n, rows);
    }

    [Fact]
    public void Beyond_the_exact_range_of_single_precision_the_map_is_the_same_as_one_by_one()
    {
        var settings = new AssociationSettings { Permutations = 0, Resamples = 0 };
        var input = MapInput.Of(SmallCohorts.Mixed(400, 6, 1, 0), SmallCohorts.Mixed(400, 6, 2, 0), null, settings, Cancel);
        var tester = input.Pairs.NewTester();
        var expected = from i in input.Imaging.Features from j in input.Molecular.Features select tester.Test(i, j, null, null, false, false).P;
        Near([.. expected], input.Pairs.ParametricP(1, Cancel));
    }

    // By the tests of Statistics alone. With an order and covariates: the fitted scores and the permuted residuals of one side, as Freedman and Lane.
    private static double NaiveP(MapFeature a, MapFeature b, AssociationSettings settings, MapCovariates? covariates, int[]? order)
    {
        if (covariates is not null)
            return NaiveAdjusted(a, b, settings, covariates, order);
        var other = order is null ? b.Values : [.. order.Select(c => b.Values[c])];
        int[] known = [.. Enumerable.Range(0, Cases).Where(c => !double.IsNaN(a.Values[c]) && !double.IsNaN(other[c]))];
        double[] x = [.. known.Select(c => a.Values[c])], y = [.. known.Select(c => other[c])];
        if (known.Length < settings.FewestCases)
            return double.NaN;
        return (Categories(a), Categories(b)) switch
        {
            (2, 2) => Table(x, y, 2, 2) is var t && x.Distinct().Count() == 2 && y.Distinct().Count() == 2 ? FisherExact.Test(t[0, 0], t[0, 1], t[1, 0], t[1, 1]).P : double.NaN,
            ( > 0, > 0) => ContingencyTest.FisherP(Table(x, y, 3, 3)),
            (3, _) => KruskalWallis.Test(y, Array.ConvertAll(x, v => (int)v), 3).PValue,
            (_, 3) => KruskalWallis.Test(x, Array.ConvertAll(y, v => (int)v), 3).PValue,
            _ when PairTester.IsLinear(settings.Measure, a.Scale, b.Scale) => CorrelationTest.Pearson(x, y).PValue,
            (2, _) => MannWhitney.Test(Of(y, x, 1), Of(y, x, 0)).PValue,
            (_, 2) => MannWhitney.Test(Of(x, y, 1), Of(x, y, 0)).PValue,
            _ => CorrelationTest.Spearman(x, y).PValue,
        };
    }

    private static double NaiveAdjusted(MapFeature a, MapFeature b, AssociationSettings settings, MapCovariates covariates, int[]? order)
    {
        if (a.IsNominal && b.IsNominal)
            return double.NaN;
        // The nominal side stays; without one it is the second that is permuted.
        if (b.IsNominal)
            return NaiveAdjusted(b, a, settings, covariates, order is null ? null : [.. Enumerable.Range(0, Cases).OrderBy(c => order[c])]);
        var ranks = !PairTester.IsLinear(settings.Measure, a.Scale, b.Scale);
        var y = (double[])b.Values.Clone();
        if (order is not null)
        {
            int[] own = [.. Enumerable.Range(0, Cases).Where(c => !double.IsNaN(b.Values[c]))];
            double[] left = [.. own.Select(c => b.Values[c])];
            left = ranks ? Ranks.Midranks(left) : left;
            covariates.Of(own, ranks).Residualise(left);
            var all = Enumerable.Repeat(double.NaN, Cases).ToArray();
            for (var i = 0; i < own.Length; i++)
                all[own[i]] = left[i];
            y = [.. order.Select(c => all[c])];
        }
        int[] known = [.. Enumerable.Range(0, Cases).Where(c => !double.IsNaN(a.Values[c]) && !double.IsNaN(y[c]))];
        if (known.Length < settings.FewestCases)
            return double.NaN;
        double[] scoresX = [.. known.Select(c => a.Values[c])], scoresY = [.. known.Select(c => y[c])];
        if (ranks && order is null)
            scoresY = Ranks.Midranks(scoresY);
        var basis = covariates.Of(known, ranks);
        if (!a.IsNominal)
        {
            // What is fitted is in the space of the covariates: any of it may be added.
            var fitted = Array.ConvertAll(known, c => order is null ? 0.0 : 3.5);
            double[] sum = [.. scoresY.Zip(fitted, (s, f) => s + f)];
            return PartialCorrelation.OfResidualsInPlace(ranks ? Ranks.Midranks(scoresX) : scoresX, sum, basis).PValue;
        }
        basis.Residualise(scoresY);
        var design = basis.Copy();
        foreach (var level in scoresX.Distinct().Order().Skip(1))
            design.Add(Array.ConvertAll(scoresX, v => v == level ? 1.0 : 0.0));
        var whole = (double[])scoresY.Clone();
        design.Residualise(whole);
        double before = scoresY.Sum(v => v * v), after = whole.Sum(v => v * v);
        int added = design.Rank - basis.Rank, freedom = known.Length - design.Rank;
        return added == 0 ? double.NaN : FisherF.UpperTail((before - after) / added / (after / freedom), added, freedom);
    }

    private static void Products<T>(int n, int rows) where T : unmanaged, System.Numerics.INumber<T>
    {
        var random = new DeterministicRandom(5);
        var width = ProductKernel<T>.Width;
        T[] Integers(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextInt(101) - 50))];
        var (a, panel, products) = (Integers(rows * n), Integers(n * width), new T[rows * width]);
        ProductKernel<T>.Multiply(a, rows, panel, n, products);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < width; c++)
            {
                var sum = T.Zero;
                for (var k = 0; k < n; k++)
                    sum += a[(r * n) + k] * panel[(k * width) + c];
                Assert.Equal(sum, products[(r * width) + c]);
            }
        }
    }

    private static int Categories(MapFeature feature) => feature.Scale switch { FeatureScale.Binary => 2, FeatureScale.Nominal => 3, _ => 0 };

    private static int[,] Table(double[] x, double[] y, int rows, int columns)
    {
        var counts = new int[rows, columns];
        for (var i = 0; i < x.Length; i++)
            counts[(int)x[i], (int)y[i]]++;
        return counts;
    }

    private static double[] Of(double[] values, double[] binary, double level) => [.. values.Where((_, i) => binary[i] == level)];

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                double.IsNaN(expected[i]) ? double.IsNaN(actual[i]) : Math.Abs(expected[i] - actual[i]) <= 1e-9 * expected[i],
                $"{i}: {actual[i]:R} is not {expected[i]:R}.");
        }
    }
}
