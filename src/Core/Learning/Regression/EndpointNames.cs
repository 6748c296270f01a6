using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>The kind of endpoint in the file of a regression; absent, as in files of versions that knew no other, it is binary.</summary>
internal static class EndpointNames
{
    public static string Of(EndpointKind kind) => kind switch
    {
        EndpointKind.Binary => "binary",
        EndpointKind.Multiclass => "multiclass",
        EndpointKind.Continuous => "continuous",
        _ => "survival",
    };

    public static EndpointKind Read(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Object && !json.TryGetProperty("endpoint", out _))
            return EndpointKind.Binary;
        var name = PlainJson.Text(json, "endpoint");
        foreach (var kind in Enum.GetValues<EndpointKind>())
        {
            if (Of(kind) == name)
                return kind;
        }
        throw PlainJson.Invalid("endpoint", "is no kind of endpoint");
    }
}
