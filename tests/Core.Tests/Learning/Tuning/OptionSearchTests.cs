using System.Text.Json;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Tuning;

/// <summary>How a study leaves options to a tuner.</summary>
public class OptionSearchTests
{
    private static OptionSearch Read(string options) => OptionSearch.Read(new Spy().Registration.Entry, Spy.Json(options));

    [Fact]
    public void A_single_value_is_fixed()
    {
        Assert.Null(Read("""{"cost": 3, "depth": 4, "kernel": "rbf"}""").Space);
        Assert.Null(Read("{}").Space);
        Assert.Null(Read("null").Space);
        // A list of one is a single value.
        Assert.Null(Read("""{"cost": [3], "kernel": ["rbf"], "strict": [true]}""").Space);
    }

    [Fact]
    public void A_list_a_range_and_the_word_are_searched()
    {
        var search = Read("""{"cost": {"from": 0.5, "to": 2}, "depth": "tune", "kernel": ["rbf", "linear"], "strict": "tune", "fixed": 2}""");
        Assert.Equal(
            [new RealParameter("cost", 0.5, 2, true), new IntegerParameter("depth", 1, 9)],
            search.Space!.Parameters.Take(2));
        Assert.Equal(["rbf", "linear"], ((ChoiceParameter)search.Space.Parameters[2]).Choices);
        var options = search.At([0.75, 4, 1, 1]);
        Assert.Equal((0.75, 4, "linear", true, 2.0), (options.Number("cost"), options.Integer("depth"), options.String("kernel"), options.Boolean("strict"), options.Number("fixed")));
        Assert.Equal([1.0, 1, 1, 0], search.Default());
    }

    [Fact]
    public void The_scale_is_the_registrys_unless_the_study_says_another()
    {
        Assert.True(((RealParameter)Read("""{"cost": "tune"}""").Space!.Parameters[0]).Logarithmic);
        Assert.False(((RealParameter)Read("""{"cost": {"from": 1, "to": 2, "scale": "linear"}}""").Space!.Parameters[0]).Logarithmic);
        Assert.True(((IntegerParameter)Read("""{"depth": {"from": 1, "to": 20, "scale": "log"}}""").Space!.Parameters[0]).Logarithmic);
    }

    [Theory]
    [InlineData("""{"cost": []}""")]
    [InlineData("""{"cost": [1, "a"]}""")]
    [InlineData("""{"cost": [1, 1e9]}""")]
    [InlineData("""{"cost": {"from": 1}}""")]
    [InlineData("""{"cost": {"from": 2, "to": 1}}""")]
    [InlineData("""{"cost": {"from": 1, "to": 1e9}}""")]
    [InlineData("""{"cost": {"from": [1], "to": 2}}""")]
    [InlineData("""{"cost": {"from": 1, "to": 2, "scale": "square"}}""")]
    [InlineData("""{"cost": {"from": 1, "to": 2, "by": 1}}""")]
    [InlineData("""{"depth": {"from": 1.5, "to": 3}}""")]
    [InlineData("""{"depth": [1, 2.5]}""")]
    [InlineData("""{"kernel": ["rbf", "poly"]}""")]
    [InlineData("""{"kernel": {"from": 1, "to": 2}}""")]
    [InlineData("""{"fixed": "tune"}""")]
    [InlineData("""{"fixed": [1, 2]}""")]
    [InlineData("""{"cost": "tuned"}""")]
    [InlineData("""{"costs": "tune"}""")]
    [InlineData("""{"cost": "tune", "cost": 1}""")]
    [InlineData("""[1]""")]
    public void What_cannot_be_searched_is_refused(string options) =>
        Assert.StartsWith("options.", Assert.Throws<BadInputException>(() => Read(options)).Code, StringComparison.Ordinal);

    [Fact]
    public void A_parameter_has_every_value_and_no_other()
    {
        SearchParameter[] parameters =
        [
            new IntegerParameter("a", -3, 4), new IntegerParameter("b", 1, 100, true), new ListParameter("c", [5, 1, 2]), new ChoiceParameter("d", ["x", "y", "z"]),
        ];
        foreach (var parameter in parameters)
        {
            var values = Enumerable.Range(0, 100_001).Select(i => parameter.FromUnit(i / 100_000.0)).Distinct().ToArray();
            Assert.Equal(parameter.Levels, values.Length);
            Assert.All(values, v => Assert.True(parameter.Contains(v)));
            Assert.All(values, v => Assert.Equal(v, parameter.FromUnit(parameter.ToUnit(v))));
        }
        var real = new RealParameter("e", 1e-3, 1e3, true);
        Assert.Equal([1e-3, 1, 1e3], new[] { 0, 0.5, 1 }.Select(real.FromUnit).Select(v => Math.Round(v, 12)));
        Assert.Throws<BadInputException>(() => new RealParameter("f", 0, 1, true));
        Assert.Throws<BadInputException>(() => new RealParameter("f", 1, 1));
        Assert.Throws<BadInputException>(() => new IntegerParameter("f", 0, 5, true));
    }

    [Fact]
    public void A_grid_larger_than_its_budget_is_refused_when_the_model_is_made() => Assert.Equal(
        "tuning.grid",
        Assert.Throws<BadInputException>(() => new Spy().Model("""{"cost": [1, 2, 3, 4], "depth": [1, 2, 3]}""", "grid", """{"budget": 10}""")).Code);

    [Fact]
    public void Tuned_options_are_written_as_a_study_writes_them() => Assert.Equal(
        """[["cost",0.5],["kernel","rbf"],["strict",true]]""",
        JsonSerializer.Serialize(Read("""{"cost": "tune", "kernel": "tune", "strict": "tune"}""").Searched([0.5, 1, 1]).Select(o => new object[] { o.Name, o.Value })));
}
