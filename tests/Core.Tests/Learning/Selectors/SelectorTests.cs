using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Selectors;

/// <summary>Expected numbers: R 4.2.2, the call or the program quoted beside them; <c>d &lt;- mtcars[, c("mpg", "disp", "hp", "drat", "wt", "qsec")]</c>.</summary>
public class SelectorTests
{
    private static readonly int[] Cylinders = [6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4];
    private static readonly bool[] Manual = [.. new[] { 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1 }.Select(v => v == 1)];

    private static IFittedTransform Fit(string name, Predictors predictors, Endpoint endpoint, string options = "{}") =>
        LearningRegistry.Transform(new(name, JsonDocument.Parse(options).RootElement)).Fit(new(predictors, endpoint, 1), TestContext.Current.CancellationToken);

    private static MulticlassEndpoint Classes(IEnumerable<double> values, double first, double step) =>
        new("y", ["a", "b", "c"], [.. values.Select(v => (int)((v - first) / step))]);

    private static readonly MulticlassEndpoint Gears = Classes(MotorCars.Gears, 3, 1);
    private static readonly MulticlassEndpoint ByCylinders = Classes(Cylinders.Select(c => (double)c), 4, 2);

    // p <- sapply(d, function(x) kruskal.test(x, mtcars$gear)$p.value) is 0.000775755 0.000251326 0.000673357 2.24165e-05 0.000280033 0.00174628;
    // p.adjust(p, "holm"): 0.002020070 0.001256630 0.002020070 1.34499e-04 0.001256630 0.00202007
    // p.adjust(p, "BY"): 0.002280719 0.001372162 0.002280719 3.29522e-04 0.001372162 0.00427838; "bonferroni": 0.004654528 … 0.01047767
    // p.adjust(p, "BH"): 0.000930906 0.000560066 0.000930906 1.34499e-04 0.000560066 0.00174628
    [Theory]
    [InlineData("""{"adjust": "holm", "alpha": 0.00202}""", "disp drat wt")]
    [InlineData("""{"adjust": "holm", "alpha": 0.00203}""", "mpg disp hp drat wt qsec")]
    [InlineData("""{"adjust": "BY", "fdr": 0.0022}""", "disp drat wt")]
    [InlineData("""{"adjust": "BY", "fdr": 0.0023}""", "mpg disp hp drat wt")]
    [InlineData("""{"adjust": "bonferroni", "alpha": 0.00465}""", "disp hp drat wt")]
    [InlineData("""{"adjust": "none", "alpha": 0.0007}""", "disp hp drat wt")]
    [InlineData("""{"fdr": 0.00094}""", "mpg disp hp drat wt")]
    [InlineData("""{"count": 2}""", "disp drat")]
    [InlineData("""{"alpha": 0.000001, "keep_at_least": 1}""", "drat")]
    public void The_univariate_filter_adjusts_and_counts_as_asked(string options, string expected) =>
        Assert.Equal(expected.Split(' '), Fit("univariate", MotorCars.Six, Gears, options).Columns);

    [Fact]
    public void The_univariate_filter_has_a_test_for_every_endpoint_and_refuses_those_of_others()
    {
        foreach (var kind in Enum.GetValues<EndpointKind>())
        {
            var training = TestTables.Simulated(120, 30, 0.05, 3, kind);
            var kept = Fit("univariate", training.Predictors, training.Endpoint, """{"fdr": 0.05}""").Columns;
            Assert.Superset(new HashSet<string> { "x1", "x2", "x3" }, kept.ToHashSet());
            Assert.InRange(kept.Count, 3, 6);
            foreach (var test in EndpointTest.Names)
            {
                var options = $$"""{"test": "{{test}}", "count": 3}""";
                if (Record.Exception(() => Fit("univariate", training.Predictors, training.Endpoint, options)) is not { } error)
                    Assert.Equal(["x1", "x2", "x3"], Fit("univariate", training.Predictors, training.Endpoint, options).Columns);
                else
                    Assert.Equal("learning.test", Assert.IsType<BadInputException>(error).Code);
            }
        }
    }

    [Theory]
    [InlineData(EndpointKind.Multiclass)]
    [InlineData(EndpointKind.Continuous)]
    [InlineData(EndpointKind.Survival)]
    public void The_correlation_filter_keeps_the_stronger_whatever_the_endpoint(EndpointKind kind)
    {
        // The third column is the first with noise: they correlate at 0.99, and the noise makes it the weaker.
        var training = TestTables.Simulated(200, 6, 0, 5, kind);
        Assert.DoesNotContain("x3", Fit("correlation", training.Predictors, training.Endpoint).Columns);
        var reversed = training.Predictors.SelectColumns([5, 4, 3, 2, 1, 0]);
        Assert.Contains("x3", Fit("correlation", reversed, training.Endpoint, """{"keep": "first"}""").Columns);
        Assert.Contains("x1", Fit("correlation", reversed, training.Endpoint).Columns);
    }

