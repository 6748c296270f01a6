using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>The kind of endpoint in the file of a model.</summary>
internal static class EndpointNames
{
    public static ReadOnlySpan<EndpointKind> All => [EndpointKind.Binary, EndpointKind.Multiclass, EndpointKind.Continuous, EndpointKind.Survival];

    public static string Of(EndpointKind kind) => kind switch
    {
        EndpointKind.Binary => "binary",
        EndpointKind.Multiclass => "multiclass",
        EndpointKind.Continuous => "continuous",
        _ => "survival",
    };

    /// <summary>That of a regression, of any kind; absent, as in files of versions that knew no other, it is binary.</summary>
    public static EndpointKind ReadOrBinary(JsonElement json) => json.ValueKind is JsonValueKind.Object && !json.TryGetProperty("endpoint", out _)
        ? EndpointKind.Binary
        : Read(json, All);

    /// <summary>One of those that the model can have.</summary>
    public static EndpointKind Read(JsonElement json, params ReadOnlySpan<EndpointKind> allowed)
    {
        var name = PlainJson.Text(json, "endpoint");
        foreach (var kind in allowed)
        {
            if (Of(kind) == name)
                return kind;
        }
        throw PlainJson.Invalid("endpoint", "is none that the model can have");
    }
}
