namespace RadiogenomicsCloud.Service.Links;

/// <summary>
/// What an area holds and what is just coming, so that together it stays within the limits. Counted anew from time to time by
/// <see cref="AreaUsages"/>; in between, what is overwritten counts twice.
/// </summary>
internal sealed class AreaUsage(BlobLimits limits)
{
    private readonly Lock turn = new();
    private readonly Dictionary<string, int> blocksOfFile = new(StringComparer.Ordinal);
    private long bytes;
    private long coming;
    private int files;
    private int blocks;

    public void Set(long standingBytes, int standingFiles, IReadOnlyDictionary<string, int> staged)
    {
        lock (turn)
        {
            (bytes, files, blocks) = (standingBytes, standingFiles, staged.Values.Sum());
            blocksOfFile.Clear();
            foreach (var (file, count) in staged)
                blocksOfFile[file] = count;
        }
    }

    /// <summary>Makes room; given back by <see cref="GiveBack"/>, or kept by <see cref="FileCame"/> or <see cref="BlockCame"/>.</summary>
    /// <exception cref="BlobProblem">There is none.</exception>
    public void Reserve(long length)
    {
        lock (turn)
        {
            if (length > limits.AreaBytes - bytes - coming)
                throw BlobProblem.QuotaExceeded("bytes");
            coming += length;
        }
    }

    public void GiveBack(long length)
    {
        lock (turn)
            coming -= length;
    }

    /// <exception cref="BlobProblem">No file more is taken.</exception>
    public void RequireFile(string stagedName)
    {
        lock (turn)
        {
            if (!blocksOfFile.ContainsKey(stagedName) && files + blocksOfFile.Count >= limits.AreaFiles)
                throw BlobProblem.QuotaExceeded("files");
        }
    }

    /// <exception cref="BlobProblem">No block more is taken.</exception>
    public void RequireBlock(string stagedName)
    {
        RequireFile(stagedName);
        lock (turn)
        {
            if (blocks >= limits.AreaBlocks || blocksOfFile.GetValueOrDefault(stagedName) >= limits.FileBlocks)
                throw new BlobProblem(409, "BlockCountExceedsLimit", "Too many blocks are waiting to become files: use larger ones.");
        }
    }

    /// <param name="reserved">What <see cref="Reserve"/> got.</param>
    /// <param name="stagedBytes">Blocks of the file that are gone now.</param>
    public void FileCame(string stagedName, long length, long reserved, long stagedBytes)
    {
        lock (turn)
        {
            coming -= reserved;
            bytes += length - stagedBytes;
            files++;
            if (blocksOfFile.Remove(stagedName, out var count))
                blocks -= count;
        }
    }

    /// <param name="replaced">Bytes of the block of the same id that it replaced; null if there was none.</param>
    public void BlockCame(string stagedName, long length, long? replaced)
    {
        lock (turn)
        {
            coming -= length;
            bytes += length - (replaced ?? 0);
            if (replaced is not null)
                return;
            blocks++;
            blocksOfFile[stagedName] = blocksOfFile.GetValueOrDefault(stagedName) + 1;
        }
    }
}
