using System.Globalization;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

public class LogisticPathTests
{
    private const int Never = 10_000_000;

    // Expected values: Rscript tests/Core.Tests/Data/glmnet/make.R tests/Core.Tests/Data/glmnet (R 4.2.2, glmnet 4.1-6), whose call is
    // glmnet(x, y, family = "binomial", alpha = a, weights = weights, standardize = TRUE, thresh = 1e-14, maxit = 1e7)
    [Theory]
    [InlineData("tall", "0")]
    [InlineData("tall", "0.5")]
    [InlineData("tall", "1")]
    [InlineData("wide", "0.5")]
    [InlineData("wide", "1")]
    [InlineData("separable", "0.5")]
    [InlineData("separable", "1")]
    [InlineData("weighted", "0.5")]
    public void Path_equals_that_of_glmnet(string name, string alpha)
    {
        var data = GlmnetCase.Read(name, alpha);
        var fit = LogisticPath.Fit(
            data.ColumnMajor, data.Outcome, data.Weights, new(data.Alpha, Threshold: 1e-14, MaximumPasses: Never), TestContext.Current.CancellationToken);

        Assert.True(fit.Converged);
        Assert.Equal(data.StepCount, fit.Points.Count);
        foreach (var step in data.Expected.GroupBy(e => e.Step))
        {
            var point = fit.Points[step.Key];
            var expected = step.ToDictionary(e => e.Name, e => e.Value);
            Assert.Equal(1, point.Lambda / expected["lambda"], 1e-10);
            Assert.Equal(expected["dev"], point.DevianceRatio, 1e-9);
            Assert.Equal(expected["intercept"], point.Intercept, 1e-6);
            // glmnet solves its first ridge step at λ = 9.9e35 and leaves coefficients of 1e-36 there.
            var nonZero = expected.Where(e => e.Key[0] == 'x' && Math.Abs(e.Value) > 1e-30).Select(e => int.Parse(e.Key[1..], CultureInfo.InvariantCulture) - 1).Order().ToArray();
            Assert.Equal(nonZero, point.Indexes);
            for (var k = 0; k < point.Indexes.Length; k++)
                Assert.Equal(expected[string.Create(CultureInfo.InvariantCulture, $"x{point.Indexes[k] + 1}")], point.Coefficients[k], 1e-6);
        }
    }

    [Fact]
    public void A_weight_of_k_equals_k_copies()
    {
        var data = GlmnetCase.Read("weighted", "0.5");
        var source = Enumerable.Range(0, data.RowCount).SelectMany(r => Enumerable.Repeat(r, (int)data.Weights[r])).ToArray();
        var columns = data.ColumnMajor.Length / data.RowCount;
        var copies = Enumerable.Range(0, columns).SelectMany(c => source.Select(r => data.ColumnMajor[(c * data.RowCount) + r])).ToArray();
        var outcome = source.Select(r => data.Outcome[r]).ToArray();
        var settings = new PathSettings(0.5, Threshold: 1e-14);

        var weighted = LogisticPath.Fit(data.ColumnMajor, data.Outcome, data.Weights, settings, TestContext.Current.CancellationToken);
        var copied = LogisticPath.Fit(copies, outcome, [], settings, TestContext.Current.CancellationToken);

        Assert.Equal(weighted.Points.Count, copied.Points.Count);
        for (var s = 0; s < weighted.Points.Count; s++)
        {
            Assert.Equal(weighted.Points[s].Intercept, copied.Points[s].Intercept, 1e-8);
            for (var k = 0; k < weighted.Points[s].Coefficients.Length; k++)
                Assert.Equal(weighted.Points[s].Coefficients[k], copied.Points[s].Coefficients[k], 1e-8);
        }
    }

