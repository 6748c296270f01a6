using System.Globalization;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Association;

/// <summary>Each measure of the map against the R call of it.</summary>
public sealed class MapMeasuresTests
{
    private static readonly AssociationSettings Plain = new() { Permutations = 0, Resamples = 0 };

    [Fact]
    public void Numeric_pairs_have_Spearmans_p_of_R()
    {
        var exact = Edge((RCalls.X, FeatureScale.Numeric), (RCalls.Y, FeatureScale.Ordinal));
        Assert.Equal(("spearman", 12), (exact.Measure, exact.Cases));
        RCalls.Agree("cor.test(x, y, method = \"spearman\", exact = NULL)$p.value", exact.P);
        RCalls.Agree("cor.test(x, y, method = \"spearman\", exact = TRUE)$estimate", exact.Effect);
        RCalls.Agree("fisherz(cor(x, y, method = \"spearman\"), (1 + cor(x, y, method = \"spearman\")^2 / 2) / 9)[1]", exact.Low);
        RCalls.Agree("fisherz(cor(x, y, method = \"spearman\"), (1 + cor(x, y, method = \"spearman\")^2 / 2) / 9)[2]", exact.High);
        var tied = Edge((RCalls.Xt, FeatureScale.Numeric), (RCalls.Yt, FeatureScale.Numeric));
        RCalls.Agree("cor.test(xt, yt, method = \"spearman\", exact = FALSE)$p.value", tied.P);
        RCalls.Agree("cor.test(xt, yt, method = \"spearman\", exact = FALSE)$estimate", tied.Effect);
        double[] n44 = [.. Enumerable.Range(1, 44).Select(i => (i * 17 % 45) + (0.3 * Math.Sin(i)))];
        double[] m44 = [.. Enumerable.Range(1, 44).Select(i => (0.8 * n44[i - 1]) + (15 * Math.Cos(i * 1.7)))];
        var many = Edge((n44, FeatureScale.Numeric), (m44, FeatureScale.Numeric));
        RCalls.Agree("cor.test(n44, m44, method = \"spearman\", exact = TRUE)$p.value", many.P, 1e-8);
        RCalls.Agree("cor.test(n44, m44, method = \"spearman\", exact = TRUE)$estimate", many.Effect);
    }

    [Fact]
    public void Under_the_rule_of_Pearson_numeric_pairs_are_linear()
    {
        var pearson = Plain with { Measure = MeasureRule.Pearson };
        var numeric = Edge((RCalls.X, FeatureScale.Numeric), (RCalls.Y, FeatureScale.Numeric), pearson);
        Assert.Equal("pearson", numeric.Measure);
        RCalls.Agree("cor.test(x, y, method = \"pearson\", exact = NULL)$p.value", numeric.P);
        RCalls.Agree("cor.test(x, y, method = \"pearson\", exact = NULL)$estimate", numeric.Effect);
        RCalls.Agree("cor.test(x, y, method = \"pearson\", exact = NULL)$conf.int[1]", numeric.Low);
        var binary = Edge((RCalls.X, FeatureScale.Numeric), (RCalls.B, FeatureScale.Binary), pearson);
        Assert.Equal("point_biserial", binary.Measure);
        RCalls.Agree("cor.test(x, b, method = \"pearson\", exact = NULL)$p.value", binary.P);
        RCalls.Agree("cor.test(x, b, method = \"pearson\", exact = NULL)$estimate", binary.Effect);
        Assert.Equal("spearman", Edge((RCalls.X, FeatureScale.Numeric), (RCalls.Y, FeatureScale.Ordinal), pearson).Measure);
    }

    [Fact]
    public void Binary_and_nominal_features_go_by_the_tests_of_their_groups()
    {
        var untied = Edge((RCalls.B, FeatureScale.Binary), (RCalls.X, FeatureScale.Numeric));
        Assert.Equal("rank_biserial", untied.Measure);
        RCalls.Agree("wilcox.test(x[b == 1], x[b == 0])$p.value", untied.P);
        RCalls.Agree("2 * wilcox.test(x[b == 1], x[b == 0])$statistic / 36 - 1", untied.Effect);
        var tied = Edge((RCalls.Xt, FeatureScale.Ordinal), (RCalls.B, FeatureScale.Binary));
        RCalls.Agree("wilcox.test(xt[b == 1], xt[b == 0])$p.value", tied.P);
        RCalls.Agree("2 * wilcox.test(xt[b == 1], xt[b == 0])$statistic / 36 - 1", tied.Effect);
        var nominal = Edge((RCalls.G, FeatureScale.Nominal), (RCalls.Xt, FeatureScale.Numeric));
        Assert.Equal("epsilon_squared", nominal.Measure);
        RCalls.Agree("kruskal.test(xt, g)$p.value", nominal.P);
        RCalls.Agree("kruskal.test(xt, g)$statistic / 11", nominal.Effect);
    }

