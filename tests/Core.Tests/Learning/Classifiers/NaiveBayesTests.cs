using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Classifiers;

public class NaiveBayesTests
{
    /// <summary><c>predict(naiveBayes(x, species), x, type = "raw")</c></summary>
    [Fact]
    public void Posteriors_of_three_classes_equal_those_of_e1071()
    {
        var training = Iris.Three();
        var expected = Iris.Read("iris.three.csv");
        var found = Iris.Fit("naive_bayes", training).Predict(training.Predictors);
        for (var r = 0; r < found.RowCount; r++)
        {
            for (var k = 0; k < 3; k++)
                Assert.Equal(expected[$"naive_bayes_{k}"][r], found.Row(r)[k], 1e-10);
        }
    }

    /// <summary><c>predict(naiveBayes(x[two, ], factor(species[two] == "virginica")), x[two, ], type = "raw")[, 2]</c></summary>
    [Fact]
    public void Posteriors_of_two_classes_equal_those_of_e1071()
    {
        var training = Iris.TwoClasses();
        var expected = Iris.Read("iris.two.csv")["naive_bayes"];
        var found = Iris.Fit("naive_bayes", training).Predict(training.Predictors).Scores();
        for (var r = 0; r < expected.Length; r++)
            Assert.Equal(expected[r], found[r], 1e-10);
    }

    [Fact]
    public void A_missing_value_of_a_case_is_as_if_the_column_were_not_there()
    {
        var training = Iris.TwoClasses();
        var without = Iris.Fit("naive_bayes", training with { Predictors = training.Predictors.SelectColumns([0, 1, 3]) });
        var values = training.Predictors.All.ToArray();
        values.AsSpan(200, 100).Fill(double.NaN);
        var found = Iris.Fit("naive_bayes", training).Predict(training.Predictors.With(training.Predictors.Columns, values)).Scores();
        var expected = without.Predict(training.Predictors).Scores();
        for (var r = 0; r < expected.Length; r++)
            Assert.Equal(expected[r], found[r], 1e-12);
    }

    [Fact]
    public void A_class_without_spread_has_the_threshold()
    {
        var training = TestTables.Training(TestTables.Of([1, 1, 2, 4]), [true, true, false, false]);
        var found = Iris.Fit("naive_bayes", training, new { threshold = 0.5 }).Predict(TestTables.Of([1.5])).Scores()[0];
        static double Density(double x, double mean, double sd) => Math.Exp(-0.5 * Math.Pow((x - mean) / sd, 2)) / sd;
        var (yes, no) = (Density(1.5, 1, 0.5), Density(1.5, 3, Math.Sqrt(2)));
        Assert.Equal(yes / (yes + no), found, 1e-12);
    }

    [Fact]
    public void A_class_of_one_row_has_the_spread_of_all_rows()
    {
        var training = TestTables.Training(TestTables.Of([1, 2, 4, 6]), [true, false, false, false]);
        var p = Iris.Fit("naive_bayes", training).Predict(TestTables.Of([1, 6])).Scores();
        Assert.True(p[0] > p[1]);
    }

    [Fact]
    public void A_weight_is_so_many_rows()
    {
        var training = Iris.TwoClasses();
        int[] copies = [.. Enumerable.Range(0, 100).SelectMany(r => r % 2 == 0 ? new[] { r, r, r } : [r])];
        double[] weights = [.. Enumerable.Range(0, 100).Select(r => (r % 2 == 0 ? 3 : 1) * 0.5)];
        var a = Iris.Fit("naive_bayes", training with { Weights = weights }).ToJson();
        var b = Iris.Fit("naive_bayes", training.SelectRows(copies)).ToJson();
        // The mean weight is 1, so that a class of 50 rows has n − 1 = 49 where its copies have 99.
        for (var c = 0; c < 8; c++)
        {
            Assert.Equal(b.GetProperty("means")[c].GetDouble(), a.GetProperty("means")[c].GetDouble(), 1e-12);
            Assert.Equal(
                b.GetProperty("standard_deviations")[c].GetDouble() * Math.Sqrt(99.0 / 100 * 50 / 49),
                a.GetProperty("standard_deviations")[c].GetDouble(),
                1e-12);
        }
    }

    [Fact]
    public void It_ranks_unseen_cases()
    {
        var (training, other) = (TestTables.Simulated(200, 6, 0), TestTables.Simulated(500, 6, 0, 2));
        var p = Iris.Fit("naive_bayes", training).Predict(other.Predictors).Scores();
        Assert.InRange(Auc.Compute(p, ((BinaryEndpoint)other.Endpoint).Values), 0.8, 0.97);
    }

    /// <summary>e1071's sd() of equal values is 0 and the threshold stands for it; a rounded mean must not make it 1e-17.</summary>
    [Fact]
    public void A_column_that_is_constant_in_a_class_has_the_threshold_there_however_its_mean_is_rounded()
    {
        double[] column = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.4, 0.5, 0.2];
        var training = TestTables.Training(TestTables.Of(column), [false, false, false, false, false, false, true, true, true, true]);
        var fitted = LearningRegistry.Model(new("naive_bayes", default)).Fit(training, TestContext.Current.CancellationToken);
        Assert.Equal(0.001, fitted.ToJson().GetProperty("standard_deviations")[0].GetDouble());
        Assert.Equal(0.1, fitted.ToJson().GetProperty("means")[0].GetDouble());
    }
}
