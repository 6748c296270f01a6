using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Classifiers;

public class MlpTests
{
    /// <summary>Central differences of the penalised loss, at a step where their own error is below 1e-8.</summary>
    [Theory]
    [InlineData(EndpointKind.Binary, 1)]
    [InlineData(EndpointKind.Multiclass, 2)]
    [InlineData(EndpointKind.Continuous, 3)]
    [InlineData(EndpointKind.Survival, 2)]
    public void Back_propagation_gives_the_gradient_of_the_loss(EndpointKind kind, int hiddenLayers)
    {
        var training = TestTables.Simulated(25, 5, 0, 3, kind);
        double[] weights = [.. Enumerable.Range(0, 25).Select(r => r % 2 == 0 ? 1.4 : 0.6)];
        var rows = ColumnScaling.Fit(training.Predictors, "mlp").Apply(training.Predictors);
        var outputs = kind is EndpointKind.Multiclass ? 3 : 1;
        var network = new MlpNetwork([4, .. Enumerable.Repeat(3, hiddenLayers), outputs], relu: false);
        var objective = new MlpObjective(network, rows, new(training.Endpoint, weights, [0, 1, 2], 0.3, 2), 0.1);
        var point = network.Initialise(9);
        foreach (var layer in Enumerable.Range(0, network.LayerCount))
            point.AsSpan()[network.Biases(layer)].Fill(0.2);
        var (gradient, unused) = (new double[point.Length], new double[point.Length]);
        objective.Evaluate(point, gradient);
        for (var layer = 0; layer < network.LayerCount; layer++)
        {
            var end = network.Biases(layer).Start.Value;
            for (var i = network.Weights(layer, 0).Start.Value; i < end + network.Sizes[layer + 1]; i++)
            {
                // Padding is no parameter.
                if (i < end && (i - network.Weights(layer, 0).Start.Value) % PaddedKernels.PaddedLength(network.Sizes[layer]) >= network.Sizes[layer])
                    continue;
                Assert.Equal(Difference(i), gradient[i], 1e-7);
            }
        }

        double Difference(int i)
        {
            const double step = 1e-5;
            var (up, down) = ((double[])point.Clone(), (double[])point.Clone());
            up[i] += step;
            down[i] -= step;
            return (objective.Evaluate(up, unused) - objective.Evaluate(down, unused)) / (2 * step);
        }
    }

    [Theory]
    [InlineData("lbfgs", "tanh")]
    [InlineData("adam", "tanh")]
    [InlineData("sgd", "tanh")]
    [InlineData("adam", "relu")]
    public void It_learns_the_exclusive_or(string solver, string activation)
    {
        double[] a = [.. Enumerable.Range(0, 40).Select(r => (double)(r % 2))];
        double[] b = [.. Enumerable.Range(0, 40).Select(r => (double)(r / 2 % 2))];
        var training = TestTables.Training(TestTables.Of(a, b), [.. a.Zip(b, (x, y) => x != y)]);
        var fitted = Iris.Fit("mlp", training, new { hidden_units = 6, decay = 1e-4, solver, activation, epochs = 2000, learning_rate = 0.05 });
        var p = fitted.Predict(TestTables.Of([0, 0, 1, 1], [0, 1, 0, 1])).Scores();
        Assert.True(p[0] < 0.1 && p[1] > 0.9 && p[2] > 0.9 && p[3] < 0.1, string.Join(' ', p));
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        var training = TestTables.Simulated(40, 5, 0);
        Assert.NotEqual(Iris.Fit("mlp", training).ToJson().GetRawText(), Iris.Fit("mlp", training with { Seed = 2 }).ToJson().GetRawText());
    }

    [Fact]
    public void A_very_great_decay_leaves_the_prevalence()
    {
        var training = TestTables.Simulated(50, 5, 0);
        var events = ((BinaryEndpoint)training.Endpoint).EventCount;
        Assert.All(Iris.Fit("mlp", training, new { decay = 100 }).Predict(training.Predictors).Scores(), p => Assert.Equal(events / 50.0, p, 1e-3));
    }

