using System.Buffers;
using System.Buffers.Binary;
using Azure;
using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using RadiogenomicsCloud.AzureStorage.Files;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.AzureStorage.Upload;

/// <summary>
/// Uploads to blobs below a link, or with an identity. A file is put only where there is none, unless the link allows to replace it. Long files
/// go in blocks of <see cref="BlockBytes"/>, as many at once as there are workers, each with its MD5; their ids follow from the file's hash,
/// so that an upload that was cut short goes on with those that are missing.
/// </summary>
public sealed class BlobUploadTarget : IUploadTarget, IDisposable
{
    /// <summary>Files up to this length go in one request.</summary>
    public const int BlockBytes = 8 * 1024 * 1024;

    /// <summary>Metadata of what we upload: the hash, so that who may read can compare.</summary>
    internal const string HashKey = "sha256";
    private const int MostBlocks = 50_000;
    private const long MostBytesAtOnce = 5_000L * 1024 * 1024;

    private static readonly UploadTransferValidationOptions Validation = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    private readonly UploadLink link;
    private readonly TokenCredential? credential;
    private readonly BlobClientOptions options;
    private readonly SemaphoreSlim requests;
    private readonly int parallel;

    /// <summary>Known of the link by what it says, or by what it did.</summary>
    private volatile bool allowsToCreate;

