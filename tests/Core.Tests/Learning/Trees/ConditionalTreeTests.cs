using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

public class ConditionalTreeTests
{
    /// <summary>R's partykit: <c>ctree(Species ~ ., iris)</c> and so on, see <c>Data/trees/make.R</c>.</summary>
    [Theory]
    [InlineData("iris", "{}")]
    [InlineData("iris versicolor", "{}")]
    [InlineData("airquality", "{}")]
    [InlineData("mtcars", "{}")]
    [InlineData("lung", "{}")]
    [InlineData("lung univariate", """{"testtype": "univariate", "mincriterion": 0.9}""")]
    [InlineData("gbsg2", "{}")]
    public void Tests_and_splits_are_those_of_partykit(string set, string options)
    {
        MustBeThoseOf("ctree", set, options, TreeData.Named(set));
    }

    /// <summary>The same of age and VASARI features of TCGA-LGG, see <c>Data/trees/make_lgg.R</c>.</summary>
    [Theory]
    [InlineData("idh1")]
    [InlineData("codel")]
    [InlineData("survival")]
    public void Tests_and_splits_of_a_radiogenomic_study_are_those_of_partykit(string set) => MustBeThoseOf("ctree_lgg", set, "{}", TreeData.Lgg(set));

    private static void MustBeThoseOf(string file, string set, string options, TrainingSet training)
    {
        var learner = (ConditionalTree)LearningRegistry.Model(new("conditional_tree", JsonDocument.Parse(options).RootElement));
        var (model, tests) = learner.Fit(training, TestContext.Current.CancellationToken);
        var expected = TreeData.Answers(file, set);
        Assert.Equal(expected.Select(e => (e["column"], e["rows"])), tests.Select(t => (t.Column, t.Rows.ToString(CultureInfo.InvariantCulture))));
        Assert.Equal(
            expected.Where(e => e["threshold"].Length > 0).Select(e => (e["column"], TreeData.Number(e["threshold"]))),
            model.Splits(0).Select(s => (s.Column, s.Threshold)));
        foreach (var (e, test) in expected.Zip(tests))
        {
            Assert.Equal(1, test.Statistic / TreeData.Number(e["statistic"]), 9);
            Assert.Equal(1, test.PValue / TreeData.Number(e["p"]), 6);
        }
    }

    /// <summary>R: <c>predict(ctree(Surv(time, cens) ~ ., gbsg2), type = "prob")</c> of the first case, summarised at 500, 1000 and 1500 days.</summary>
    [Fact]
    public void Survival_in_a_leaf_is_Kaplan_Meier()
    {
        var training = TreeData.Gbsg2();
        var model = LearningRegistry.Model(new("conditional_tree", default)).Fit(training, TestContext.Current.CancellationToken);
        var row = model.Predict(training.Predictors.SelectRows([0]), [500, 1000, 1500]).Row(0);
        Assert.Equal(0.911817176957, row[1], 9);
        Assert.Equal(0.759397863163, row[2], 9);
        Assert.Equal(0.631483318891, row[3], 9);
    }

    [Fact]
    public void Noise_is_not_split()
    {
        var splits = 0;
        for (var seed = 1UL; seed <= 100; seed++)
        {
            var table = TestTables.Simulated(60, 12, 0, seed);
            var noise = table with { Predictors = table.Predictors.SelectColumns([4, 5, 6, 7, 8, 9, 10, 11]) };
            splits += LearningRegistry.Model(new("conditional_tree", default)).Fit(noise, TestContext.Current.CancellationToken).Columns.Count > 0 ? 1 : 0;
        }
        // One in twenty is expected; 12 or more have a probability of less than 0.5 %.
        Assert.InRange(splits, 0, 11);
    }
}