    [Theory]
    [InlineData(EndpointKind.Binary, "lbfgs")]
    [InlineData(EndpointKind.Multiclass, "adam")]
    [InlineData(EndpointKind.Continuous, "lbfgs")]
    [InlineData(EndpointKind.Survival, "lbfgs")]
    public void Early_stopping_keeps_what_the_contract_asks_and_stops_early(EndpointKind kind, string solver)
    {
        var training = TestTables.Simulated(80, 30, 0, 1, kind);
        var options = new { early_stopping = true, decay = 0, solver, hidden_layers = 2, activation = "relu" };
        var fitted = Iris.Fit("mlp", training, options);
        var other = Iris.Fit("mlp", training.SelectRows([.. Enumerable.Range(0, 80).Reverse()]), options);
        Assert.Equal(fitted.ToJson().GetRawText(), other.ToJson().GetRawText());
        var all = Iris.Fit("mlp", training, new { decay = 0, solver, hidden_layers = 2, activation = "relu" });
        Assert.NotEqual(fitted.ToJson().GetRawText(), all.ToJson().GetRawText());
        var read = LearningRegistry.ReadModel(JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement);
        Assert.Equal(fitted.Predict(training.Predictors, [30]).All.ToArray(), read.Predict(training.Predictors, [30]).All.ToArray());
    }

    [Fact]
    public void Risk_scores_order_unseen_survival()
    {
        var (training, other) = (TestTables.Simulated(200, 5, 0, 1, EndpointKind.Survival), TestTables.Simulated(400, 5, 0, 2, EndpointKind.Survival));
        var risk = Iris.Fit("mlp", training).Predict(other.Predictors).Scores();
        var survival = (SurvivalEndpoint)other.Endpoint;
        double concordant = 0, pairs = 0;
        for (var i = 0; i < risk.Length; i++)
        {
            for (var j = 0; j < risk.Length; j++)
            {
                if (!survival.Events[i] || survival.Times[i] >= survival.Times[j])
                    continue;
                pairs++;
                concordant += risk[i] > risk[j] ? 1 : 0;
            }
        }
        Assert.InRange(concordant / pairs, 0.68, 0.9);
    }

    [Fact]
    public void It_ranks_unseen_cases()
    {
        var (training, other) = (TestTables.Simulated(200, 10, 0), TestTables.Simulated(500, 10, 0, 2));
        var p = Iris.Fit("mlp", training).Predict(other.Predictors).Scores();
        Assert.InRange(Auc.Compute(p, ((BinaryEndpoint)other.Endpoint).Values), 0.85, 0.97);
    }

    [Fact]
    public void Weights_that_run_away_are_refused() => Assert.Equal("learning.diverged", Assert.Throws<BadInputException>(() => Iris.Fit(
        "mlp", TestTables.Simulated(40, 5, 0, 1, EndpointKind.Continuous), new { solver = "sgd", learning_rate = 10, activation = "relu" })).Code);

    [Theory]
    [InlineData("\"units\":8", "\"units\":9")]
    [InlineData("\"activation\":\"tanh\"", "\"activation\":\"step\"")]
    [InlineData("\"layers\":[", "\"layers\":[],\"x\":[")]
    [InlineData("\"times\":[", "\"times\":[-1,")]
    [InlineData("\"baseline\":", "\"x\":")]
    [InlineData("\"scale\":1", "\"scale\":0")]
    public void A_damaged_file_is_refused(string part, string damage)
    {
        var text = Iris.Fit("mlp", TestTables.Simulated(40, 5, 0, 1, EndpointKind.Survival)).ToJson().GetRawText();
        Assert.Contains(part, text, StringComparison.Ordinal);
        var json = JsonDocument.Parse(text.Replace(part, damage, StringComparison.Ordinal)).RootElement;
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => LearningRegistry.ReadModel(json)).Code);
    }
}
