using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>Options that a study file leaves to a tuner.</summary>
public class TuningStudyTests
{
    private static Study Parse(string models, string tune = "") => StudyFile.Parse(
        $$$"""
        schema: 1
        study: tuned
        ids: {case: id}
        endpoints: [{column: y, kind: binary}]
        clinical: [age]
        models: [{{{models}}}]
        {{{tune}}}
        validate: [{nested_cv: {}}]
        """,
        "study.yaml");

    [Fact]
    public void The_tuner_goes_to_the_models_that_leave_options_to_it_and_to_no_other()
    {
        var study = Parse("{svm: {cost: tune, gamma: {from: 0.001, to: 1, scale: log}}}, {elastic_net: {alpha: [0.2, 1]}}", "tune: {gaussian_process: {budget: 30, folds: 4}}");
        Assert.Equal("gaussian_process", study.Models[0].Tune!.Name);
        Assert.Equal(30, study.Models[0].Tune!.Options.GetProperty("budget").GetInt32());
        Assert.Null(study.Models[1].Tune);
        // As it goes through a step's input and back.
        var read = CanonicalJson.FromElement<Study>(CanonicalJson.ToElement(study));
        Assert.Equal(CanonicalJson.Serialize(study), CanonicalJson.Serialize(read));
        Assert.Equal("gaussian_process", read.Models[0].Tune!.Name);
    }

    [Fact]
    public void What_is_not_tuned_has_the_key_that_it_always_had() => Assert.Equal(
        JsonSerializer.Serialize(CanonicalJson.ToElement(Parse("{elastic_net: {}}").Models)),
        JsonSerializer.Serialize(CanonicalJson.ToElement(Parse("{elastic_net: {}}", "tune: {tpe: {}}").Models)));

    [Fact]
    public void Without_a_word_a_random_search_is_made() => Assert.Null(Parse("{svm: {cost: [0.1, 1, 10]}}").Models[0].Tune);

    [Theory]
    [InlineData("{svm: {cost: tuned}}", "", "tune")]
    [InlineData("{svm: {cost: {from: 1}}}", "", "'to' is missing")]
    [InlineData("{svm: {cost: {from: 2, to: 1}}}", "", "'from' less than 'to'")]
    [InlineData("{svm: {cost: {from: 1, to: 2, scale: square}}}", "", "log")]
    [InlineData("{svm: {cost: [1, 1e99]}}", "", "number from")]
    [InlineData("{elastic_net: {folds: tune}}", "", "folds")]
    [InlineData("{svm: {cost: tune}}", "tune: {gaussian_proces: {}}", "'gaussian_process'")]
    [InlineData("{svm: {cost: tune}}", "tune: {random: {budgets: 3}}", "'budget'")]
    [InlineData("{svm: {cost: tune}}", "tune: {random: {measure: mse}}", "measure 'mse'")]
    [InlineData("{svm: {cost: tune, gamma: tune}}", "tune: {grid: {points: 10, budget: 50}}", "100 points")]
    public void What_cannot_be_searched_is_refused_with_its_line(string models, string tune, string hint)
    {
        var error = Assert.Throws<BadInputException>(() => Parse(models, tune));
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("study.", error.Code, StringComparison.Ordinal);
        Assert.Contains("study.yaml", error.Message + error.Where, StringComparison.Ordinal);
    }
}
