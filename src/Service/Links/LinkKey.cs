using System.Security.Cryptography;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>The secret that links of a folder storage are signed with: 32 random bytes in a file that its owner alone may read.</summary>
internal sealed class LinkKey(string file)
{
    private const int Bytes = 32;
    private byte[]? key;

    /// <summary>The key; made at the first call. Processes that make it at the same time agree on one.</summary>
    /// <exception cref="StorageException">It cannot be read or written, or has another length.</exception>
    public byte[] Read() => key ??= StorageTrouble.Translate(
        () =>
        {
            if (!File.Exists(file))
                Make();
            var read = File.ReadAllBytes(file);
            return read.Length == Bytes
                ? read
                : throw new StorageException("links.key", $"The key of links in '{file}' is damaged: remove it, and all links end.", file);
        },
        file);

    private void Make()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var secret = RandomNumberGenerator.GetBytes(Bytes);
        var draft = file + "-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var stream = new FileStream(draft, options))
            {
                stream.Write(secret);
                stream.Flush(flushToDisk: true);
            }
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process was faster: its key stands.
        }
        finally
        {
            StorageTrouble.DeleteFileIfPossible(draft);
        }
    }
}
