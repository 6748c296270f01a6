using System.Security.Cryptography;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Azure.Tests;

/// <summary>Measures the memory of the process, and so runs alone.</summary>
[CollectionDefinition(nameof(LargeFileTests), DisableParallelization = true)]
[Collection(nameof(LargeFileTests))]
public sealed class LargeFileTests
{
    private const int Blocks = 64;
    private const long MostBytes = 30_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Area { get; } = "t-" + Guid.NewGuid().ToString("n")[..16];

    [Fact]
    public async Task A_file_of_64_MB_is_written_and_read_in_less_than_30()
    {
        await using var storage = await OnAzurite.Open(new());
        await storage.Files.Create(Area, Cancel);
        var area = storage.Files.Area(Area);
        var memory = new Peak();
        var written = await area.Write("large", stream => Fill(stream, memory), WriteCondition.None, Cancel);
        Assert.Equal(Blocks * 1_000_000L, written!.Length);
        await using (var stream = await area.Open("large", written.Version, Cancel))
            await Compare(stream!, memory);
        await storage.Files.Delete(Area, Cancel);
        Assert.InRange(memory.Bytes, 0, MostBytes);
    }

    [Fact]
    public async Task An_artifact_of_64_MB_is_put_and_read_in_less_than_30_and_asking_for_it_reads_nothing()
    {
        await using var storage = await OnAzurite.Open(new());
        await storage.Prepare(Cancel);
        var memory = new Peak();
        var reference = await storage.Artifacts.Put(stream => Fill(stream, memory), Cancel);
        Assert.Empty(Directory.EnumerateFiles(storage.TemporaryFolder));
        var requests = new Faults.FaultyTransport((_, _) => Faults.Fate.Pass);
        await using (var fresh = await OnAzurite.Open(new() { Transport = requests }))
        {
            await using (await fresh.Artifacts.Open(reference, Cancel))
                Assert.Equal(1, requests.Requests);
            await using var stream = await fresh.Artifacts.Open(reference, Cancel);
            await Compare(stream!, memory);
        }
        await ((AzureStorage.Files.BlobArea)storage.Files.Area(AreaNames.Store)).Delete(AzureStorage.Store.BlobArtifactStore.PathOf(reference), Cancel);
        Assert.InRange(memory.Bytes, 0, MostBytes);
    }

    private static async Task Fill(Stream stream, Peak memory)
    {
        var block = new byte[1_000_000];
        for (var i = 0; i < Blocks; i++)
        {
            RandomNumberGenerator.Fill(block.AsSpan(0, 16));
            block[16] = (byte)i;
            await stream.WriteAsync(block, Cancel);
            memory.Look(i);
        }
    }

    private static async Task Compare(Stream stream, Peak memory)
    {
        var block = new byte[1_000_000];
        for (var i = 0; i < Blocks; i++)
        {
            await stream.ReadExactlyAsync(block, Cancel);
            Assert.Equal((byte)i, block[16]);
            memory.Look(i);
        }
        Assert.Equal(0, await stream.ReadAsync(block, Cancel));
    }

    /// <summary>Most bytes that were alive at once, beyond those at the beginning.</summary>
    private sealed class Peak
    {
        private readonly long before = GC.GetTotalMemory(forceFullCollection: true);

        public long Bytes { get; private set; }

        public void Look(int i)
        {
            if (i % 8 == 7)
                Bytes = Math.Max(Bytes, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
    }
}
