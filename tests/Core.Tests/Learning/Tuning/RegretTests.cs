using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Learning.Tuning;

/// <summary>What the methods are worth, on Branin and Hartmann-6 with 60 evaluations.</summary>
public class RegretTests(ITestOutputHelper output)
{
    private const int Evaluations = 60;

    private static readonly string[] Names = ["random", "grid", "sequential", "gaussian_process", "tpe", "forest_smbo", "genetic", "grey_wolf"];

    [Fact]
    public void Models_of_the_loss_halve_the_regret_of_random_search_and_evolution_is_not_worse_than_it() => Compare(seeds: 10);

    [LongFact]
    public void The_same_over_thirty_seeds() => Compare(seeds: 30);

    private void Compare(int seeds)
    {
        foreach (var function in (TestFunction[])[TestFunction.Branin, TestFunction.Hartmann6])
        {
            var median = new Dictionary<string, double>();
            foreach (var name in Names)
            {
                var clock = Stopwatch.StartNew();
                var regrets = Enumerable.Range(1, seeds).AsParallel().AsOrdered().Select(seed => Regret(name, function, (ulong)seed)).Order().ToArray();
                median[name] = (regrets[(seeds - 1) / 2] + regrets[seeds / 2]) / 2;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{function.Name,-11}{name,-18}{median[name],10:0.00000}{regrets[seeds / 4],10:0.00000}{regrets[3 * seeds / 4],10:0.00000}{clock.ElapsedMilliseconds,7} ms"));
            }
            var half = median["random"] / 2;
            Assert.True(median["gaussian_process"] <= half);
            Assert.True(median["tpe"] <= half);
            Assert.True(median["forest_smbo"] <= half);
            Assert.True(median["genetic"] <= median["random"]);
            Assert.True(median["grey_wolf"] <= median["random"]);
        }
    }

    private static double Regret(string name, TestFunction function, ulong seed) => function.Regret(
        LearningRegistry.Tuner(new(name, JsonSerializer.SerializeToElement(new { budget = Evaluations })), function.Space, seed));
}
