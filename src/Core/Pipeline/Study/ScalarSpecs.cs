using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Text that is not empty; a number or <c>true</c> must be quoted to be text.</summary>
/// <param name="Pattern">A regular expression for all of it, with <paramref name="Meaning"/> in words.</param>
/// <param name="AsWritten">Whether numbers are taken as text, as they are written.</param>
internal sealed record TextSpec(string? Pattern = null, string? Meaning = null, bool AsWritten = false) : ValueSpec
{
    private const int Longest = 1000;

    public override string Expected => Meaning ?? "text";

    public override bool Fits(YamlNode node) => node is YamlScalar scalar && (scalar.IsText || (AsWritten && !scalar.IsNull));

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (!Fits(node))
            throw errors.Type(node, key, node is YamlScalar { IsNull: false } ? Expected + " (in quotes)" : Expected);
        var text = ((YamlScalar)node).Text;
        if (text.Trim().Length == 0 || text.Length > Longest)
            throw errors.At(node, "study.text", FormattableString.Invariant($"'{key}' must have 1 to {Longest} characters"));
        if (Pattern is not null && !Regex.IsMatch(text, Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
            throw errors.Type(node, key, Expected);
    }

    public override JsonObject Schema()
    {
        var result = new JsonObject { ["type"] = AsWritten ? new JsonArray("string", "number", "boolean") : "string" };
        if (!AsWritten)
            result["minLength"] = 1;
        if (Pattern is not null)
            result["pattern"] = Pattern;
        return result;
    }
}

/// <summary>A name, or <c>/a regular expression/</c>.</summary>
internal sealed record NameOrPatternSpec : ValueSpec
{
    public override string Expected => "a name or a /regular expression/";

    public override bool Fits(YamlNode node) => node is YamlScalar { IsText: true };

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        new TextSpec(Meaning: Expected).Check(node, key, errors);
        var text = ((YamlScalar)node).Text;
        if (text.Length < 2 || text[0] != '/' || text[^1] != '/')
            return;
        try
        {
            _ = new Regex(text[1..^1], RegexOptions.CultureInvariant);
        }
        catch (ArgumentException exception)
        {
            throw errors.At(node.Line, node.Column, "study.pattern", $"'{key}' is not a valid regular expression: {YamlScalar.Show(exception.Message)}", exception);
        }
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1 };
}

/// <summary>A finite number.</summary>
/// <param name="MayBeNull">Whether nothing may stand instead.</param>
internal sealed record NumberSpec(double? Minimum = null, double? Maximum = null, bool Exclusive = false, bool MayBeNull = false) : ValueSpec
{
    public override string Expected => (Exclusive, Minimum, Maximum) switch
    {
        (true, { } low, null) => Text($"a number greater than {low}"),
        (true, { } low, { } high) => Text($"a number greater than {low} and at most {high}"),
        (_, { } low, { } high) => Text($"a number from {low} to {high}"),
        (_, { } low, null) => Text($"a number of at least {low}"),
        (_, null, { } high) => Text($"a number of at most {high}"),
        _ => "a number",
    } + (MayBeNull ? " or null" : "");

    public override bool Fits(YamlNode node) => node is YamlScalar scalar && (scalar.Number is not null || (MayBeNull && scalar.IsNull));

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (!Fits(node))
            throw errors.Type(node, key, Expected);
        var number = ((YamlScalar)node).Number;
        if (number < Minimum || number > Maximum || (Exclusive && number <= Minimum))
            throw errors.At(node, "study.range", $"'{key}' must be {Expected}, got {((YamlScalar)node).Shown}");
    }

    public override JsonObject Schema()
    {
        var result = new JsonObject { ["type"] = MayBeNull ? new JsonArray("number", "null") : "number" };
        if (Minimum is { } low)
            result[Exclusive ? "exclusiveMinimum" : "minimum"] = low;
        if (Maximum is { } high)
            result["maximum"] = high;
        return result;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A whole number from 0, in digits.</summary>
internal sealed record IntegerSpec(ulong Minimum, ulong Maximum) : ValueSpec
{
    public override string Expected => FormattableString.Invariant($"a whole number from {Minimum} to {Maximum}");

    public override bool Fits(YamlNode node) => node is YamlScalar { Number: not null };

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (node is not YamlScalar { Number: not null } scalar)
            throw errors.Type(node, key, Expected);
        if (scalar.Unsigned is not { } number || number < Minimum || number > Maximum)
            throw errors.At(node, "study.range", $"'{key}' must be {Expected}, got {scalar.Shown}");
    }

    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = Minimum, ["maximum"] = Maximum };
}

internal sealed record BooleanSpec : ValueSpec
{
    public override string Expected => "true or false";

    public override bool Fits(YamlNode node) => node is YamlScalar { Boolean: not null };

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (!Fits(node))
            throw errors.Type(node, key, Expected);
    }

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}

/// <summary>Nothing after the key.</summary>
internal sealed record NullSpec : ValueSpec
{
    public override string Expected => "nothing";

    public override bool Fits(YamlNode node) => node is YamlScalar { IsNull: true };

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (!Fits(node))
            throw errors.Type(node, key, Expected);
    }

    public override JsonObject Schema() => new() { ["type"] = "null" };
}

/// <summary>One of some words.</summary>
/// <param name="Planned">Words that a later version will know.</param>
internal sealed record ChoiceSpec(IReadOnlyList<string> Choices, IReadOnlyList<string>? Planned = null) : ValueSpec
{
    public override string Expected => Choices.Count == 1 ? Choices[0] : "one of " + string.Join(", ", Choices);

    public override bool Fits(YamlNode node) => node is YamlScalar { IsText: true };

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (node is not YamlScalar { IsText: true } scalar)
            throw errors.Type(node, key, Expected);
        if (Planned?.Contains(scalar.Text, StringComparer.Ordinal) == true)
            throw errors.At(node, "study.not_supported", $"{key} '{scalar.Text}' is not supported yet in this version; supported: {string.Join(", ", Choices)}");
        if (!Choices.Contains(scalar.Text, StringComparer.Ordinal))
            throw errors.Unknown(node, key, scalar.Text, [.. Choices]);
    }

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Choices.Select(c => (JsonNode)c)]) };
}
