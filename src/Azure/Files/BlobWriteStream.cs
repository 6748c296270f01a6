using System.Buffers.Binary;
using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Files;

/// <summary>
/// Collects what is written into blocks; nothing is seen before <see cref="Commit"/>. What fits one block goes as one Put Blob. Otherwise
/// one block is on its way while the next fills. Holds two blocks: 8 MB, more only beyond 40 GB, since a blob has at most 50,000 blocks.
/// Every block carries its MD5, which the service compares.
/// </summary>
internal sealed class BlobWriteStream : Stream
{
    internal const int BlockBytes = 4 * 1024 * 1024;

    /// <summary>Metadata: the writer's own mark, by which a write whose answer was lost is told from another's.</summary>
    private const string WriterKey = "writer";
    private const int BlocksPerSize = 10_000;

    private static readonly UploadTransferValidationOptions Validation = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    private readonly BlockBlobClient blob;
    private readonly string path;
    private readonly WriteCondition condition;
    private readonly CancellationToken cancel;
    private readonly IReadOnlyDictionary<string, string>? metadata;
    private readonly byte[] writer = RandomNumberGenerator.GetBytes(12);
    private readonly List<string> blocks = [];
    private byte[] filling = [];
    private byte[] spare = [];
    private int filled;
    private Task onItsWay = Task.CompletedTask;
    private bool committed;

    public BlobWriteStream(
        BlobContainerClient container, string path, WriteCondition condition, CancellationToken cancel,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        blob = container.GetBlockBlobClient(path);
        this.path = path;
        this.condition = condition;
        this.cancel = cancel;
        this.metadata = metadata;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !committed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (filled == BlockLength)
                await SendBlock().ConfigureAwait(false);
            Reserve(Math.Min(BlockLength, filled + buffer.Length));
            var count = Math.Min(buffer.Length, Math.Min(filling.Length, BlockLength) - filled);
            buffer.Span[..count].CopyTo(filling.AsSpan(filled));
            filled += count;
            buffer = buffer[count..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Makes the blob; null if the condition did not hold.</summary>
    public async Task<StoredFile?> Commit()
    {
        committed = true;
        var conditions = new BlobRequestConditions
        {
            IfNoneMatch = condition.MustBeAbsent ? ETag.All : null,
            IfMatch = condition.Version is { } version ? new ETag(version) : null,
        };
        var marks = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { [WriterKey] = Mark };
        try
        {
            var (info, length) = blocks.Count == 0
                ? await PutWhole(conditions, marks).ConfigureAwait(false)
                : await PutBlocks(conditions, marks).ConfigureAwait(false);
            return new StoredFile(path, length, BlobArea.Text(info.ETag), info.LastModified);
        }
        catch (RequestFailedException failed) when (AzureErrors.IsCondition(failed) || IsGone(failed))
        {
            // A request may have been done though its answer was lost: then the SDK's next try meets what we wrote ourselves.
            return await StandingOfMine().ConfigureAwait(false);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        // What was staged and not committed the service drops after a week.
        await Task.WhenAny(onItsWay).ConfigureAwait(false);
        _ = onItsWay.Exception;
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private string Mark => Convert.ToHexStringLower(writer);

    private int BlockLength => BlockBytes * (1 + (blocks.Count / BlocksPerSize));

    private long Sent { get; set; }

    private bool IsGone(RequestFailedException failed) => condition.Version is not null && AzureErrors.IsNoFile(failed);

    private void Reserve(int length)
    {
        if (filling.Length < length)
            Array.Resize(ref filling, Math.Min(BlockLength, Math.Max(length, 2 * filling.Length)));
    }

    private async Task SendBlock()
    {
        await onItsWay.ConfigureAwait(false);
        // The writer's mark in the id keeps two writers of one blob from mixing their blocks.
        var id = new byte[writer.Length + sizeof(int)];
        writer.CopyTo(id, 0);
        BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(writer.Length), blocks.Count);
        var name = Convert.ToBase64String(id);
        var (bytes, length) = (filling, filled);
        onItsWay = AzureErrors.Translate(
            async () =>
            {
                using var content = new MemoryStream(bytes, 0, length, writable: false);
                await blob.StageBlockAsync(name, content, new BlockBlobStageBlockOptions { TransferValidation = Validation }, cancel).ConfigureAwait(false);
            },
            $"'{path}' in area '{blob.BlobContainerName}'",
            cancel);
        blocks.Add(name);
        Sent += length;
        (filling, spare) = (spare, filling);
        filled = 0;
    }

    private async Task<(BlobContentInfo Info, long Length)> PutWhole(BlobRequestConditions conditions, Dictionary<string, string> marks)
    {
        using var content = new MemoryStream(filling, 0, filled, writable: false);
        var options = new BlobUploadOptions
        {
            Conditions = conditions,
            Metadata = marks,
            TransferValidation = Validation,
            TransferOptions = new StorageTransferOptions { InitialTransferSize = int.MaxValue, MaximumConcurrency = 1 },
        };
        return ((await blob.UploadAsync(content, options, cancel).ConfigureAwait(false)).Value, filled);
    }

    private async Task<(BlobContentInfo Info, long Length)> PutBlocks(BlobRequestConditions conditions, Dictionary<string, string> marks)
    {
        if (filled > 0)
            await SendBlock().ConfigureAwait(false);
        await onItsWay.ConfigureAwait(false);
        var options = new CommitBlockListOptions { Conditions = conditions, Metadata = marks };
        try
        {
            return ((await blob.CommitBlockListAsync(blocks, options, cancel).ConfigureAwait(false)).Value, Sent);
        }
        catch (RequestFailedException failed) when (failed.ErrorCode == "InvalidBlockList")
        {
            // Another writer of this path committed in between, and that drops the staged blocks of all others.
            if (condition.MustBeAbsent || condition.Version is not null)
                throw new RequestFailedException(412, "Another writer was first.", failed);
            throw new TransientException("storage.two_writers", $"Two writers met at '{path}': try again.", path, failed);
        }
    }

    private async Task<StoredFile?> StandingOfMine()
    {
        try
        {
            var standing = (await blob.GetPropertiesAsync(cancellationToken: cancel).ConfigureAwait(false)).Value;
            return standing.Metadata.TryGetValue(WriterKey, out var mark) && mark == Mark
                ? new StoredFile(path, standing.ContentLength, BlobArea.Text(standing.ETag), standing.LastModified)
                : null;
        }
        catch (RequestFailedException failed) when (AzureErrors.IsNoFile(failed))
        {
            return null;
        }
    }
}
