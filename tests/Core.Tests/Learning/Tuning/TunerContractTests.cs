using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Tuning;

/// <summary>What every tuner of the registry keeps. A new one is tested by being registered.</summary>
public class TunerContractTests
{
    public static TheoryData<string> Names => [.. LearningRegistry.Entries.Where(e => e.Kind is RegistryKind.Tuner).Select(e => e.Name)];

    private static readonly SearchSpace Mixed = new(
    [
        new RealParameter("width", -2, 3),
        new RealParameter("cost", 1e-3, 1e3, Logarithmic: true),
        new IntegerParameter("depth", 2, 6),
        new IntegerParameter("trees", 1, 1000, Logarithmic: true),
        new ListParameter("alpha", [1, 0.2, 0.5]),
        new ChoiceParameter("kernel", ["linear", "rbf", "poly"]),
    ]);

    private static ITuner Tuner(string name, SearchSpace space, object? options = null, ulong seed = 1) =>
        LearningRegistry.Tuner(new(name, JsonSerializer.SerializeToElement(options ?? new { budget = 40 })), space, seed);

    private static double Loss(IReadOnlyList<double> x) =>
        Math.Abs(x[0] - 1) + Math.Abs(Math.Log10(x[1]) - 1) + Math.Abs(x[2] - 3) + Math.Abs(Math.Log10(x[3]) - 2) + x[4] + (x[5] == 1 ? 0 : 1);

    private static IReadOnlyList<Evaluation> Run(ITuner tuner, Func<Suggestion, double> loss)
    {
        while (tuner.Suggest() is { } suggestion)
            tuner.Observe(suggestion, loss(suggestion));
        return tuner.Evaluations;
    }

    private static string Text(IEnumerable<Evaluation> evaluations) => JsonSerializer.Serialize(evaluations.Select(e => e.Suggestion.Values));

