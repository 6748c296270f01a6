using System.Buffers;
using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Service.Folders;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>
/// Which paths a file of a cohort may have: relative, forward slashes, and such that they name the same file on every system and in every
/// storage, and nothing outside the cohort.
/// </summary>
public static class CohortPath
{
    /// <summary>In UTF-16 units, with room for the cohort's name: a blob's name has at most 1,024.</summary>
    public const int MaximumLength = 900;

    /// <summary>Of one name, in bytes of UTF-8: what file systems take.</summary>
    public const int MaximumNameBytes = 255;

    public const int MaximumDepth = 64;

    private const int LongestShown = 120;

    private static readonly SearchValues<char> NotPortable = SearchValues.Create("\\:*?\"<>|");

    /// <summary>What is wrong with a path, as the end of a sentence; null if nothing is.</summary>
    public static string? ProblemOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
            return "is empty";
        if (path.Length > MaximumLength)
            return $"has more than {MaximumLength} characters";
        if (!IsPlain(path))
            return "has a control character, an invisible one, or half of one";
        if (path[0] == '/')
            return "is absolute";
        if (path.AsSpan().ContainsAny(NotPortable))
            return "has one of \\ : * ? \" < > |";
        var names = path.Split('/');
        return names.Length > MaximumDepth ? $"is more than {MaximumDepth} folders deep" : names.Select(ProblemOfName).FirstOrDefault(p => p is not null);
    }

    /// <exception cref="BadInputException"><c>manifest.path</c>.</exception>
    public static void Require(string path)
    {
        if (ProblemOf(path) is { } problem)
            throw new BadInputException("manifest.path", $"The path '{Shown(path)}' {problem}; rename the file.", Shown(path));
        if (path == CohortManifest.FileName)
            throw new BadInputException("manifest.path", $"The manifest lists itself, '{path}'; leave it out.", path);
    }

    /// <summary>A path as messages show it: cut, what is not plain replaced.</summary>
    public static string Shown(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var shown = new StringBuilder();
        foreach (var rune in path.EnumerateRunes().Take(LongestShown))
            shown.Append(IsPlain(rune) ? rune.ToString() : "?");
        return shown.Length < path.Length && shown.ToString() != path ? shown.Append('…').ToString() : shown.ToString();
    }

    internal static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || !IsPlain(rune))
                return false;
            i += rune.Utf16SequenceLength;
        }
        return true;
    }

    // Format characters turn the direction of text, or cannot be seen: two paths that look alike are not.
    private static bool IsPlain(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string? ProblemOfName(string name)
    {
        if (name.Length == 0)
            return "has an empty name between slashes";
        if (name is "." or "..")
            return $"leads elsewhere by '{name}'";
        if (name[0] == '.')
            return "has a name that begins with a dot, and such files are left out";
        if (name[^1] is '.' or ' ' || char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]))
            return "has a name that begins with a space or ends with a space or a dot";
        if (Encoding.UTF8.GetByteCount(name) > MaximumNameBytes)
            return $"has a name of more than {MaximumNameBytes} bytes";
        return PortableNames.IsDevice(name) ? "has a name that is a device on some systems" : null;
    }
}
