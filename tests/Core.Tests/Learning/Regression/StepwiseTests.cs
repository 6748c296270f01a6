using System.Text.Json;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

public class StepwiseTests
{
    // Expected: step() of lm, glm and coxph, by Rscript tests/Core.Tests/Data/r/make_regression.R, which holds the calls.
    [Theory]
    [InlineData("mtcars", "step_lm_aic", "aic")]
    [InlineData("mtcars", "step_lm_bic", "bic")]
    [InlineData("lgg.idh1", "step_glm_aic", "aic")]
    [InlineData("lung", "step_cox_aic", "aic")]
    [InlineData("lung", "step_cox_bic", "bic")]
    public void Ends_with_the_columns_that_step_ends_with(string name, string expected, string criterion)
    {
        var training = PenalisedPathTests.Load(name);
        var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "r", "regression.json"))).RootElement.GetProperty(expected);
        foreach (var direction in (string[])["forward", "backward", "both"])
        {
            var options = JsonDocument.Parse("{\"direction\": \"" + direction + "\", \"criterion\": \"" + criterion + "\"}").RootElement;
            var columns = LearningRegistry.Transform(new("stepwise", options)).Fit(training, TestContext.Current.CancellationToken).Columns;
            var wanted = json.GetProperty(direction);
            string[] names = wanted.ValueKind is JsonValueKind.Array ? [.. wanted.EnumerateArray().Select(v => v.GetString()!)] : [wanted.GetString()!];
            Assert.Equal(names.Order(StringComparer.Ordinal), columns.Order(StringComparer.Ordinal));
        }
    }
}
