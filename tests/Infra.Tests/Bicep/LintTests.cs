using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RadiogenomicsCloud.Infra.Tests.Tool;

namespace RadiogenomicsCloud.Infra.Tests.Bicep;

public sealed class LintTests(Templates templates)
{
    [Theory]
    [InlineData("main.bicep")] // and every module that it uses
    [InlineData("*.bicepparam")]
    public void The_compiler_has_nothing_to_say(string files)
    {
        var result = templates.Run("lint", "--pattern", files);

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void A_finding_of_the_linter_is_an_error()
    {
        File.WriteAllText(Path.Combine(templates.Folder, "unused.bicep"), "param nobodyReadsThis string\n");

        var result = templates.Run("lint", "unused.bicep");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Error no-unused-params", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_configured_rule_is_an_error()
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
        var rules = JsonNode.Parse(File.ReadAllText(Path.Combine(Templates.Source(), "bicepconfig.json")), documentOptions: options)!
            ["analyzers"]!["core"]!["rules"]!.AsObject();

        Assert.True(rules.Count > 30);
        Assert.All(rules, rule => Assert.Equal("error", (string?)rule.Value!["level"]));
    }

    [Fact]
    public void Every_module_is_used_and_none_comes_from_a_registry()
    {
        var used = new Regex(@"^module \w+ '(?<path>[^']+)'", RegexOptions.Multiline)
            .Matches(File.ReadAllText(Path.Combine(Templates.Source(), "main.bicep"))).Select(match => match.Groups["path"].Value).ToHashSet();

        var present = Directory.EnumerateFiles(Path.Combine(Templates.Source(), "modules"), "*.bicep")
            .Select(path => $"modules/{Path.GetFileName(path)}");
        Assert.Equal(present.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void What_will_be_deployed_can_be_predicted_in_full(string environment) =>
        Assert.Empty(templates.Of(environment).Diagnostics);
}
