using System.Globalization;
using System.Text.RegularExpressions;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>A YAML value and where it begins, both counted from 1.</summary>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>What it is, for "expected …, got …".</summary>
    public abstract string Description { get; }
}

internal sealed record YamlSequence(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column)
{
    public override string Description => "a list";
}

/// <summary>Keys are unique and in the order of the file.</summary>
internal sealed record YamlMapping(int Line, int Column, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line, Column)
{
    public override string Description => "a map";

    public YamlNode? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key).Value;
}

/// <summary>A scalar, typed by the core schema of YAML 1.2 in decimal notation: quoted ones are always text.</summary>
/// <param name="IsPlain">Written without quotes.</param>
internal sealed partial record YamlScalar(int Line, int Column, string Text, bool IsPlain) : YamlNode(Line, Column)
{
    private const int LongestShown = 40;

    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public bool? Boolean => (IsPlain, Text) switch
    {
        (true, "true" or "True" or "TRUE") => true,
        (true, "false" or "False" or "FALSE") => false,
        _ => null,
    };

    /// <summary>The finite number that is written; null if it is none.</summary>
    public double? Number => IsPlain && NumberPattern().IsMatch(Text)
        && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>The whole number from 0 that is written without fraction and exponent; null if it is none.</summary>
    public ulong? Unsigned => IsPlain && ulong.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool IsText => !IsNull && Boolean is null && Number is null;

    public override string Description => this switch
    {
        { IsNull: true } => "nothing",
        { Boolean: not null } => $"{Text}",
        { Number: not null } => $"the number {Shown}",
        _ => $"the text '{Shown}'",
    };

    /// <summary>The text, cut for a message and without control characters.</summary>
    public string Shown => Show(Text);

    public static string Show(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestShown ? line : line[..LongestShown] + "…";
    }

    [GeneratedRegex(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
