using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Classifiers;

public class LinearDiscriminantTests
{
    /// <summary><c>predict(lda(x, species), x)$posterior</c></summary>
    [Fact]
    public void Posteriors_of_three_classes_equal_those_of_MASS()
    {
        var training = Iris.Three();
        var expected = Iris.Read("iris.three.csv");
        var found = Iris.Fit("lda", training).Predict(training.Predictors);
        for (var r = 0; r < found.RowCount; r++)
        {
            for (var k = 0; k < 3; k++)
                Assert.Equal(expected[$"lda_{k}"][r], found.Row(r)[k], 1e-10);
        }
    }

    /// <summary><c>predict(lda(x[two, ], as.integer(species[two] == "virginica")), x[two, ])$posterior[, 2]</c></summary>
    [Fact]
    public void Posteriors_of_two_classes_equal_those_of_MASS_and_are_the_sum_of_the_coefficients()
    {
        var training = Iris.TwoClasses();
        var expected = Iris.Read("iris.two.csv")["lda"];
        var fitted = (FittedBinaryDiscriminant)Iris.Fit("lda", training);
        var found = fitted.Predict(training.Predictors).Scores();
        for (var r = 0; r < expected.Length; r++)
        {
            Assert.Equal(expected[r], found[r], 1e-10);
            var sum = fitted.Intercept + fitted.Coefficients.Select((c, k) => c.Value * training.Predictors.Column(k)[r]).Sum();
            Assert.Equal(expected[r], LogisticRecalibration.Expit(sum), 1e-10);
        }
        Assert.Equal(0, fitted.Intensity);
    }

    [Fact]
    public void A_weight_is_so_many_rows()
    {
        var training = Iris.TwoClasses();
        int[] copies = [.. Enumerable.Range(0, 100).SelectMany(r => r % 3 == 0 ? new[] { r, r, r } : [r])];
        double[] weights = [.. Enumerable.Range(0, 100).Select(r => (r % 3 == 0 ? 3 : 1) * 100.0 / copies.Length)];
        var weighted = (FittedBinaryDiscriminant)Iris.Fit("lda", training with { Weights = weights });
        var copied = (FittedBinaryDiscriminant)Iris.Fit("lda", training.SelectRows(copies));
        // Weights have mean 1, so that the covariance is over 100 − 2 rather than 168 − 2.
        var ratio = 98.0 / 100 * copies.Length / (copies.Length - 2);
        for (var c = 0; c < 4; c++)
            Assert.Equal(copied.Coefficients[c].Value * ratio, weighted.Coefficients[c].Value, 1e-9);
    }

    [Fact]
    public void More_columns_than_rows_are_shrunk_by_default_and_refused_where_that_is_never_wanted()
    {
        var training = TestTables.Simulated(40, 200, 0);
        var fitted = (FittedDiscriminant)Iris.Fit("lda", training);
        Assert.InRange(fitted.Intensity, 0.05, 1);
        var other = TestTables.Simulated(500, 200, 0, 2);
        Assert.InRange(Auc.Compute(fitted.Predict(other.Predictors).Scores(), ((BinaryEndpoint)other.Endpoint).Values), 0.6, 0.9);
        var error = Assert.Throws<BadInputException>(() => Iris.Fit("lda", training, new { shrinkage = "never" }));
        Assert.Equal("learning.singular", error.Code);
    }

    [Fact]
    public void The_inverse_by_rows_equals_the_inverse_by_columns()
    {
        var random = new DeterministicRandom(5);
        double[] values = [.. Enumerable.Range(0, 7 * 9).Select(_ => random.NextGaussian())];
        var wide = RowMatrix.Of(7, 9, values);
        // Two rows of zeros and a matching factor make the same matrix of more rows than columns.
        var tall = RowMatrix.Of(10, 9, [.. values, .. new double[27]]);
        var cancel = TestContext.Current.CancellationToken;
        double[] v = [.. Enumerable.Range(0, 9).Select(_ => random.NextGaussian())];
        var byRows = new PooledCovariance(wide, 5).Inverse(0.3, cancel)!([.. v]);
        var byColumns = new PooledCovariance(tall, 5).Inverse(0.3, cancel)!([.. v]);
        for (var c = 0; c < 9; c++)
            Assert.Equal(byColumns[c], byRows[c], 1e-12);
    }

    /// <summary>The definition, written out: Σₖ ‖zₖ zₖᵀ − S‖² / n² over ‖S − μ I‖².</summary>
    [Theory]
    [InlineData(12, 5)]
    [InlineData(6, 9)]
    public void The_intensity_is_that_of_Ledoit_and_Wolf(int n, int p)
    {
        var random = new DeterministicRandom(8);
        var z = Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, p).Select(c => (1 + (0.3 * c)) * random.NextGaussian()).ToArray()).ToArray();
        double S(int a, int b) => z.Average(row => row[a] * row[b]);
        var mean = Enumerable.Range(0, p).Average(c => S(c, c));
        double distance = 0, error = 0;
        for (var a = 0; a < p; a++)
        {
            for (var b = 0; b < p; b++)
            {
                distance += Math.Pow(S(a, b) - (a == b ? mean : 0), 2);
                error += z.Sum(row => Math.Pow((row[a] * row[b]) - S(a, b), 2)) / n / n;
            }
        }
        var found = new PooledCovariance(RowMatrix.Of(n, p, [.. z.SelectMany(row => row)]), n - 2).LedoitWolf();
        Assert.Equal(Math.Min(1, error / distance), found, 1e-10);
    }

    [Fact]
    public void A_column_constant_within_the_classes_is_named_where_nothing_is_shrunk()
    {
        var training = TestTables.Training(TestTables.Of([1, 2, 3, 4, 5, 7], [1, 1, 1, 0, 0, 0]), [true, true, true, false, false, false]);
        var error = Assert.Throws<BadInputException>(() => Iris.Fit("lda", training, new { shrinkage = "never" }));
        Assert.Equal(("learning.constant_within_classes", "x2"), (error.Code, error.Where));
        Assert.All(Iris.Fit("lda", training).Predict(training.Predictors).Scores(), p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void Without_a_column_the_prevalence_is_predicted()
    {
        var training = TestTables.Training(TestTables.Of([1, 1, 1, 1]), [true, false, false, false]);
        Assert.All(Iris.Fit("lda", training).Predict(training.Predictors).Scores(), p => Assert.Equal(0.25, p, 1e-12));
    }

    [Theory]
    [InlineData("\"present\":[0,1", "\"present\":[1,0")]
    [InlineData("\"shrinkage\":0", "\"shrinkage\":2")]
    [InlineData("\"constants\":[", "\"constants\":[1,")]
    public void A_damaged_file_is_refused(string part, string damage)
    {
        var text = Iris.Fit("lda", Iris.Three()).ToJson().GetRawText();
        Assert.Contains(part, text, StringComparison.Ordinal);
        var json = JsonDocument.Parse(text.Replace(part, damage, StringComparison.Ordinal)).RootElement;
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => LearningRegistry.ReadModel(json)).Code);
    }
}
