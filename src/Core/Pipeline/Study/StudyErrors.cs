using System.Globalization;
using RadiogenomicsCloud.Fitting;

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

    /// <summary>An unknown name, with the nearest valid one.</summary>
    public BadInputException Unknown(YamlNode node, string what, string given, IReadOnlyCollection<string> valid) => At(
        node,
        "study.unknown",
        NearestName.Find(given, valid) is { } nearest
            ? $"unknown {what} '{YamlScalar.Show(given)}'; did you mean '{nearest}'"
            : $"unknown {what} '{YamlScalar.Show(given)}'; there is none that could stand here");

    public BadInputException Type(YamlNode node, string key, string expected) =>
        At(node, "study.type", $"'{key}' must be {expected}, got {node.Description}");
}
