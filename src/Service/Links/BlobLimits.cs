namespace RadiogenomicsCloud.Service.Links;

/// <summary>What the bearers of links to one area may bring in, all of them together where it says area.</summary>
/// <param name="AreaBytes">Bytes of an area, blocks that are not part of a file yet included.</param>
/// <param name="AreaFiles">Files of an area, those whose blocks are still coming included.</param>
/// <param name="AreaBlocks">Blocks of an area that are not part of a file yet.</param>
/// <param name="FileBytes">Bytes of a file.</param>
/// <param name="RequestBytes">Bytes of one request: a block, or a file that comes whole.</param>
/// <param name="FileBlocks">Blocks of a file.</param>
/// <param name="BodyTime">How long the body of one request may take.</param>
/// <param name="BlockLife">Blocks that are no part of a file for so long are dropped.</param>
public sealed record BlobLimits(
    long AreaBytes, int AreaFiles, int AreaBlocks, long FileBytes, long RequestBytes, int FileBlocks, TimeSpan BodyTime, TimeSpan BlockLife)
{
    /// <summary>Bytes of the disk that stay free, so that no partner stops the service of the others; 2 GB.</summary>
    public long FreeBytes { get; init; } = 2_000_000_000;

    /// <summary>1 TiB and 500,000 files an area, 200,000 waiting blocks, 64 GiB a file, 256 MiB a request, 50,000 blocks a file, 15 minutes, 7 days.</summary>
    public static BlobLimits Default { get; } = new(
        1L << 40, 500_000, 200_000, 64L << 30, 256L << 20, 50_000, TimeSpan.FromMinutes(15), TimeSpan.FromDays(7));
}