    /// <param name="parallel">Requests at the same time; each holds one block in memory.</param>
    /// <param name="settings">Whose identity to use where the link is not signed; retries.</param>
    public BlobUploadTarget(UploadLink link, int parallel, AzureStorageOptions settings)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(settings);
        this.link = link;
        this.parallel = parallel;
        credential = link.IsSigned ? null : settings.CredentialOrDefault();
        options = settings.Apply(new BlobClientOptions());
        requests = new SemaphoreSlim(parallel);
        allowsToCreate = link.Rights?.Contains('c', StringComparison.Ordinal) == true;
    }

    public string Description => link.Description;

    public async Task<SentFile> Send(CohortFile file, OpenFile open, UploadState state, Action<long> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(progress);
        var blob = Blob(BlobPath.Check(file.Path));
        try
        {
            return file.Length <= BlockBytes
                ? await SendShort(blob, file, open, progress, cancel).ConfigureAwait(false)
                : await SendLong(blob, file, open, state, progress, cancel).ConfigureAwait(false);
        }
        catch (RequestFailedException failed) when (IsThere(failed) || (IsNotAllowed(failed) && file.Length <= MostBytesAtOnce && (allowsToCreate || state.HasArrivedOtherwise(file))))
        {
            if (state.HasArrivedOtherwise(file))
                throw UploadErrors.CannotReplace(file.Path, failed);
            if (file.Length <= BlockBytes)
                progress(file.Length);
            return new SentFile(0, WasThere: true);
        }
        catch (Exception exception) when (AzureErrors.IsOfStorage(exception, cancel))
        {
            throw UploadErrors.Describe(exception, Description);
        }
    }

    public void Dispose() => requests.Dispose();

    /// <summary>Whether an answer says that the file is there and this link may not replace it.</summary>
    private static bool IsThere(RequestFailedException failed) =>
        AzureErrors.IsCondition(failed) || failed is { Status: 403, ErrorCode: "UnauthorizedBlobOverwrite" };

    /// <summary>The emulator, and older services, say no more than this of an overwrite too.</summary>
    private static bool IsNotAllowed(RequestFailedException failed) => failed is { Status: 403, ErrorCode: "AuthorizationPermissionMismatch" };

    private static BlobRequestConditions OnlyIfAbsent => new() { IfNoneMatch = ETag.All };

    private BlockBlobClient Blob(string path) => credential is null
        ? new BlockBlobClient(link.To(path), options)
        : new BlockBlobClient(link.To(path), credential, options);

    private async Task<SentFile> SendShort(BlockBlobClient blob, CohortFile file, OpenFile open, Action<long> progress, CancellationToken cancel)
    {
        await requests.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var bytes = new byte[file.Length];
            await Read(file, open, 0, bytes, cancel).ConfigureAwait(false);
            var put = await PutOrReplace(
                blob, file,
                async conditions =>
                {
                    using var content = new MemoryStream(bytes, writable: false);
                    await blob.UploadAsync(content, Whole(file, conditions), cancel).ConfigureAwait(false);
                },
                cancel).ConfigureAwait(false);
            progress(file.Length);
            return new SentFile(put ? file.Length : 0);
        }
        finally
        {
            requests.Release();
        }
    }

    private async Task<SentFile> SendLong(
        BlockBlobClient blob, CohortFile file, OpenFile open, UploadState state, Action<long> progress, CancellationToken cancel)
    {
        var length = Math.Max(BlockBytes, (file.Length + MostBlocks - 1) / MostBlocks);
        var count = (file.Length + length - 1) / length;
        long sent = 0;
        for (var again = false; ; again = true)
        {
            try
            {
                await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancel }, async (block, token) =>
                {
                    var size = (int)Math.Min(length, file.Length - (block * length));
                    if (!state.HasBlock(file, block))
                    {
                        await SendBlock(blob, file, open, block, block * length, size, token).ConfigureAwait(false);
                        state.BlockArrived(file, block);
                        Interlocked.Add(ref sent, size);
                    }
                    if (!again)
                        progress(size);
                }).ConfigureAwait(false);
                var ids = Enumerable.Range(0, (int)count).Select(block => BlockId(file, block)).ToList();
                await PutOrReplace(
                    blob, file,
                    conditions => blob.CommitBlockListAsync(ids, new CommitBlockListOptions { Conditions = conditions, Metadata = Marks(file) }, cancel),
                    cancel).ConfigureAwait(false);
                return new SentFile(sent);
            }
            catch (RequestFailedException failed) when (failed.ErrorCode == "InvalidBlockList" && !again)
            {
                state.ForgetBlocks(file); // The service drops blocks after a week, or when another upload of the file is done.
            }
            catch (RequestFailedException failed) when (IsNotAllowed(failed) && file.Length <= MostBytesAtOnce)
            {
                // Older services allow blocks only to who may also overwrite; the whole file in one request they allow.
                return await SendAtOnce(blob, file, open, cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task SendBlock(BlockBlobClient blob, CohortFile file, OpenFile open, long block, long from, int size, CancellationToken cancel)
    {
        await requests.WaitAsync(cancel).ConfigureAwait(false);
        var bytes = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            await Read(file, open, from, bytes.AsMemory(0, size), cancel).ConfigureAwait(false);
            using var content = new MemoryStream(bytes, 0, size, writable: false);
            await blob.StageBlockAsync(
                BlockId(file, (int)block), content, new BlockBlobStageBlockOptions { TransferValidation = Validation }, cancel).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            requests.Release();
        }
    }

    private async Task<SentFile> SendAtOnce(BlockBlobClient blob, CohortFile file, OpenFile open, CancellationToken cancel)
    {
        await requests.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var content = await open(file, cancel).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
                await blob.UploadAsync(content, Whole(file, OnlyIfAbsent), cancel).ConfigureAwait(false);
            allowsToCreate = true;
            return new SentFile(file.Length);
        }
        finally
        {
            requests.Release();
        }
    }

    /// <summary>Puts where there is nothing; what is there is compared where it may be read, else replaced where the link allows that.</summary>
    /// <returns>False if the same content was there.</returns>
    private async Task<bool> PutOrReplace(BlockBlobClient blob, CohortFile file, Func<BlobRequestConditions?, Task> put, CancellationToken cancel)
    {
        try
        {
            await put(OnlyIfAbsent).ConfigureAwait(false);
            allowsToCreate = true;
            return true;
        }
        catch (RequestFailedException failed) when (AzureErrors.IsCondition(failed) && MayReplace)
        {
            if (await IsSame(blob, file, cancel).ConfigureAwait(false))
                return false;
        }
        try
        {
            await put(null).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException failed) when (IsNotAllowed(failed))
        {
            throw new RequestFailedException(403, "The link does not allow to replace.", "UnauthorizedBlobOverwrite", failed);
        }
    }

    private bool MayReplace => link.Rights is not { } rights || rights.Contains('w', StringComparison.Ordinal);

    private async Task<bool> IsSame(BlockBlobClient blob, CohortFile file, CancellationToken cancel)
    {
        if (link.Rights is { } rights && !rights.Contains('r', StringComparison.Ordinal))
            return false;
        try
        {
            var found = (await blob.GetPropertiesAsync(cancellationToken: cancel).ConfigureAwait(false)).Value;
            return found.ContentLength == file.Length && found.Metadata.TryGetValue(HashKey, out var hash) && hash == file.Sha256;
        }
        catch (RequestFailedException failed) when (failed.Status is 403 or 404)
        {
            return false;
        }
    }

    private static Dictionary<string, string> Marks(CohortFile file) => new() { [HashKey] = file.Sha256 };

    private static BlobUploadOptions Whole(CohortFile file, BlobRequestConditions? conditions) => new()
    {
        Conditions = conditions,
        Metadata = Marks(file),
        TransferValidation = Validation,
        TransferOptions = new StorageTransferOptions { InitialTransferSize = MostBytesAtOnce, MaximumConcurrency = 1 },
    };

    private static string BlockId(CohortFile file, int block)
    {
        const int HashBytes = 12;
        var id = new byte[HashBytes + sizeof(int)];
        Convert.FromHexString(file.Sha256.AsSpan(0, 2 * HashBytes), id, out _, out _);
        BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(HashBytes), block);
        return Convert.ToBase64String(id);
    }

    private static async Task Read(CohortFile file, OpenFile open, long from, Memory<byte> bytes, CancellationToken cancel)
    {
        var content = await open(file, cancel).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            content.Position = from;
            await content.ReadExactlyAsync(bytes, cancel).ConfigureAwait(false);
        }
    }
}
