using System.Security.Cryptography;
using System.Text;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>Locks of files by the paths below an area: few lock files for any number of paths. Two paths may share one.</summary>
/// <param name="folder">An existing folder for lock files.</param>
internal sealed class PathLocks(string folder)
{
    private readonly CountingLocks locks = new();

    public Task<CountingLocks.Held> Take(string area, string path, CancellationToken cancel)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(area + "/" + path));
        return locks.Take(Path.Combine(folder, Convert.ToHexStringLower(hash, 0, 1) + ".lock"), cancel);
    }
}
