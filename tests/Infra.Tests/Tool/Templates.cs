using System.Collections.Concurrent;
using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(RadiogenomicsCloud.Infra.Tests.Tool.Templates))]

namespace RadiogenomicsCloud.Infra.Tests.Tool;

/// <summary>A scratch copy of <c>infra/bicep</c> and what the compiler makes of it. Each thing is compiled once for all tests.</summary>
public sealed class Templates : IDisposable
{
    /// <summary>The environments that are deployed, and two made for the tests: every option on, and nothing but what has no default.</summary>
    public static readonly TheoryData<string> Environments = ["dev", "prod", "everything", "smallest"];

    public const string Subscription = "11111111-1111-1111-1111-111111111111";
    public const string Tenant = "22222222-2222-2222-2222-222222222222";
    public const string EntraClient = "33333333-3333-3333-3333-333333333333";

    public const string MayLock = "mueller@example.org;*@statistics.example.org";

    private const string Everything = $"""
        using 'main.bicep'
        param environmentName = 'prod'
        param durableBackend = 'durableTaskScheduler'
        param privateNetwork = true
        param partnerIpRanges = ['192.0.2.0/28', '198.51.100.7']
        param browserOrigins = ['https://portal.example.org']
        param malwareScanning = true
        param entraClientId = '{EntraClient}'
        param alertEmail = 'operators@example.org'
        param mayLockModels = '{MayLock}'
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("infra-tests-").FullName;
    private readonly BicepTool _tool;
    private readonly ConcurrentDictionary<string, Lazy<Snapshot>> _snapshots = new();
    private readonly Lazy<JsonNode> _compiled;

    public Templates()
    {
        Folder = Path.Combine(_root, "bicep");
        var source = Source();
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        File.WriteAllText(Path.Combine(Folder, "everything.bicepparam"), Everything);
        File.WriteAllText(Path.Combine(Folder, "smallest.bicepparam"), "using 'main.bicep'\nparam environmentName = 'dev'\n");
        _tool = new BicepTool(Directory.CreateDirectory(Path.Combine(_root, "home")).FullName);
        _compiled = new(() => JsonNode.Parse(Succeed("build", "main.bicep", "--stdout"))!);
    }

    /// <summary>The scratch copy; a test may add files with names of their own.</summary>
    public string Folder { get; }

    /// <summary>The template as it is sent to Azure.</summary>
    public JsonNode Compiled => _compiled.Value;

    /// <summary>Where the templates lie in the repository.</summary>
    public static string Source() => Path.Combine(RadiogenomicsCloud.Tests.ReferenceData.RepositoryRoot(), "infra", "bicep");

    /// <summary>The resources that a deployment with one parameter file asks for, with every expression resolved that can be.</summary>
    public Snapshot Of(string environment) => _snapshots.GetOrAdd(environment, name => new(() =>
    {
        Succeed("snapshot", $"{name}.bicepparam", "--mode", "overwrite", "--tenant-id", Tenant, "--subscription-id", Subscription,
            "--resource-group", "rg", "--location", "westeurope");
        return new Snapshot(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.snapshot.json")))!);
    })).Value;

    internal BicepTool.Result Run(params string[] arguments) => _tool.Run(Folder, arguments);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Succeed(params string[] arguments)
    {
        var result = Run(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }
}
