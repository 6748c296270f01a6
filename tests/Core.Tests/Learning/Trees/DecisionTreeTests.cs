using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

public class DecisionTreeTests
{
    private static DecisionTree Learner(string options) => (DecisionTree)LearningRegistry.Model(new("decision_tree", JsonDocument.Parse(options).RootElement));

    /// <summary>R's rpart: <c>rpart(Species ~ ., iris)</c> and so on, see <c>Data/trees/make.R</c>.</summary>
    [Theory]
    [InlineData("iris", """{"prune": "none"}""")]
    [InlineData("mtcars", """{"prune": "none", "minsplit": 5}""")]
    [InlineData("airquality", """{"prune": "none"}""")]
    [InlineData("lung", """{"prune": "none"}""")]
    [InlineData("gbsg2", """{"prune": "none"}""")]
    public void Splits_are_those_of_rpart(string set, string options)
    {
        var model = (FittedTrees)Learner(options).Fit(TreeData.Named(set), TestContext.Current.CancellationToken);
        // R turns a split so that the lesser outcome is on the left, hence the order of its nodes is another.
        var expected = TreeData.Answers("rpart_splits", set).Select(e => (e["column"], Math.Round(TreeData.Number(e["threshold"]), 9)));
        Assert.Equal(expected.Order(), model.Splits(0).Select(s => (s.Column, Math.Round(s.Threshold, 9))).Order());
    }

    /// <summary>
    /// The same calls; R was told that row i is held out in fold (i − 1) mod 10 (<c>xval = rep(1:10, length.out = n)</c>). Of mtcars held-out
    /// losses are left out: many columns part its few rows alike, and which of them R takes is decided by rounding.
    /// </summary>
    [Theory]
    [InlineData("iris", "{}", true)]
    [InlineData("mtcars", """{"minsplit": 5}""", false)]
    [InlineData("airquality", "{}", true)]
    [InlineData("lung", "{}", true)]
    [InlineData("gbsg2", "{}", true)]
    public void The_table_of_complexity_is_that_of_rpart(string set, string options, bool heldOut)
    {
        var learner = Learner(options);
        var table = TreeTable.Of(TreeData.Named(set), "decision_tree");
        var tree = learner.Grow(table, [.. Enumerable.Range(0, table.Rows)]);
        var folds = new FoldAssignment(10, [.. Enumerable.Range(0, table.Rows).Select(r => r % 10)]);
        var found = learner.CrossValidate(table, tree, folds, TestContext.Current.CancellationToken);
        var expected = TreeData.Answers("rpart_cp", set);
        Assert.Equal(expected.Select(e => e["nsplit"]), found.Select(f => f.Splits.ToString(CultureInfo.InvariantCulture)));
        foreach (var (e, f) in expected.Zip(found))
        {
            Assert.Equal(TreeData.Number(e["CP"]), f.Complexity, 9);
            Assert.Equal(TreeData.Number(e["rel.error"]), f.Loss, 9);
            if (!heldOut)
                continue;
            Assert.Equal(TreeData.Number(e["xerror"]), f.HeldOutLoss, 9);
            Assert.Equal(TreeData.Number(e["xstd"]), f.StandardError, 9);
        }
    }
}
