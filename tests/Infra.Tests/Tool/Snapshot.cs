using System.Text.Json.Nodes;

namespace RadiogenomicsCloud.Infra.Tests.Tool;

/// <summary>One resource of a snapshot.</summary>
public sealed class Resource(JsonNode node)
{
    public JsonNode Node { get; } = node;

    public string Id { get; } = (string)node["id"]!;

    public string Type { get; } = (string)node["type"]!;

    public string Name { get; } = (string)node["name"]!;

    /// <summary>The value under a path of property names such as <c>properties.networkAcls.bypass</c>; null where there is none.</summary>
    public JsonNode? At(string path) => path.Split('.').Aggregate((JsonNode?)Node, (node, name) => node?[name]);

    public string? Text(string path) => (string?)At(path);

    public bool? Flag(string path) => (bool?)At(path);

    public int? Number(string path) => (int?)At(path);

    public override string ToString() => Id;
}

/// <summary>What one parameter file deploys.</summary>
public sealed class Snapshot(JsonNode node)
{
    public IReadOnlyList<Resource> Resources { get; } =
        [.. node["predictedResources"]!.AsArray().Select(resource => new Resource(resource!))];

    public JsonObject Outputs { get; } = node["outputs"]!.AsObject();

    /// <summary>Everything that the compiler noticed while it predicted; a complete prediction has none.</summary>
    public JsonArray Diagnostics { get; } = node["diagnostics"]!.AsArray();

    public IReadOnlyList<Resource> All(string type) => [.. Resources.Where(resource => resource.Type == type)];

    public Resource One(string type) => Assert.Single(All(type));

    public Resource HostAccount => Assert.Single(Accounts, account => account.Name.Contains("host", StringComparison.Ordinal));

    public Resource DataAccount => Assert.Single(Accounts, account => account.Name.Contains("data", StringComparison.Ordinal));

    public IReadOnlyList<Resource> Accounts => All("Microsoft.Storage/storageAccounts");

    public Resource App => One("Microsoft.Web/sites");

    public Resource Topic => One("Microsoft.EventGrid/systemTopics");

    /// <summary>Name and value of every setting of the app.</summary>
    public IReadOnlyDictionary<string, string> AppSettings =>
        Assert.Single(All("Microsoft.Web/sites/config"), config => config.Name.EndsWith("/appsettings", StringComparison.Ordinal))
            .At("properties")!.AsObject().ToDictionary(entry => entry.Key, entry => (string)entry.Value!);

    /// <summary>The resources that hang on another one, such as its role assignments or diagnostic settings.</summary>
    public IReadOnlyList<Resource> On(string scopeId, string type) =>
        [.. All(type).Where(resource => resource.Id == $"{scopeId}/providers/{type}/{resource.Name}")];

    /// <summary>An id without what differs between environments: the scope of the group, and names in which only the role matters.</summary>
    public string Short(string id) => id
        .Replace($"/subscriptions/{Templates.Subscription}/resourceGroups/rg/providers/", "", StringComparison.Ordinal)
        .Replace($"Microsoft.Storage/storageAccounts/{HostAccount.Name}", "host", StringComparison.Ordinal)
        .Replace($"Microsoft.Storage/storageAccounts/{DataAccount.Name}", "data", StringComparison.Ordinal);
}
