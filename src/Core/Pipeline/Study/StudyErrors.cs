using System.Globalization;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Makes the errors of one settings file: all name file, line and column.</summary>
internal sealed class StudyErrors(string path)
{
    public BadInputException At(YamlNode node, string code, string message) => At(node.Line, node.Column, code, message);

    public BadInputException At(int line, int column, string code, string message, Exception? inner = null)
    {
        var (l, c) = (Math.Max(1, line).ToString(CultureInfo.InvariantCulture), Math.Max(1, column).ToString(CultureInfo.InvariantCulture));
        return new BadInputException(code, $"{path}, line {l}, column {c}: {message}.", $"{path}:{l}:{c}", inner);
    }

    /// <summary>An unknown name, with the nearest valid one, or all that are valid where none is near.</summary>
    public BadInputException Unknown(YamlNode node, string what, string given, IReadOnlyList<string> valid) =>
        At(node, "study.unknown", $"unknown {what} '{YamlScalar.Show(given)}'; {NearestName.Hint(given, valid)}");

    public BadInputException Type(YamlNode node, string key, string expected) =>
        At(node, "study.type", $"'{key}' must be {expected}, got {node.Description}");
}
