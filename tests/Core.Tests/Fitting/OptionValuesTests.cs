using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Core.Tests.Fitting;

public class OptionValuesTests
{
    private static readonly RegistryEntry Entry = new("net", RegistryKind.Model, "A net.",
    [
        new("alpha", OptionType.NumberList, new[] { 0.5 }, 0, 1, null, "Mixing."),
        new("folds", OptionType.Integer, 5, 2, 100, null, "Inner folds."),
        new("rule", OptionType.String, "min", null, null, ["min", "1se"], "Choice."),
        new("strict", OptionType.Boolean, false, null, null, null, "Strict."),
        new("thresh", OptionType.Number, 1e-7, 0, null, null, "Threshold."),
    ]);

    private static OptionValues Read(string json) => OptionValues.Read(Entry, JsonDocument.Parse(json).RootElement);

    [Fact]
    public void Absent_options_have_their_default()
    {
        var options = OptionValues.Read(Entry, default);
        Assert.Equal([0.5], options.NumberList("alpha"));
        Assert.Equal(5, options.Integer("folds"));
        Assert.Equal("min", options.String("rule"));
        Assert.False(options.Boolean("strict"));
        Assert.Equal(1e-7, options.Number("thresh"));
    }

    [Fact]
    public void A_number_stands_for_a_list_of_one()
    {
        Assert.Equal([1.0], Read("""{"alpha": 1}""").NumberList("alpha"));
        Assert.Equal([0.2, 1], Read("""{"alpha": [0.2, 1]}""").NumberList("alpha"));
    }

    [Fact]
    public void An_unknown_option_is_refused_and_the_nearest_named()
    {
        var error = Assert.Throws<BadInputException>(() => Read("""{"fold": 3}"""));
        Assert.Contains("'folds'", error.Message, StringComparison.Ordinal);
        Assert.Equal("net.fold", error.Where);
    }

    [Theory]
    [InlineData("""{"folds": 2.5}""")]
    [InlineData("""{"folds": 1}""")]
    [InlineData("""{"folds": "5"}""")]
    [InlineData("""{"folds": 1e300}""")]
    [InlineData("""{"alpha": []}""")]
    [InlineData("""{"alpha": [0.5, 2]}""")]
    [InlineData("""{"rule": "minimum"}""")]
    [InlineData("""{"strict": 1}""")]
    [InlineData("""{"thresh": null}""")]
    [InlineData("""{"thresh": 1e999}""")]
    [InlineData("""{"folds": 3, "folds": 4}""")]
    [InlineData("[1]")]
    public void Wrong_types_and_values_out_of_range_are_refused(string json) =>
        Assert.StartsWith("options.", Assert.Throws<BadInputException>(() => Read(json)).Code, StringComparison.Ordinal);
}