    [Fact]
    public void Given_lambdas_have_the_solutions_of_the_own_path()
    {
        var data = GlmnetCase.Read("wide", "0.5");
        var settings = new PathSettings(0.5, Threshold: 1e-14);
        var own = LogisticPath.Fit(data.ColumnMajor, data.Outcome, [], settings, TestContext.Current.CancellationToken);
        double[] few = [own.Points[20].Lambda, own.Points[60].Lambda];

        var given = LogisticPath.Fit(data.ColumnMajor, data.Outcome, [], few, settings, TestContext.Current.CancellationToken);

        Assert.Equal(own.Points[20].Indexes, given.Points[0].Indexes);
        Assert.Equal(own.Points[60].Indexes, given.Points[1].Indexes);
        for (var k = 0; k < given.Points[1].Coefficients.Length; k++)
            Assert.Equal(own.Points[60].Coefficients[k], given.Points[1].Coefficients[k], 1e-6);
    }

    [Fact]
    public void Without_columns_only_the_prevalence_is_fitted()
    {
        var fit = LogisticPath.Fit([], [true, false, false, false], [], new(), TestContext.Current.CancellationToken);
        Assert.Equal(Math.Log(1.0 / 3), fit.Points[^1].Intercept, 14);
        Assert.Empty(fit.Points[^1].Indexes);
    }

    [Fact]
    public void Constant_columns_have_no_coefficient()
    {
        double[] x = [5, 5, 5, 5, 1, 2, 3, 4];
        var fit = LogisticPath.Fit(x, [false, true, false, true], [], new(), TestContext.Current.CancellationToken);
        Assert.All(fit.Points, p => Assert.DoesNotContain(0, p.Indexes));
        Assert.Equal([1], fit.Points[^1].Indexes);
    }

    [Fact]
    public void Perfect_separation_stops_the_path_and_stays_finite()
    {
        double[] x = [-2, -1, -0.5, 0.5, 1, 2];
        var fit = LogisticPath.Fit(x, [false, false, false, true, true, true], [], new(1), TestContext.Current.CancellationToken);
        Assert.InRange(fit.Points.Count, 5, 99);
        Assert.All(fit.Points, p => Assert.True(double.IsFinite(p.Intercept) && p.Coefficients.All(double.IsFinite)));
        Assert.True(fit.Points[^1].DevianceRatio > 0.999);
    }

    [Fact]
    public void One_class_is_refused() =>
        Assert.Equal("learning.one_class", Assert.Throws<BadInputException>(
            () => LogisticPath.Fit([1, 2], [true, true], [], new(), TestContext.Current.CancellationToken)).Code);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void Values_that_cannot_be_standardised_are_refused(double bad) =>
        Assert.Equal("learning.not_finite", Assert.Throws<BadInputException>(
            () => LogisticPath.Fit([1, bad, 2], [true, false, true], [], new(), TestContext.Current.CancellationToken)).Code);

    [Fact]
    public void A_path_that_uses_up_its_passes_says_so()
    {
        var data = GlmnetCase.Read("tall", "0.5");
        var fit = LogisticPath.Fit(data.ColumnMajor, data.Outcome, [], new(0.5, MaximumPasses: 50), TestContext.Current.CancellationToken);
        Assert.False(fit.Converged);
        Assert.NotEmpty(fit.Points);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(45)]
    public void Padded_kernels_equal_plain_loops(int length)
    {
        var padded = PaddedKernels.PaddedLength(length);
        Assert.Equal(0, padded % 4);
        var a = new double[padded];
        var b = new double[padded];
        var v = new double[padded];
        for (var i = 0; i < length; i++)
            (a[i], b[i], v[i]) = (Math.Sin(i + 1), Math.Cos(3 * i), 1.0 / (i + 1));
        Assert.Equal(Enumerable.Range(0, length).Sum(i => a[i] * b[i]), PaddedKernels.Dot(a, b), 1e-13);
        Assert.Equal(Enumerable.Range(0, length).Sum(i => v[i] * b[i] * b[i]), PaddedKernels.WeightedSquares(v, b), 1e-13);
        Assert.Equal(a.Sum(), PaddedKernels.Sum(a), 1e-13);
        var r = (double[])a.Clone();
        PaddedKernels.SubtractScaledProduct(r, 0.3, v, b);
        PaddedKernels.AddScaled(r, 2, v);
        for (var i = 0; i < length; i++)
            Assert.Equal(a[i] - (0.3 * v[i] * b[i]) + (2 * v[i]), r[i], 1e-14);
    }
}
