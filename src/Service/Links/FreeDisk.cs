using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>Looks, at most once a second, how much room the disk has that links write to.</summary>
internal sealed class FreeDisk(string folder, long keepFree, TimeProvider time)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(1);
    private readonly Lock turn = new();
    private DateTimeOffset until;
    private long room;

    /// <summary>Takes the bytes off the room that is known: many that come at once see each other.</summary>
    /// <exception cref="BlobProblem">There is not so much.</exception>
    /// <exception cref="StorageException">The disk cannot be asked.</exception>
    public void Require(long bytes)
    {
        lock (turn)
        {
            var now = time.GetUtcNow();
            if (now >= until)
            {
                room = StorageTrouble.Translate(() => new DriveInfo(folder).AvailableFreeSpace, folder) - keepFree;
                until = now + KnownFor;
            }
            if (bytes > room)
                throw BlobProblem.NoRoom();
            room -= bytes;
        }
    }
}