    [Theory]
    [MemberData(nameof(Names))]
    public void Suggestions_lie_in_the_space_differ_and_keep_the_budget(string name)
    {
        var evaluations = Run(Tuner(name, Mixed), s => Loss(s.Values));
        Assert.InRange(evaluations.Count, 2, 40);
        Assert.All(evaluations, e => Assert.True(Mixed.Contains(e.Suggestion.Values), JsonSerializer.Serialize(e.Suggestion.Values)));
        Assert.Equal(evaluations.Count, evaluations.Select(e => JsonSerializer.Serialize(e.Suggestion.Values)).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, evaluations.Count), evaluations.Select(e => e.Suggestion.Number));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_search_and_the_best_is_the_first_of_least_loss(string name)
    {
        var (a, b) = (Tuner(name, Mixed, seed: 7), Tuner(name, Mixed, seed: 7));
        Assert.Equal(Text(Run(a, s => Loss(s.Values))), Text(Run(b, s => Loss(s.Values))));
        Assert.Same(a.Evaluations.First(e => e.Loss == a.Evaluations.Min(o => o.Loss)), a.Best);
        // One at a time draws nothing.
        if (name != "sequential")
            Assert.NotEqual(Text(a.Evaluations), Text(Run(Tuner(name, Mixed, seed: 8), s => Loss(s.Values))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_point_of_a_small_space_is_found_once_and_then_it_ends(string name)
    {
        var space = new SearchSpace([new ListParameter("alpha", [0, 0.5, 1]), new ChoiceParameter("kernel", ["linear", "rbf"]), new IntegerParameter("k", 1, 2)]);
        Assert.Equal(12, space.Count);
        var evaluations = Run(Tuner(name, space), s => name == "sequential" ? 1 : s.Values.Sum());
        Assert.Equal(evaluations.Count, evaluations.Select(e => JsonSerializer.Serialize(e.Suggestion.Values)).Distinct().Count());
        // One at a time ends at a point from which no single change is better: the middle and the other values of each parameter.
        Assert.Equal(name == "sequential" ? 1 + 2 + 1 + 1 : 12, evaluations.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_search_that_brings_nothing_better_ends_early(string name)
    {
        // The third is the best that ever comes.
        var evaluations = Run(Tuner(name, Mixed, new { budget = 40, patience = 6 }), s => s.Number == 2 ? 0 : 1 + s.Number);
        Assert.Equal(3 + 6, evaluations.Count);
        Assert.Equal(18, Run(Tuner(name, Mixed, new { budget = 18, patience = 6 }), s => -s.Number).Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Failures_are_recorded_and_the_best_is_a_success(string name)
    {
        double Sometimes(Suggestion s) => s.Number % 3 == 0 ? double.NaN : s.Number % 3 == 1 ? double.PositiveInfinity : Loss(s.Values);
        var tuner = Tuner(name, Mixed);
        var evaluations = Run(tuner, Sometimes);
        Assert.All(evaluations, e => Assert.Equal(e.Suggestion.Number % 3 != 2, double.IsNaN(e.Loss)));
        Assert.Equal(evaluations.Where(e => !double.IsNaN(e.Loss)).Min(e => e.Loss), tuner.Best!.Loss);
        var hopeless = Tuner(name, Mixed);
        Assert.True(Run(hopeless, _ => double.NaN).Count > 10);
        Assert.Null(hopeless.Best);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_without_differences_and_one_of_great_size_are_searched_all_the_same(string name)
    {
        Assert.True(Run(Tuner(name, Mixed), _ => 3).Count > 10);
        Assert.True(Run(Tuner(name, Mixed), s => 1e300 * Math.Sin(s.Number)).Count > 10);
        Assert.True(Run(Tuner(name, Mixed), s => 1e-300 * s.Number).Count > 10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_last_suggestion_can_be_observed_and_once(string name)
    {
        var tuner = Tuner(name, Mixed);
        var suggestion = tuner.Suggest()!;
        Assert.Throws<InvalidOperationException>(() => tuner.Suggest());
        Assert.Throws<InvalidOperationException>(() => tuner.Observe(suggestion with { Number = 3 }, 1));
        tuner.Observe(suggestion, 1);
        Assert.Throws<InvalidOperationException>(() => tuner.Observe(suggestion, 1));
    }

    [Fact]
    public void Every_promised_method_is_registered() => Assert.Equal(
        ["random", "grid", "sequential", "gaussian_process", "tpe", "forest_smbo", "genetic", "grey_wolf"],
        LearningRegistry.Entries.Where(e => e.Kind is RegistryKind.Tuner).Select(e => e.Name));

    [Fact]
    public void A_grid_larger_than_its_budget_is_refused()
    {
        var error = Assert.Throws<BadInputException>(() => Tuner("grid", Mixed, new { budget = 40, points = 3 }));
        Assert.Equal("tuning.grid", error.Code);
        Assert.Contains("729 points", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_has_its_ends_and_every_value_of_a_list()
    {
        var space = new SearchSpace([new RealParameter("cost", 0.01, 100, Logarithmic: true), new ChoiceParameter("kernel", ["linear", "rbf"])]);
        var values = Run(Tuner("grid", space, new { budget = 10, points = 5 }), _ => 1).Select(e => e.Suggestion.Values).ToArray();
        Assert.Equal([0.01, 0.1, 1, 10, 100], values.Select(v => Math.Round(v[0], 9)).Distinct().Order());
        Assert.Equal(10, values.Length);
    }

    [Fact]
    public void An_unknown_tuner_or_option_is_refused_and_the_nearest_named()
    {
        Assert.Contains("'genetic'", Assert.Throws<BadInputException>(() => Tuner("genetics", Mixed)).Message, StringComparison.Ordinal);
        Assert.Contains("'budget'", Assert.Throws<BadInputException>(() => Tuner("tpe", Mixed, new { budgets = 3 })).Message, StringComparison.Ordinal);
    }
}
