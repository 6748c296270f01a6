using System.Globalization;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>
/// The version of a file in a folder: its modification time in units of 100 ns, and its length. <see cref="FolderFileArea"/> never gives a
/// path the same time twice, also where two writes fall into one tick of the clock. Whoever writes past it, by hand, changes the version
/// unless length and time stay the same.
/// </summary>
internal static class FileVersion
{
    public static string Of(DateTime modifiedUtc, long length) => string.Create(CultureInfo.InvariantCulture, $"{modifiedUtc.Ticks:x}-{length:x}");

    public static string Of(FileStream file) => Of(File.GetLastWriteTimeUtc(file.SafeFileHandle), file.Length);
}