    [Fact]
    public void Categorical_pairs_have_Fishers_p()
    {
        var binary = Edge((RCalls.W, FeatureScale.Binary), (RCalls.B, FeatureScale.Binary));
        Assert.Equal("log_odds_ratio", binary.Measure);
        RCalls.Agree("fisher.test(table(w, b))$p.value", binary.P);
        RCalls.Agree("mle(table(w, b))", Math.Exp(binary.Effect));
        RCalls.Agree("lower(table(w, b))", Math.Exp(binary.Low));
        RCalls.Agree("upper(table(w, b))", Math.Exp(binary.High));
        var nominal = Edge((RCalls.G, FeatureScale.Nominal), (RCalls.W, FeatureScale.Binary));
        Assert.Equal("cramers_v", nominal.Measure);
        RCalls.Agree("fisher.test(table(g, w))$p.value", nominal.P);
        RCalls.Agree("sqrt(chisq.test(table(g, w))$statistic / 12)", nominal.Effect);
    }

    [Fact]
    public void An_infinite_odds_ratio_gives_way_to_half_counts_and_an_open_end()
    {
        double[] a = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], b = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];
        var edge = Edge((a, FeatureScale.Binary), (b, FeatureScale.Binary));
        Assert.Equal(Math.Log(6.5 * 4.5 / (0.5 * 2.5)), edge.Effect, 1e-12);
        Assert.True(double.IsFinite(edge.Low) && double.IsNaN(edge.High));
    }

    [Fact]
    public void With_covariates_pairs_are_partial()
    {
        FeatureBlock z = Block((RCalls.Z, FeatureScale.Numeric)), zw = Block((RCalls.Z, FeatureScale.Numeric), (RCalls.W, FeatureScale.Binary));
        var one = Edge((RCalls.Xt, FeatureScale.Numeric), (RCalls.Yt, FeatureScale.Numeric), covariates: z);
        Assert.Equal("partial_spearman", one.Measure);
        RCalls.Agree("pcor(xt, yt, z, rank)[1]", one.Effect);
        RCalls.Agree("pcor(xt, yt, z, rank)[3]", one.P);
        RCalls.Agree("pcor(xt, yt, cbind(z, w), rank)[3]", Edge((RCalls.Xt, FeatureScale.Numeric), (RCalls.Yt, FeatureScale.Numeric), covariates: zw).P);
        var binary = Edge((RCalls.Xt, FeatureScale.Numeric), (RCalls.B, FeatureScale.Binary), covariates: z);
        RCalls.Agree("pcor(xt, b, z, rank)[1]", binary.Effect);
        RCalls.Agree("pcor(xt, b, z, rank)[3]", binary.P);
        var nominal = Edge((RCalls.G, FeatureScale.Nominal), (RCalls.Xt, FeatureScale.Numeric), covariates: z);
        Assert.Equal("partial_eta_squared", nominal.Measure);
        RCalls.Agree("nested(rank(xt), g, rank(z))[2]", nominal.P);
        RCalls.Agree("nested(rank(xt), g, rank(z))[3]", nominal.Effect);
        var linear = Edge((RCalls.X, FeatureScale.Numeric), (RCalls.Y, FeatureScale.Numeric), Plain with { Measure = MeasureRule.Pearson },
            Block((RCalls.Z, FeatureScale.Numeric), (RCalls.G, FeatureScale.Nominal)));
        Assert.Equal("partial_pearson", linear.Measure);
        RCalls.Agree("pcor(x, y, cbind(z, g == 1, g == 2), identity)[3]", linear.P);
    }

    [Fact]
    public void Missing_values_leave_out_their_cases_pair_by_pair()
    {
        double[] x = [.. RCalls.Xt, double.NaN, 4, 99], y = [.. RCalls.Yt, 3, double.NaN, double.NaN];
        var edge = Edge((x, FeatureScale.Numeric), (y, FeatureScale.Numeric));
        Assert.Equal(12, edge.Cases);
        RCalls.Agree("cor.test(xt, yt, method = \"spearman\", exact = FALSE)$p.value", edge.P);
    }

    [Fact]
    public void The_rates_of_false_discoveries_are_those_of_p_adjust()
    {
        double[] p = [0.01, 0.02, double.NaN, 0.02, 0.9, 0.0004, 0.3, 0.04];
        var sorted = SortedP.Of(p, 2, TestContext.Current.CancellationToken);
        Assert.Equal(7, sorted.Count);
        var at = 1;
        foreach (var value in p.Where(v => !double.IsNaN(v)))
            RCalls.Agree(string.Create(CultureInfo.InvariantCulture, $"p.adjust(c(0.01, 0.02, 0.02, 0.9, 0.0004, 0.3, 0.04), \"BH\")[{at++}]"), sorted.Q(value));
        Assert.Equal(4, sorted.Called(0.05));
        Assert.Equal(5, sorted.AtMost(0.04));
    }

    [Fact]
    public void Pairs_of_nsclc_have_the_p_of_R()
    {
        var (imaging, molecular) = LungMap.Read(ReferenceData.Require("nsclc/radiomics.csv"), ReferenceData.Require("nsclc/expression.csv"));
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "association", "nsclc.txt")).Select(l => l.Split('\t')).ToArray();
        var (a, b) = (Pick(imaging, lines.Select(l => l[0])), Pick(molecular, lines.Select(l => l[1])));
        var document = AssociationMap.Make(a, b, null, null, Plain with { FewestCases = 10 }, 2, TestContext.Current.CancellationToken);
        var edges = document.Edges.ToDictionary(e => (document.Imaging[e.Imaging].Name, document.Molecular[e.Molecular].Name));
        var compared = 0;
        foreach (var line in lines)
        {
            if (!edges.TryGetValue((line[0], line[1]), out var edge))
                continue;
            Assert.Equal(double.Parse(line[2], CultureInfo.InvariantCulture), edge.Effect, 1e-12);
            var p = double.Parse(line[3], CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(edge.P - p) <= 1e-9 * p, $"{line[0]} {line[1]}: {edge.P:R} is not {p:R}.");
            compared++;
        }
        Assert.True(compared >= 35);
    }

    [Fact]
    public void The_whole_map_of_nsclc_has_the_p_and_q_of_R()
    {
        var (imaging, molecular) = LungMap.Read(ReferenceData.Require("nsclc/radiomics.csv"), ReferenceData.Require("nsclc/expression.csv"));
        var cancel = TestContext.Current.CancellationToken;
        var statistics = MapStatistics.Of(MapInput.Of(imaging, molecular, null, Plain, cancel).Pairs, 2, cancel);
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "association", "nsclc_map.txt")).Select(l => l.Split('\t')).ToArray();
        Assert.Equal(["tests", $"{statistics.Sorted.Count}", $"{statistics.Calls.BenjaminiHochberg}"], lines[0]);
        foreach (var line in lines[1..])
        {
            var (rank, p, q) = (long.Parse(line[0], NumberStyles.Float, CultureInfo.InvariantCulture), Number(line[1]), Number(line[2]));
            var own = statistics.Sorted.AtRank(rank);
            Assert.True(Math.Abs(own - p) <= 1e-9 * p, $"p of rank {rank}: {own:R} is not {p:R}.");
            Assert.True(Math.Abs(statistics.Sorted.Q(own) - q) <= 1e-9 * q, $"q of rank {rank}: {statistics.Sorted.Q(own):R} is not {q:R}.");
        }
        Assert.Equal(12, lines.Length);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static FeatureBlock Pick(FeatureBlock block, IEnumerable<string> names)
    {
        int[] picked = [.. names.Distinct().Select(n => block.Columns.Select(c => c.Name).ToList().IndexOf(n))];
        return new(block.Cases, [.. picked.Select(c => block.Columns[c])], [.. picked.SelectMany(c => block.Column(c).ToArray())]);
    }

    internal static FeatureBlock Block(params (double[] Values, FeatureScale Scale)[] features) => new(
        features[0].Values.Length, [.. features.Select((f, i) => new FeatureColumn($"f{i}", "s", f.Scale))], [.. features.SelectMany(f => f.Values)]);

    private static AssociationEdge Edge(
        (double[] Values, FeatureScale Scale) a, (double[] Values, FeatureScale Scale) b, AssociationSettings? settings = null, FeatureBlock? covariates = null) =>
        Assert.Single(AssociationMap.Make(Block(a), Block(b), covariates, null, settings ?? Plain, 1, TestContext.Current.CancellationToken).Edges);
}
