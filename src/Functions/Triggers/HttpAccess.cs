using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;

namespace RadiogenomicsCloud.Functions.Triggers;

/// <summary>
/// Who gets in. Where the platform's authentication (Entra ID) is on, it stands before the app, and what it lets through names the person in
/// headers that nobody else can set; a function key would be a second lock, so none is asked for. Everywhere else a function key is.
/// </summary>
internal sealed class HttpAccess(IConfiguration settings) : IFunctionMetadataTransformer
{
    /// <summary>Set by the platform, and true only while its authentication is on.</summary>
    public const string PlatformSetting = "WEBSITE_AUTH_ENABLED";

    private const string NameHeader = "X-MS-CLIENT-PRINCIPAL-NAME";
    private const string IdHeader = "X-MS-CLIENT-PRINCIPAL-ID";

    public string Name => "RadiogenomicsCloud.HttpAccess";

    public bool IsByEntra => bool.TryParse(settings[PlatformSetting], out var on) && on;

    /// <summary>Tells the host which of the two it is, before it opens its doors.</summary>
    public void Transform(IList<IFunctionMetadata> original)
    {
        if (!IsByEntra)
            return;
        foreach (var function in original.Where(f => f.Name == HttpFunction.FunctionName))
        {
            for (var b = 0; b < (function.RawBindings?.Count ?? 0); b++)
            {
                var binding = JsonNode.Parse(function.RawBindings![b])!.AsObject();
                if (!binding.ContainsKey("authLevel"))
                    continue;
                binding["authLevel"] = "Anonymous";
                function.RawBindings[b] = binding.ToJsonString();
            }
        }
    }

    /// <summary>The person who asks; null for nobody, who is refused. With a key it is whoever has the key.</summary>
    public string? Who(IHeaderDictionary headers)
    {
        if (!IsByEntra)
            return "function key";
        var name = headers[NameHeader].ToString();
        return name.Length > 0 ? name : headers[IdHeader].ToString() is { Length: > 0 } id ? id : null;
    }
}
