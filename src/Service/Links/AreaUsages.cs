using System.Collections.Concurrent;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>
/// The usage of each area that links lead to, counted at the first request and then every ten minutes: what people do by hand, and what
/// another process takes in, is known by then.
/// </summary>
internal sealed class AreaUsages(IFileAreas areas, BlockStaging staging, BlobLimits limits, TimeProvider time)
{
    private static readonly TimeSpan CountedFor = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Counted> all = new(StringComparer.Ordinal);

    /// <exception cref="StorageException">There is no such area.</exception>
    public async Task<AreaUsage> Of(string area, CancellationToken cancel)
    {
        var counted = all.GetOrAdd(area, _ => new Counted(new AreaUsage(limits)));
        if (time.GetUtcNow().UtcTicks < counted.UntilTicks)
            return counted.Usage;
        await counted.Turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            if (now.UtcTicks >= counted.UntilTicks)
            {
                await Count(area, counted.Usage, now, cancel).ConfigureAwait(false);
                counted.UntilTicks = (now + CountedFor).UtcTicks;
            }
            return counted.Usage;
        }
        finally
        {
            counted.Turn.Release();
        }
    }

    private async Task Count(string area, AreaUsage usage, DateTimeOffset now, CancellationToken cancel)
    {
        var (bytes, files) = (0L, 0);
        await foreach (var file in areas.Area(area).List("", cancel).ConfigureAwait(false))
        {
            bytes += file.Length;
            files++;
        }
        var (staged, blocks) = staging.Count(area, now - limits.BlockLife);
        usage.Set(bytes + staged, files, blocks);
    }

    private sealed class Counted(AreaUsage usage)
    {
        private long untilTicks;

        public AreaUsage Usage => usage;

        public SemaphoreSlim Turn { get; } = new(1);

        public long UntilTicks
        {
            get => Volatile.Read(ref untilTicks);
            set => Volatile.Write(ref untilTicks, value);
        }
    }
}
