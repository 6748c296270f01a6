using System.Buffers;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>Which names of files mean the same on every file system.</summary>
internal static class PortableNames
{
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", "conin$", "conout$", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"com{n}", $"lpt{n}" }),
            "com¹", "com²", "com³", "lpt¹", "lpt²", "lpt³"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> RefusedByWindows = SearchValues.Create("<>:\"|?*");

    /// <summary>Whether Windows takes the name for a device, whatever follows its first dot.</summary>
    public static bool IsDevice(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return Devices.Contains((dot < 0 ? name : name[..dot]).TrimEnd(' '));
    }

    /// <summary>Whether Windows would open another file than the one named, or a device.</summary>
    public static bool IsAmbiguous(string name) => name.EndsWith('.') || name.EndsWith(' ') || IsDevice(name);

    /// <summary>Whether Windows cannot have such a name at all.</summary>
    public static bool IsRefusedByWindows(string name) => IsAmbiguous(name) || name.AsSpan().ContainsAny(RefusedByWindows);
}
