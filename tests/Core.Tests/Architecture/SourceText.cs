using System.Text.RegularExpressions;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Architecture;

/// <summary>The source files of the product, without comments and the text of strings.</summary>
internal static partial class SourceText
{
    public static string Root { get; } = ReferenceData.RepositoryRoot();

    /// <summary>Relative path with forward slashes, and code, of every C# file below a folder of the repository.</summary>
    public static IEnumerable<(string Path, string Code)> Below(string relativeFolder)
    {
        var folder = Path.Combine(Root, relativeFolder);
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(Root, file).Replace('\\', '/');
            if (!path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
                yield return (path, Strip(File.ReadAllText(file)));
        }
    }

    /// <summary>Code without comments; strings keep their quotes and lose their text.</summary>
    public static string Strip(string code) => CommentOrString().Replace(
        code, m => m.Value.StartsWith('/') ? " " : m.Value.StartsWith('\'') ? "' '" : "\"\"");

    /// <summary>Where any of the patterns stands, as "path: text".</summary>
    public static string[] Find(string relativeFolder, params string[] patterns)
    {
        var pattern = new Regex(string.Join('|', patterns), RegexOptions.CultureInvariant);
        return [.. Below(relativeFolder).SelectMany(f => pattern.Matches(f.Code).Select(m => $"{f.Path}: {m.Value}"))];
    }

    [GeneratedRegex("""
        //[^\n]*|/\*.*?\*/|\$*\"{3,}.*?\"{3,}|[$@]*@[$@]*\"(?:[^\"]|\"\")*\"|\$?\"(?:\\.|[^\"\\\n])*\"|'(?:\\.[^'\n]*|[^'\\\n])'
        """, RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrString();
}