    private static readonly Predictors Seven = MotorCars.Table(
        ["disp", "hp", "drat", "wt", "qsec", "gear", "carb"], MotorCars.Displacement, MotorCars.Power, MotorCars.AxleRatio, MotorCars.Weight, MotorCars.QuarterMile,
        MotorCars.Gears, MotorCars.Carburettors);

    // x <- mtcars[, c("disp","hp","drat","wt","qsec","gear","carb")]
    // mrmr <- function(rel, red, n, score) { s <- which.max(rel); while (length(s) < n) { r <- setdiff(seq_along(rel), s)
    //   v <- score(rel[r], rowMeans(red[r, s, drop=FALSE])); s <- c(s, r[which.max(v)]) }; s }
    // mid <- function(a, b) a - b; miq <- function(a, b) a / (b + 0.01)
    // correlation: red <- -log(1 - cor(x, method="spearman")^2)/2; rel of mtcars$mpg alike, of mtcars$cyl -log(1 - kruskal.test(v, mtcars$cyl)$statistic/31)/2
    // discrete: cut3 <- function(v) ifelse(v < mean(v)-sd(v), 0, ifelse(v > mean(v)+sd(v), 2, 1))
    //   mi <- function(a, b) { t <- table(a, b)/length(a); e <- outer(rowSums(t), colSums(t)); sum((t*log(t/e))[t>0]) }
    [Theory]
    [InlineData(true, "correlation", "mid", "disp hp wt carb drat qsec gear")]
    [InlineData(true, "correlation", "miq", "disp carb drat hp wt gear qsec")]
    [InlineData(true, "discrete", "mid", "disp drat wt hp carb gear qsec")]
    [InlineData(true, "discrete", "miq", "disp drat hp wt carb qsec gear")]
    [InlineData(false, "correlation", "mid", "disp hp drat wt qsec carb gear")]
    [InlineData(false, "correlation", "miq", "disp qsec drat hp wt carb gear")]
    [InlineData(false, "discrete", "mid", "disp qsec hp wt carb drat gear")]
    [InlineData(false, "discrete", "miq", "disp qsec drat hp carb wt gear")]
    public void Mrmr_takes_columns_in_the_order_of_relevance_beside_redundancy(bool number, string information, string scheme, string order)
    {
        Endpoint endpoint = number ? new ContinuousEndpoint("mpg", MotorCars.Mpg) : ByCylinders;
        var names = order.Split(' ');
        for (var n = 1; n <= names.Length; n++)
        {
            var options = FormattableString.Invariant($$"""{"count": {{n}}, "scheme": "{{scheme}}", "information": "{{information}}"}""");
            Assert.Equal(names.Take(n).Order(StringComparer.Ordinal), Fit("mrmr", Seven, endpoint, options).Columns.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Mrmr_of_survival_passes_over_a_copy_of_what_it_has()
    {
        var training = TestTables.Simulated(150, 8, 0.02, 7, EndpointKind.Survival);
        var kept = Fit("mrmr", training.Predictors, training.Endpoint, """{"count": 2}""").Columns;
        Assert.Contains("x2", kept);
        Assert.Single(kept, c => c is "x1" or "x3");
        Assert.Equal("learning.endpoint", Assert.Throws<BadInputException>(() => Fit("mrmr", training.Predictors, training.Endpoint, """{"information": "discrete"}""")).Code);
    }

    private static ReliefF Relief(int k) => new(OptionValues.Read(ReliefF.Entry, JsonDocument.Parse(FormattableString.Invariant($$"""{"k": {{k}}}""")).RootElement));

    // s <- sapply(d, function(v) (v-min(v))/diff(range(v))); D <- as.matrix(dist(s, "manhattan"))
    // relieff <- function(y, k) { w <- 0; n <- length(y); P <- table(y)/n; for (i in 1:n) for (g in names(P)) {
    //   j <- setdiff(which(y==g), i); j <- j[order(D[i,j], j)][1:min(k,length(j))]; f <- if (g==y[i]) -1 else P[g]/(1-P[as.character(y[i])])
    //   w <- w + as.numeric(f)*colMeans(abs(sweep(s[j,,drop=FALSE],2,s[i,])))/n }; w }
    // relieff(mtcars$cyl, 3); relieff(mtcars$am, 10)
    // rrelieff <- function(y, k) { u <- (y-min(y))/diff(range(y)); C <- 0; A <- 0; B <- 0; n <- length(y); for (i in 1:n) { j <- setdiff(1:n,i)
    //   j <- j[order(D[i,j],j)][1:k]; a <- abs(sweep(s[j,],2,s[i,])); u1 <- abs(u[j]-u[i]); C <- C+mean(u1); A <- A+colMeans(a); B <- B+colMeans(a*u1) }
    //   B/C-(A-B)/(n-C) }
    // rrelieff(mtcars$carb, 5)
    [Fact]
    public void ReliefF_weighs_columns_as_its_definition()
    {
        void Equal(double[] expected, Endpoint endpoint, int k) =>
            Assert.All(Relief(k).Weights(new(MotorCars.Six, endpoint, 1), TestContext.Current.CancellationToken).Zip(expected), v => Assert.Equal(v.Second, v.First, 1e-12));
        Equal([0.18297222222222, 0.32324428023059, 0.20712333137024, 0.1568886542072, 0.14897179844124, 0.12476813271605], ByCylinders, 3);
        Equal([0.083922872340426, 0.14304377650287, 0.048928886925795, 0.15882776497696, 0.15584089746868, 0.041897321428572], TestTables.Outcome(Manual), 10);
        Equal(
            [-0.010142255098866, 0.023017284798937, 0.088666877910343, 0.023045981920586, 0.0032414853916225, 0.041725609707611],
            new ContinuousEndpoint("carb", MotorCars.Carburettors), 5);
    }

    [Fact]
    public void ReliefF_sees_columns_that_matter_only_together()
    {
        var random = new DeterministicRandom(2);
        double[][] columns = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 200).Select(_ => random.NextGaussian()).ToArray())];
        bool[] outcome = [.. columns[2].Zip(columns[5], (a, b) => a > 0 != b > 0)];
        Assert.Equal(["x3", "x6"], Fit("relieff", TestTables.Of(columns), TestTables.Outcome(outcome), """{"count": 2}""").Columns);
        Assert.DoesNotContain("x3", Fit("univariate", TestTables.Of(columns), TestTables.Outcome(outcome), """{"fdr": 0.05}""").Columns);
    }

