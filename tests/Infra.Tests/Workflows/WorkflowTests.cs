using System.Text.RegularExpressions;
using RadiogenomicsCloud.Tests;
using YamlDotNet.RepresentationModel;

namespace RadiogenomicsCloud.Infra.Tests.Workflows;

public sealed class WorkflowTests
{
    private static readonly string Folder = Path.Combine(ReferenceData.RepositoryRoot(), ".github", "workflows");

    public static readonly TheoryData<string> Files = [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_workflows_for_tests_releases_and_deployment() =>
        Assert.Equal(["ci.yml", "deploy.yml", "release.yml"], Files.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_are_pinned_to_a_commit_and_say_which_version_it_is(string file)
    {
        var uses = File.ReadLines(Path.Combine(Folder, file)).Where(line => Regex.IsMatch(line, @"^\s*(-\s+)?uses:")).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(@"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
        // As many as the parser finds, so that no other way of writing it slips through.
        Assert.Equal(uses.Count, Mappings(Read(file)).Count(mapping => mapping.Children.ContainsKey("uses")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Permissions_are_set_and_only_jobs_may_write(string file)
    {
        var workflow = Read(file);

        Assert.Equal("read", Text(Assert.IsType<YamlMappingNode>(workflow["permissions"])["contents"]));
        Assert.Single(((YamlMappingNode)workflow["permissions"]).Children);
        // What a job may write is named one by one: 'write-all' is a scalar.
        Assert.All(Mappings(workflow).Where(mapping => mapping.Children.ContainsKey("permissions")),
            mapping => Assert.IsType<YamlMappingNode>(mapping["permissions"]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_script_contains_text_that_a_stranger_wrote(string file)
    {
        var scripts = Mappings(Read(file)).Select(mapping => mapping.Children.TryGetValue("run", out var run) ? run : null)
            .OfType<YamlScalarNode>().Select(Text).ToList();

        Assert.NotEmpty(scripts);
        // Titles, branch names and the like reach a script as environment variables, never by substitution into its text.
        Assert.All(scripts, script => Assert.DoesNotMatch(@"\$\{\{\s*(github\.(event|head_ref|ref_name)|inputs)", script));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_workflow_runs_strangers_code_with_our_rights(string file) =>
        Assert.DoesNotContain("pull_request_target", File.ReadAllText(Path.Combine(Folder, file)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Files))]
    public void Checkouts_leave_no_token_behind_and_jobs_end(string file)
    {
        var workflow = Read(file);

        var checkouts = Mappings(workflow).Where(mapping => mapping.Children.TryGetValue("uses", out var uses)
            && Text(uses).StartsWith("actions/checkout@", StringComparison.Ordinal));
        Assert.All(checkouts, step => Assert.Equal("false", Text(step["with"]["persist-credentials"])));
        Assert.All(((YamlMappingNode)workflow["jobs"]).Children, job => Assert.True(((YamlMappingNode)job.Value).Children.ContainsKey("timeout-minutes")));
    }

    [Fact]
    public void Deployment_signs_in_by_federation_and_keeps_no_secret()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "deploy.yml"));

        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("creds:", text, StringComparison.Ordinal);
        Assert.Contains("id-token: write", text, StringComparison.Ordinal);
        Assert.Contains("client-id: ${{ vars.AZURE_CLIENT_ID }}", text, StringComparison.Ordinal);
    }

    private static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Folder, file));
        stream.Load(reader);
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    private static string Text(YamlNode node) => Assert.IsType<YamlScalarNode>(node).Value!;

    private static IEnumerable<YamlMappingNode> Mappings(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.Values.SelectMany(Mappings).Prepend(mapping),
        YamlSequenceNode sequence => sequence.Children.SelectMany(Mappings),
        _ => [],
    };
}
