using System.Text.Json;
using RadiogenomicsCloud.Core.Tests.Learning.Classifiers;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>Learners on TCGA-LGG against R: <c>Data/r/make_gliomas.R</c>, whose calls stand beside the values in <c>gliomas.json</c>.</summary>
public class GliomaModelTests
{
    private static readonly RAnswers R = new("gliomas.json");

    private static void Near(double[] expected, IEnumerable<double> found, double tolerance)
    {
        double[] all = [.. found];
        Assert.Equal(expected.Length, all.Length);
        for (var i = 0; i < all.Length; i++)
            Assert.Equal(expected[i], all[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }

    [Theory]
    [InlineData("coxph.breslow", "lgg.os", "breslow")]
    [InlineData("cph", "lgg.os", "efron")]
    [InlineData("lrm", "lgg.idh1", "efron")]
    public void Regression_equals_that_of_survival_and_rms(string name, string data, string ties)
    {
        var fit = ((FittedRegression)Iris.Fit("regression", PenalisedPathTests.Load(data), new { ties })).Inference;
        Near(R.Numbers(name, "estimates"), fit.Estimates, 1e-6);
        Near(R.Numbers(name, "covariance"), fit.Covariance, 1e-6);
    }

    [Theory]
    [InlineData("svm.linear", "linear", 1)]
    [InlineData("svm.rbf", "rbf", 2)]
    public void Decision_values_of_two_classes_equal_those_of_e1071(string name, string kernel, double cost)
    {
        var training = PenalisedPathTests.Load("lgg.idh1");
        var found = ((FittedSvm)Iris.Fit("svm", training, new { kernel, cost, tolerance = 1e-10 })).Decisions(training.Predictors);
        Near(R.Numbers(name), found.Select(d => d[0]), 1e-5);
    }

    [Fact]
    public void Decision_values_of_three_classes_equal_those_of_e1071()
    {
        var training = PenalisedPathTests.Load("lgg.subtype");
        var found = ((FittedSvm)Iris.Fit("svm", training, new { kernel = "rbf", tolerance = 1e-10 })).Decisions(training.Predictors);
        // Positive for the first class of a pair there and for the second here.
        Near(R.Numbers("svm.three"), found.SelectMany(d => d.Select(v => -v)), 1e-5);
    }

    [Fact]
    public void Posteriors_equal_those_of_lda()
    {
        var training = PenalisedPathTests.Load("lgg.subtype");
        Near(R.Numbers("lda"), Iris.Fit("lda", training, new { shrinkage = "never" }).Predict(training.Predictors).All.ToArray(), 1e-9);
    }

    [Fact]
    public void Votes_equal_those_of_class_knn()
    {
        var training = PenalisedPathTests.Load("lgg.idh1");
        int[] odd = [.. Enumerable.Range(0, training.Predictors.RowCount).Where(r => r % 2 == 0)], even = [.. Enumerable.Range(0, training.Predictors.RowCount).Where(r => r % 2 == 1)];
        var found = Iris.Fit("knn", training.SelectRows(odd), new { k = 7, scale = true }).Predict(training.SelectRows(even).Predictors).Scores();
        var (winner, share) = (R.Numbers("knn", "winner"), R.Numbers("knn", "share"));
        Near(share, found.Select((p, r) => winner[r] == 1 ? p : 1 - p), 1e-12);
    }

    /// <summary>Batches are the sites that the barcodes name. A column that is constant in one is left as it is, there as here.</summary>
    [Theory]
    [InlineData("combat", "{}")]
    [InlineData("combat.nonparametric", """{"parametric": false}""")]
    public void Harmonised_columns_equal_those_of_sva(string name, string options)
    {
        var training = PenalisedPathTests.Load("lgg.idh1");
        var rows = RFrame.Lgg().Complete([.. training.Predictors.Columns, "idh1_mutated"]);
        string[] sites = [.. rows.Texts("case_id").Select(id => id!.Substring(5, 2))];
        int[] large = [.. Enumerable.Range(0, sites.Length).Where(r => sites.Count(s => s == sites[r]) >= 5)];
        var table = training.Predictors.SelectRows(large);
        table = new(table.Rows, table.Columns, table.All.ToArray()) { Attributes = new Dictionary<string, IReadOnlyList<string?>> { ["site"] = [.. large.Select(r => sites[r])] } };
        var result = LearningRegistry.Transform(new("combat", JsonDocument.Parse(options).RootElement))
            .Fit(new(table, training.Endpoint.SelectRows(large), 1), TestContext.Current.CancellationToken).Apply(table);
        var columns = Enumerable.Range(0, table.ColumnCount).Select(c => result.Column(c).ToArray()).ToArray();
        Near(R.Numbers(name, "rows"), new[] { 0, 19, large.Length - 1 }.SelectMany(r => columns.Select(c => c[r])), 1e-6);
        Near(R.Numbers(name, "means"), columns.Select(c => c.Average()), 1e-6);
        Near(R.Numbers(name, "variances"), columns.Select(c => Moments.SampleVariance(c)), 1e-6);
    }
}
