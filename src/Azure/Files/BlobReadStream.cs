using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.AzureStorage.Files;

/// <summary>
/// One version of a long blob, read in parts of <see cref="PartBytes"/>; while one part is consumed in order the next is on its way. Holds
/// three parts at most. For one reader at a time.
/// </summary>
internal sealed class BlobReadStream(BlobClient blob, string path, ETag pinned, long length, ReadOnlyMemory<byte> first) : SeekableReadStream(length)
{
    public const int PartBytes = 4 * 1024 * 1024;

    private readonly CancellationTokenSource closed = new();
    private readonly ReadOnlyMemory<byte> first = first;
    private ReadOnlyMemory<byte> part = first;
    private long partNumber;
    private (long Number, Task<ReadOnlyMemory<byte>> Bytes)? ahead;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || Position >= Length)
            return 0;
        var number = Position / PartBytes;
        if (number != partNumber)
            await TurnTo(number, cancellationToken).ConfigureAwait(false);
        var from = (int)(Position - (number * PartBytes));
        var count = Math.Min(buffer.Length, part.Length - from);
        part.Slice(from, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed.IsCancellationRequested)
        {
            closed.Cancel();
            ahead = null;
        }
        base.Dispose(disposing);
    }

    private async Task TurnTo(long number, CancellationToken cancel)
    {
        var inOrder = number == partNumber + 1;
        if (number == 0)
            part = first;
        else if (ahead is { } expected && expected.Number == number)
            part = await expected.Bytes.WaitAsync(cancel).ConfigureAwait(false);
        else
            part = await Fetch(number, cancel).ConfigureAwait(false);
        partNumber = number;
        if (ahead?.Number <= number || !inOrder)
            ahead = null;
        if (inOrder && (number + 1) * PartBytes < Length)
            ahead = (number + 1, Observed(Fetch(number + 1, closed.Token)));
    }

    private Task<ReadOnlyMemory<byte>> Fetch(long number, CancellationToken cancel)
    {
        var start = number * PartBytes;
        var count = Math.Min(PartBytes, Length - start);
        var options = new BlobDownloadOptions { Range = new HttpRange(start, count), Conditions = new BlobRequestConditions { IfMatch = pinned } };
        return AzureErrors.Translate(
            async () =>
            {
                try
                {
                    ReadOnlyMemory<byte> bytes = (await blob.DownloadContentAsync(options, cancel).ConfigureAwait(false)).Value.Content.ToMemory();
                    return bytes.Length == count ? bytes : throw new IOException("The answer was cut short.");
                }
                catch (RequestFailedException failed) when (failed.Status == 416 || AzureErrors.IsNoFile(failed) || AzureErrors.IsCondition(failed))
                {
                    throw CohortFile.Changed(path, failed);
                }
            },
            $"'{path}' in area '{blob.BlobContainerName}'",
            cancel);
    }

    /// <summary>A part that was fetched ahead may never be asked for; its exception is then of no interest.</summary>
    private static Task<ReadOnlyMemory<byte>> Observed(Task<ReadOnlyMemory<byte>> task)
    {
        _ = task.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return task;
    }
}
