namespace RadiogenomicsCloud.Imaging.Archives;

/// <summary>How much an archive may hold before it is refused as <c>zip.limit</c>.</summary>
/// <param name="MaxEntries">Files and folders, default 20,000.</param>
/// <param name="MaxTotalBytes">Sum of the uncompressed lengths, default 8 GiB.</param>
/// <param name="MaxRatio">
/// Uncompressed over compressed length, of the archive as a whole, default 200; archives that hold up to 1 MiB in all are not
/// asked. A single blank slice may well compress better than that, a whole cohort never does.
/// </param>
public sealed record ArchiveLimits(int MaxEntries = 20_000, long MaxTotalBytes = 8L << 30, double MaxRatio = 200)
{
    /// <summary>Below this total, the ratio says nothing.</summary>
    internal const long RatioFloor = 1 << 20;
}
