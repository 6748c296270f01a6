using System.Globalization;

namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>
/// This process's folder for temporary files, inside the store, so that a rename into the store is atomic. It is one of numbered slots;
/// a slot belongs to who holds its lock file, and a process that was killed holds none. Taking a slot sweeps every slot that is free.
/// </summary>
public sealed class TemporaryArea : IDisposable
{
    private const int MaximumSlots = 1000;
    private readonly FileStream slotLock;
    private long files;

    private TemporaryArea(string folder, FileStream slotLock)
    {
        Folder = folder;
        this.slotLock = slotLock;
    }

    /// <summary>The folder; it exists and is this process's alone.</summary>
    public string Folder { get; }

    /// <param name="parent">Folder of all slots; made if need be.</param>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static TemporaryArea Take(string parent) => StorageTrouble.Translate(
        () =>
        {
            Directory.CreateDirectory(parent);
            TemporaryArea? taken = null;
            for (var slot = 0; slot < MaximumSlots; slot++)
            {
                var folder = Path.Combine(parent, slot.ToString(CultureInfo.InvariantCulture));
                if (taken is not null && !File.Exists(folder + ".lock"))
                    break; // Lock files stay and slots are filled from the lowest: there are no more.
                if (FileLock.TryTake(folder + ".lock") is not { } held)
                    continue;
                StorageTrouble.DeleteFolderIfPossible(folder);
                if (taken is null)
                {
                    Directory.CreateDirectory(folder);
                    taken = new TemporaryArea(folder, held);
                }
                else
                {
                    held.Dispose();
                }
            }
            return taken ?? throw new IOException("All slots for temporary files are taken.");
        },
        parent);

    /// <summary>A path that no other call got.</summary>
    internal string NewFile() =>
        Path.Combine(Folder, Interlocked.Increment(ref files).ToString(CultureInfo.InvariantCulture) + ".tmp");

    public void Dispose()
    {
        StorageTrouble.DeleteFolderIfPossible(Folder);
        slotLock.Dispose();
    }
}
