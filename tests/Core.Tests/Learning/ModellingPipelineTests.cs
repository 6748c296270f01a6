using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

public class ModellingPipelineTests
{
    private static NamedOptions Named(string name, string options = "{}") => new(name, JsonDocument.Parse(options).RootElement);

    private static FittedPipeline Fit(TrainingSet training, params NamedOptions[] steps) =>
        LearningRegistry.Pipeline(steps, Named("elastic_net", """{"thresh": 1e-12}""")).Fit(training, TestContext.Current.CancellationToken);

    [Fact]
    public void Imputes_first_unless_the_list_imputes_itself()
    {
        Assert.Equal(
            ["median_imputation", "zscore"], LearningRegistry.Pipeline([Named("zscore")], Named("elastic_net")).StepNames);
        Assert.Equal(
            ["zscore", "median_imputation"], LearningRegistry.Pipeline([Named("zscore"), Named("median_imputation")], Named("elastic_net")).StepNames);
    }

    [Fact]
    public void A_new_case_needs_only_the_columns_that_the_model_reads()
    {
        var training = TestTables.Simulated(100, 30, missing: 0.05);
        var fitted = Fit(training, Named("zscore"), Named("correlation"));
        Assert.Equal(fitted.Selected, fitted.Columns);
        Assert.InRange(fitted.Columns.Count, 1, 20);
        Assert.All(fitted.Steps, s => Assert.Equal(fitted.Columns, s.Columns));
        var needed = training.Predictors.SelectColumns(training.Predictors.IndexesOf(fitted.Columns));
        Assert.Equal(fitted.PredictProbability(training.Predictors), fitted.PredictProbability(needed));
    }

    [Fact]
    public void Coefficients_are_on_the_scale_of_the_table()
    {
        var training = TestTables.Simulated(100, 12, missing: 0);
        var fitted = Fit(training, Named("zscore"));
        var probabilities = fitted.PredictProbability(training.Predictors);
        var at = training.Predictors.IndexesOf([.. fitted.Coefficients!.Select(c => c.Column)]);
        for (var r = 0; r < probabilities.Length; r++)
        {
            var logit = fitted.Intercept!.Value + fitted.Coefficients!.Select((c, k) => c.Value * training.Predictors.Column(at[k])[r]).Sum();
            Assert.Equal(1 / (1 + Math.Exp(-logit)), probabilities[r], 1e-12);
        }
    }

    [Fact]
    public void Scaling_before_the_elastic_net_changes_no_prediction()
    {
        var training = TestTables.Simulated(80, 12, missing: 0.05);
        var plain = Fit(training).PredictProbability(training.Predictors);
        var scaled = Fit(training, Named("zscore")).PredictProbability(training.Predictors);
        for (var r = 0; r < plain.Length; r++)
            Assert.Equal(plain[r], scaled[r], 1e-5);
    }

    [Fact]
    public void Where_nothing_passes_the_filter_the_prevalence_is_predicted()
    {
        var training = TestTables.Simulated(40, 6, missing: 0);
        var fitted = Fit(training, Named("univariate", """{"fdr": 0}"""));
        Assert.Empty(fitted.Columns);
        var prevalence = (double)((BinaryEndpoint)training.Endpoint).EventCount / 40;
        Assert.All(fitted.PredictProbability(training.Predictors), p => Assert.Equal(prevalence, p, 1e-12));
    }

    [Fact]
    public void Rows_outside_the_training_set_change_nothing_in_the_fit()
    {
        var all = TestTables.Simulated(80, 12, missing: 0.05);
        int[] rows = [.. Enumerable.Range(0, 50)];
        var values = all.Predictors.All.ToArray();
        for (var i = 0; i < values.Length; i++)
            values[i] = i % 80 >= 50 ? 1e6 : values[i];
        var spoiled = all with { Predictors = new Predictors(all.Predictors.Rows, all.Predictors.Columns, values) };
        NamedOptions[] steps = [Named("near_zero_variance"), Named("zscore"), Named("univariate"), Named("correlation")];
        Assert.Equal(
            Fit(all.SelectRows(rows), steps).ToJson().GetRawText(), Fit(spoiled.SelectRows(rows), steps).ToJson().GetRawText());
    }

    [Fact]
    public void Unknown_names_and_options_are_refused_and_the_nearest_or_the_valid_named()
    {
        var step = Assert.Throws<BadInputException>(() => LearningRegistry.Pipeline([Named("univariat")], Named("elastic_net")));
        Assert.Contains("'univariate'", step.Message, StringComparison.Ordinal);
        var model = Assert.Throws<BadInputException>(() => LearningRegistry.Model(Named("elasticnet")));
        Assert.Contains("'elastic_net'", model.Message, StringComparison.Ordinal);
        var option = Assert.Throws<BadInputException>(() => LearningRegistry.Transform(Named("correlation", """{"maximum": 0.9}""")));
        Assert.Contains("valid are max, method, keep", option.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_registered_default_is_valid_and_every_option_described()
    {
        Assert.Equal(LearningRegistry.Entries.Count, LearningRegistry.Entries.Select(e => e.Name).Distinct().Count());
        foreach (var entry in LearningRegistry.Entries)
        {
            Assert.EndsWith(".", entry.Summary, StringComparison.Ordinal);
            Assert.All(entry.Options, o => Assert.EndsWith(".", o.Description, StringComparison.Ordinal));
            var defaults = JsonSerializer.SerializeToElement(entry.Options.Where(o => o.Default is not null).ToDictionary(o => o.Name, o => o.Default));
            Assert.Equal(entry.Name, entry.Kind switch
            {
                RegistryKind.Model => LearningRegistry.Model(new(entry.Name, defaults)).Name,
                RegistryKind.Tuner => TunerChoice.Of(new(entry.Name, defaults)).Name,
                RegistryKind.Balance => LearningRegistry.Balancer(new(entry.Name, defaults))!.Name,
                RegistryKind.Recalibration => LearningRegistry.Pipeline([new(entry.Name, defaults)], Named("elastic_net")) is not null ? entry.Name : "",
                _ => LearningRegistry.Transform(new(entry.Name, defaults)).Name,
            });
        }
    }
}
