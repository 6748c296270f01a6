using System.Text;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>Paths of an area: relative, forward slashes, and never outside, on any system.</summary>
internal static class AreaPath
{
    /// <summary>Characters of a path, as of the name of a blob.</summary>
    public const int MaximumLength = 1024;

    /// <summary>UTF-8 bytes between two slashes: what file systems take.</summary>
    public const int MaximumNameBytes = 255;

    /// <summary>Folders of a path.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Why a text is no path of a file; null if it is one.</summary>
    public static string? Problem(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length is 0 or > MaximumLength)
            return $"is empty or longer than {MaximumLength} characters";
        var names = path.Split('/');
        return names.Length > MaximumDepth ? $"has more than {MaximumDepth} parts" : names.Select(NameProblem).FirstOrDefault(p => p is not null);
    }

    /// <exception cref="BadInputException">No path of an area.</exception>
    public static void Require(string path)
    {
        if (Problem(path) is { } problem)
            throw Refused(path, problem);
    }

    /// <summary>Splits what paths begin with into a folder (empty, or ends with a slash) and the beginning of a name in it.</summary>
    /// <exception cref="BadInputException">No path begins so.</exception>
    public static (string Folder, string NamePrefix) Split(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var slash = prefix.LastIndexOf('/') + 1;
        if (slash > 0)
            Require(prefix[..(slash - 1)]);
        return (prefix[..slash], prefix[slash..]);
    }

    /// <summary>Names that listing leaves out: what runs, editors and systems leave.</summary>
    public static bool IsHidden(string name) => name.StartsWith('.');

    /// <summary>Why a text is no name between slashes; null if it is one.</summary>
    public static string? NameProblem(string name)
    {
        if (name.Length == 0 || name is "." or "..")
            return "has an empty part, '.' or '..'";
        if (name.Any(c => char.IsControl(c) || c is '\\' or '/' or '\uFFFD' or '\uFFFE' or '\uFFFF'))
            return "has a control character, a backslash or a character that is none";
        if (!IsWellFormed(name) || Encoding.UTF8.GetByteCount(name) > MaximumNameBytes)
            return $"has a part that is no text or longer than {MaximumNameBytes} bytes";
        return OperatingSystem.IsWindows() && PortableNames.IsRefusedByWindows(name) ? "has a part that Windows cannot name" : null;
    }

    public static BadInputException Refused(string path, string problem) =>
        new("area.path", $"'{path}' {problem}: rename the file.", path);

    private static bool IsWellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i]))
                continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                return false;
            i++;
        }
        return true;
    }
}
