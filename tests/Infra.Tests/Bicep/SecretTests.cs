using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RadiogenomicsCloud.Infra.Tests.Tool;

namespace RadiogenomicsCloud.Infra.Tests.Bicep;

/// <summary>Nothing that goes into a deployment or comes out of it opens anything.</summary>
public sealed class SecretTests(Templates templates)
{
    [Fact]
    public void The_template_reads_no_key_and_holds_none()
    {
        // list*() are the functions that return keys; the others are what a connection string with a key is made of.
        var suspicious = new Regex(@"\blist\w*\(|AccountKey=|SharedAccessSignature|SharedAccessKey|sv=\d{4}-|InstrumentationKey", RegexOptions.IgnoreCase);
        var texts = Texts(templates.Compiled).ToList();

        Assert.True(texts.Count > 500);
        Assert.DoesNotContain(texts, text => suspicious.IsMatch(text));
    }

    [Fact]
    public void No_parameter_or_output_is_a_secret()
    {
        var declared = Objects(templates.Compiled).SelectMany(node => new[] { node["parameters"], node["outputs"] })
            .OfType<JsonObject>().SelectMany(entries => entries).Where(entry => entry.Value is JsonObject value && value["type"] is JsonValue).ToList();

        Assert.True(declared.Count > 50);
        Assert.All(declared, entry => Assert.DoesNotContain("secure", (string)entry.Value!["type"]!, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(declared, entry => Regex.IsMatch(entry.Key, "key|secret|password|token", RegexOptions.IgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void Outputs_are_names_only(string environment) =>
        Assert.Equal(["apiHostName", "dataAccountName", "functionAppName", "identityPrincipalId"],
            templates.Of(environment).Outputs.Select(entry => entry.Key).Order(StringComparer.Ordinal));

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(entry => Objects(entry.Value)).Prepend(value),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject value => value.SelectMany(entry => Texts(entry.Value).Prepend(entry.Key)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => [(string)value!],
        _ => [],
    };
}
