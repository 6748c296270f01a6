using System.Globalization;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>
/// Files that are not whole yet, in a hidden folder on the file system that they are for, so that renaming them is atomic. Their names
/// begin with the slot of this process's <see cref="TemporaryArea"/>, which no other living process has: what is found under it was left
/// by one that was killed.
/// </summary>
internal sealed class DraftFiles(string folder, string slot)
{
    public const string FolderName = ".radiogenomics";
    private readonly Lock sweeping = new();
    private bool swept;
    private long files;

    /// <summary>A path that no other call got. The folder above must exist.</summary>
    public string NewFile()
    {
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder);
        lock (sweeping)
        {
            if (!swept)
            {
                foreach (var left in Directory.EnumerateFiles(folder, slot + "-*"))
                    StorageTrouble.DeleteFileIfPossible(left);
                swept = true;
            }
        }
        var number = Interlocked.Increment(ref files).ToString(CultureInfo.InvariantCulture);
        return Path.Combine(folder, $"{slot}-{number}.tmp");
    }
}
