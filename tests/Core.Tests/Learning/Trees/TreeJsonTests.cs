using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

/// <summary>Models made of trees come from files that may be damaged or made to do harm.</summary>
public class TreeJsonTests
{
    private const string Sound =
        """{"kind":"random_forest","endpoint":"binary","columns":["a","b"],"nodes":[5,1],"feature":[0,-1,1,-1,-1,-1],"threshold":[1.5,2],"right":[2,2],"width":1,"values":[0,0.5,1,0.25]}""";

    private const string Survival =
        """{"kind":"decision_tree","endpoint":"survival","columns":["a"],"nodes":[3],"feature":[0,-1,-1],"threshold":[1.5],"right":[2],"event_times":[1,2],"leaf_steps":[2,1],"step_times":[0,1,0],"steps":[0.5,1,0.25]}""";

    private const string Boosted =
        """{"kind":"boosted_trees","endpoint":"survival","columns":["a"],"start":[0],"nodes":[3],"feature":[0,-1,-1],"threshold":[1.5],"right":[2],"values":[-1,1],"event_times":[1,2],"baseline":[0.1,0.3]}""";

    private static IFittedModel Read(string text) => LearningRegistry.ReadModel(JsonDocument.Parse(text).RootElement);

    private static string Change(string text, string name, string value)
    {
        var json = JsonNode.Parse(text)!.AsObject();
        json[name] = JsonNode.Parse(value);
        return json.ToJsonString();
    }

    [Fact]
    public void Sound_files_are_read_and_scored()
    {
        var rows = TestTables.Of([1, 2, 2], [0, 1, 3]).With(["a", "b"], [1, 2, 2, 0, 1, 3]);
        Assert.Equal([0.125, 0.375, 0.625], Read(Sound).Predict(rows).Scores());
        var survival = Read(Survival).Predict(rows, [0.5, 1, 5]);
        Assert.Equal([0.5 + 1.5, 1, 0.5, 0], survival.Row(0).ToArray());
        Assert.Equal([0.5, 1, 0.75, 0.75], survival.Row(1).ToArray());
        Assert.Equal(Math.Exp(-0.3 * Math.Exp(1)), Read(Boosted).Predict(rows, [7]).Row(1)[1], 12);
    }

    [Theory]
    [InlineData("feature", "[0,-1,2,-1,-1,-1]")]
    [InlineData("feature", "[0,-2,1,-1,-1,-1]")]
    [InlineData("feature", "[0.5,-1,1,-1,-1,-1]")]
    [InlineData("feature", "[0,1,-1,-1,-1,-1]")]
    [InlineData("feature", "[0,-1,1,-1,-1,0]")]
    [InlineData("feature", "[]")]
    [InlineData("nodes", "[4,2]")]
    [InlineData("nodes", "[6]")]
    [InlineData("nodes", "[5,0,1]")]
    [InlineData("nodes", "[]")]
    [InlineData("nodes", "[2147483647,2147483647]")]
    [InlineData("right", "[0,2]")]
    [InlineData("right", "[1,2]")]
    [InlineData("right", "[-1,2]")]
    [InlineData("right", "[3,2]")]
    [InlineData("right", "[2147483647,2]")]
    [InlineData("right", "[2]")]
    [InlineData("right", "[2,1e99]")]
    [InlineData("threshold", "[1.5]")]
    [InlineData("threshold", "[1.5,\"NaN\"]")]
    [InlineData("threshold", "[1.5,1e999]")]
    [InlineData("values", "[0,0.5,1]")]
    [InlineData("values", "[0,0.5,1,1.25]")]
    [InlineData("values", "[0,0.5,1,-0.25]")]
    [InlineData("width", "2")]
    [InlineData("width", "0")]
    [InlineData("endpoint", "\"ordinal\"")]
    [InlineData("columns", "[\"a\"]")]
    [InlineData("columns", "[\"a\",\"a\"]")]
    public void Unsound_forests_are_refused(string name, string value) =>
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => Read(Change(Sound, name, value))).Code);

    [Theory]
    [InlineData("event_times", "[2,1]")]
    [InlineData("event_times", "[1,1]")]
    [InlineData("event_times", "[]")]
    [InlineData("leaf_steps", "[3]")]
    [InlineData("leaf_steps", "[2,2]")]
    [InlineData("step_times", "[0,2,0]")]
    [InlineData("step_times", "[1,0,0]")]
    [InlineData("steps", "[0.5,1.5,0.25]")]
    [InlineData("steps", "[0.5,0,0.25]")]
    public void Unsound_hazards_are_refused(string name, string value) =>
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => Read(Change(Survival, name, value))).Code);

    [Theory]
    [InlineData("start", "[0,0]")]
    [InlineData("start", "[]")]
    [InlineData("values", "[1]")]
    [InlineData("baseline", "[0.3,0.1]")]
    [InlineData("baseline", "[-0.1,0.3]")]
    [InlineData("baseline", "[0.1]")]
    public void Unsound_boosted_trees_are_refused(string name, string value) =>
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => Read(Change(Boosted, name, value))).Code);

    [Fact]
    public void Values_that_add_up_to_no_number_are_refused()
    {
        var text = Change(Change(Boosted, "start", "[1e308]"), "values", "[1e308,1e308]");
        var error = Assert.Throws<BadInputException>(() => Read(text).Predict(TestTables.Of([1]).With(["a"], [1]), [1]));
        Assert.Equal("learning.overflow", error.Code);
    }
}
