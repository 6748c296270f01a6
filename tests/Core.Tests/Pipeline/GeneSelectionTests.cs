using RadiogenomicsCloud.Core.Tests.Learning;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>Genes chosen by their variance are chosen within each resample.</summary>
public class GeneSelectionTests
{
    private static Study Study(string genomics) => StudyFile.Parse(
        $$$"""
        schema: 1
        study: s
        ids: {case: id}
        endpoints: [{column: y, kind: binary}]
        genomics: {{{genomics}}}
        select: [{near_zero_variance: {}}]
        models: [{elastic_net: {}}]
        validate: [{bootstrap: {}}]
        """, "study.yaml");

    [Theory]
    [InlineData("{expression: , copy_number: }", "near_zero_variance")]
    [InlineData("{expression: {top_variance: 3}, copy_number: }", "top_variance expr_ 3|near_zero_variance")]
    [InlineData("{expression: {top_variance: 3}, copy_number: {top_variance: 4}}", "top_variance expr_ 3|top_variance cn_ 4|near_zero_variance")]
    public void The_choice_by_variance_comes_before_what_the_study_selects(string genomics, string expected)
    {
        var steps = Procedure.SelectOf(Study(genomics)).Select(s => s.Name + string.Concat(
            new[] { "prefix", "count" }.Where(key => s.Options.TryGetProperty(key, out _)).Select(key => $" {s.Options.GetProperty(key)}")));
        Assert.Equal(expected, string.Join('|', steps));
    }

    [Fact]
    public void What_is_chosen_depends_on_the_training_rows_alone()
    {
        var study = Study("{expression: {top_variance: 1}}");
        var procedure = new Procedure("expression", Procedure.SelectOf(study), study.Models[0]);
        // Over all twelve rows expr_B varies most, by rows that are held out.
        var all = TestTables.Training(
            new Predictors(
                [.. Enumerable.Range(0, 12).Select(TestTables.Row)],
                ["expr_A", "expr_B"],
                [1, 5, 2, 6, 1, 5, 2, 6, 1, 5, 3, 7, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 900, -900]),
            [.. Enumerable.Range(0, 12).Select(r => r % 2 == 0)]);
        string Chosen(TrainingSet training) => Assert.Single(((FittedPipeline)procedure.Pipeline(procedure.Model).Fit(training, TestContext.Current.CancellationToken)).Columns);
        Assert.Equal("expr_A", Chosen(all.SelectRows([.. Enumerable.Range(0, 10)])));
        Assert.Equal("expr_B", Chosen(all));
    }

    [Fact]
    public void A_gene_is_judged_by_what_was_measured_and_imputed_afterwards()
    {
        // Of expr_A half the values are missing: imputed by their median they would vary less than those of expr_B.
        var training = TestTables.Training(
            new Predictors(
                [.. Enumerable.Range(0, 8).Select(TestTables.Row)],
                ["expr_A", "expr_B"],
                [0, 4, 0, 4, double.NaN, double.NaN, double.NaN, double.NaN, 0, 4, 0, 4, 0, 4, 0, 3.9]),
            [true, false, true, false, true, false, true, false]);
        var pipeline = LearningRegistry.Pipeline([TopVariance.Of(1, "expr_")], new("elastic_net", default));
        Assert.Equal(["expr_A"], pipeline.Fit(training, TestContext.Current.CancellationToken).Columns);
    }
}
