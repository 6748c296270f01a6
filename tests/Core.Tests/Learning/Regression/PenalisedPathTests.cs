using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>
/// Paths of all endpoints against glmnet 4.1-6 (R 4.2.2): <c>Rscript tests/Core.Tests/Data/glmnet/make_families.R REFERENCE tests/Core.Tests/Data/glmnet</c>,
/// whose calls are <c>glmnet(x, y, family = …, alpha = a, weights = w, thresh = 1e-14, maxit = 1e7)</c>.
/// </summary>
public class PenalisedPathTests
{
    private static readonly string[] Lgg = ["age_years", "vasari_f1", "vasari_f2", "vasari_f3", "vasari_f4", "vasari_f5", "vasari_f9", "vasari_f14"];

    [Theory]
    [InlineData("mtcars", "0")]
    [InlineData("mtcars", "0.5")]
    [InlineData("mtcars", "1")]
    [InlineData("mtcars.weighted", "0.5")]
    [InlineData("iris", "0")]
    [InlineData("iris", "0.5")]
    [InlineData("iris", "1")]
    [InlineData("lung", "0")]
    [InlineData("lung", "0.5")]
    [InlineData("lung", "1")]
    [InlineData("lung.weighted", "0.5")]
    public void Path_on_data_of_R_equals_that_of_glmnet(string name, string alpha) => MustEqual(name, alpha);

    [Theory]
    [InlineData("lgg.idh1")]
    [InlineData("lgg.age")]
    [InlineData("lgg.os")]
    [InlineData("lgg.subtype")]
    public void Path_on_gliomas_equals_that_of_glmnet(string name) => MustEqual(name, "0.5");

    private static void MustEqual(string name, string alpha)
    {
        var training = Load(name);
        var design = StandardisedDesign.Create(training.Predictors.All, training.Predictors.RowCount, training.Weights);
        var settings = new PathSettings(double.Parse(alpha, System.Globalization.CultureInfo.InvariantCulture), Threshold: 1e-14, MaximumPasses: 10_000_000);
        var fit = PenalisedPath.Fit(design, training.Endpoint, TieMethod.Breslow, null, settings, TestContext.Current.CancellationToken);

        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "glmnet", "families.json")));
        var expected = file.RootElement.GetProperty($"{name}.{alpha}");
        Assert.True(fit.Converged);
        Assert.Equal(expected.GetProperty("steps").GetInt32(), fit.Points.Count);
        foreach (var step in expected.GetProperty("points").EnumerateArray())
        {
            var point = fit.Points[step.GetProperty("step").GetInt32()];
            Assert.Equal(1, point.Lambda / step.GetProperty("lambda").GetDouble(), 1e-8);
            Assert.Equal(step.GetProperty("dev").GetDouble(), point.DevianceRatio, 1e-8);
            for (var k = 0; k < point.Scores.Length; k++)
            {
                // Cox regression has no intercept; ours is that of centred columns.
                if (training.Endpoint.Kind is not EndpointKind.Survival)
                    Close(step.GetProperty("intercepts")[k].GetDouble(), point.Scores[k].Intercept);
                var coefficients = step.GetProperty("coefficients")[k];
                for (var c = 0; c < training.Predictors.ColumnCount; c++)
                {
                    var place = Array.IndexOf(point.Scores[k].Indexes, c);
                    Close(coefficients[c].GetDouble(), place < 0 ? 0 : point.Scores[k].Coefficients[place]);
                }
            }
        }
    }

    private static void Close(double expected, double found) => Assert.Equal(expected, found, 1e-6 * Math.Max(1, Math.Abs(expected)));

    internal static TrainingSet Load(string name)
    {
        switch (name)
        {
            case "mtcars" or "mtcars.weighted":
                var cars = RFrame.OfR("mtcars");
                return new(
                    cars.Predictors("cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb"), new ContinuousEndpoint("mpg", cars.Numbers("mpg")), 1)
                {
                    Weights = name == "mtcars" ? null : [.. Enumerable.Range(0, 32).Select(r => new[] { 1.0, 2, 3, 2 }[r % 4])],
                };
            case "iris":
                var iris = RFrame.OfR("iris");
                string[] species = ["setosa", "versicolor", "virginica"];
                return new(
                    iris.Predictors("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"),
                    new MulticlassEndpoint("Species", species, [.. iris.Texts("Species").Select(t => Array.IndexOf(species, t))]),
                    1);
            case "lung" or "lung.weighted":
                var lung = RFrame.OfR("lung");
                return new(
                    lung.Predictors("age", "sex", "ph.ecog", "ph.karno", "pat.karno", "meal.cal", "wt.loss"),
                    new SurvivalEndpoint("death", lung.Numbers("time"), [.. lung.Numbers("status").Select(s => s == 2)]),
                    1)
                {
                    Weights = name == "lung" ? null : [.. Enumerable.Range(0, lung.RowCount).Select(r => 1.0 + (r % 3))],
                };
            case "lgg.idh1" or "lgg.age":
                var binary = RFrame.Lgg().Complete([.. Lgg, "idh1_mutated"]);
                return name == "lgg.idh1"
                    ? new(binary.Predictors(Lgg), new BinaryEndpoint("idh1_mutated", "1", "0", [.. binary.Numbers("idh1_mutated").Select(v => v == 1)]), 1)
                    : new(binary.Predictors(Lgg[1..]), new ContinuousEndpoint("age_years", binary.Numbers("age_years")), 1);
            case "lgg.os":
                var survived = RFrame.Lgg().Complete([.. Lgg, "death", "os_days"]).Where("os_days", t => t is not ("0" or "0.0"));
                return new(
                    survived.Predictors(Lgg), new SurvivalEndpoint("death", survived.Numbers("os_days"), [.. survived.Numbers("death").Select(v => v == 1)]), 1);
            default:
                string[] subtypes = ["IDHmut-codel", "IDHmut-non-codel", "IDHwt"];
                var typed = RFrame.Lgg().Complete(Lgg).Where("idh_1p19q_subtype", t => subtypes.Contains(t));
                return new(
                    typed.Predictors(Lgg), new MulticlassEndpoint("subtype", subtypes, [.. typed.Texts("idh_1p19q_subtype").Select(t => Array.IndexOf(subtypes, t))]), 1);
        }
    }
}