    [Fact]
    public void Copies_of_a_case_are_no_neighbours_of_each_other()
    {
        // Twice the same table: were copies neighbours, the nearest hit would always be the row itself and no column would lose anything.
        var training = TestTables.Simulated(40, 6, 0, 4);
        var twice = training.SelectRows([.. Enumerable.Range(0, 40), .. Enumerable.Range(0, 40)]);
        var once = Relief(5).Weights(training, TestContext.Current.CancellationToken);
        var doubled = Relief(10).Weights(twice, TestContext.Current.CancellationToken);
        Assert.All(once.Zip(doubled), v => Assert.Equal(v.First, v.Second, 1e-12));
    }

    [Fact]
    public void Lasso_selection_is_what_the_lasso_gives_a_weight()
    {
        var training = TestTables.Simulated(100, 20, 0, 9);
        var model = LearningRegistry.Model(new("elastic_net", JsonDocument.Parse("""{"alpha": 1}""").RootElement)).Fit(training, TestContext.Current.CancellationToken);
        var selected = LearningRegistry.Transform(new("lasso_selection", default)).Fit(training, TestContext.Current.CancellationToken).Columns;
        Assert.Contains("x2", selected);
        Assert.Equal(model.Selected, selected);
    }

    [Fact]
    public void Stability_selection_keeps_what_most_halves_choose_and_reports_its_bound()
    {
        var training = TestTables.Simulated(120, 40, 0, 11);
        var fitted = (FittedStabilitySelection)Fit("stability_selection", training.Predictors, training.Endpoint, """{"splits": 10, "q": 4, "threshold": 0.7}""");
        Assert.Contains("x2", fitted.Columns);
        Assert.All(fitted.Frequencies, f => Assert.InRange(f, 0.7, 1));
        // q² / ((2π − 1) p)
        Assert.Equal(16 / (0.4 * 40), fitted.PerFamilyErrorBound, 12);
        Assert.InRange(((FittedStabilitySelection)Fit("stability_selection", training.Predictors, training.Endpoint, """{"splits": 1}""")).PerFamilyErrorBound, 0, 1);
    }

    /// <summary>Where only one column counts in a half it is the strongest, not the first of the table.</summary>
    [Fact]
    public void Stability_selection_of_several_classes_goes_by_the_greatest_weights()
    {
        var training = TestTables.Simulated(150, 12, 0, 5, EndpointKind.Multiclass);
        var backwards = training.Predictors.SelectColumns([.. Enumerable.Range(0, 12).Reverse().Where(c => c != 2)]);
        var fitted = (FittedStabilitySelection)Fit("stability_selection", backwards, training.Endpoint, """{"splits": 10, "q": 2, "threshold": 0.6}""");
        Assert.Equal(["x1", "x2"], fitted.Columns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Stability_selection_keeps_hardly_anything_of_noise()
    {
        var random = new DeterministicRandom(21);
        var kept = 0;
        for (var i = 0; i < 10; i++)
        {
            double[][] columns = [.. Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, 60).Select(_ => random.NextGaussian()).ToArray())];
            bool[] outcome = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble() < 0.5)];
            kept += Fit("stability_selection", TestTables.Of(columns), TestTables.Outcome(outcome), """{"splits": 10}""").Columns.Count;
        }
        // The bound is 1 a table.
        Assert.InRange(kept, 0, 10);
    }
}
