using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>Put Blob, Put Block and Put Block List.</summary>
internal sealed class BlobUploads(IFileAreas areas, BlockStaging staging, AreaUsages usages, FreeDisk disk, BlobLimits limits, TimeProvider time)
{
    private static readonly string[] BodyMd5 = ["Content-MD5"];
    private static readonly string[] BlobMd5 = ["Content-MD5", "x-ms-blob-content-md5"];

    private const int CommitTurns = 64;

    /// <summary>Two commits of one file take turns, so that a second try waits for the first.</summary>
    private readonly SemaphoreSlim[] commitTurns = [.. Enumerable.Range(0, CommitTurns).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Headers that change what a request means, and that are not understood here.</summary>
    private static readonly string[] Refused =
    [
        "x-ms-copy-source", "x-ms-structured-body", "x-ms-content-crc64", "x-ms-encryption-key", "x-ms-encryption-scope", "x-ms-lease-id", "x-ms-if-tags",
        "If-Modified-Since", "If-Unmodified-Since", "Content-Encoding", "Content-Range",
    ];

    /// <exception cref="BlobProblem"/>
    public async Task<StoredFile> PutBlob(BlobTarget target, bool mayOverwrite, IReadOnlyDictionary<string, string> headers, Stream stream, CancellationToken cancel)
    {
        RefuseHeaders(headers);
        if (!headers.TryGetValue("x-ms-blob-type", out var type) || type != "BlockBlob")
            throw BlobProblem.BadHeader("x-ms-blob-type");
        var condition = UploadCondition.Of(headers, mayOverwrite);
        var body = new BlobBody(stream, headers, BlobMd5, Math.Min(limits.RequestBytes, limits.FileBytes), limits.BodyTime, time);
        return await Write(target, condition, body.Length, body.Length, file => body.CopyTo(file, cancel), cancel).ConfigureAwait(false);
    }

    /// <exception cref="BlobProblem"/>
    public async Task PutBlock(BlobTarget target, bool mayOverwrite, IReadOnlyDictionary<string, string> headers, Stream stream, CancellationToken cancel)
    {
        RefuseHeaders(headers);
        var id = BlockList.Id(target.Single("blockid") ?? "")
            ?? throw new BlobProblem(400, "InvalidQueryParameterValue", "The id of a block is 1 to 64 bytes in base 64.");
        var body = new BlobBody(stream, headers, BodyMd5, Math.Min(limits.RequestBytes, limits.FileBytes), limits.BodyTime, time);
        if (body.Length == 0)
            throw BlobProblem.BadHeader("Content-Length");
        if (!mayOverwrite && await areas.Area(target.Area).Find(target.Path, cancel).ConfigureAwait(false) is not null)
            throw BlobProblem.AlreadyThere();
        var usage = await usages.Of(target.Area, cancel).ConfigureAwait(false);
        var name = BlockStaging.NameOf(target.Path);
        usage.RequireBlock(name);
        disk.Require(body.Length);
        usage.Reserve(body.Length);
        long? replaced;
        try
        {
            replaced = await staging.Keep(target.Area, name, id, body, cancel).ConfigureAwait(false);
        }
        catch
        {
            usage.GiveBack(body.Length);
            throw;
        }
        usage.BlockCame(name, body.Length, replaced);
    }

    /// <exception cref="BlobProblem"/>
    public async Task<StoredFile> PutBlockList(BlobTarget target, bool mayOverwrite, IReadOnlyDictionary<string, string> headers, Stream stream, CancellationToken cancel)
    {
        RefuseHeaders(headers);
        var condition = UploadCondition.Of(headers, mayOverwrite);
        var body = new BlobBody(stream, headers, BodyMd5, BlockList.MaximumBytes(limits.FileBlocks), limits.BodyTime, time);
        using var xml = new MemoryStream();
        await body.CopyTo(xml, cancel).ConfigureAwait(false);
        xml.Position = 0;
        var ids = BlockList.Read(xml, limits.FileBlocks);
        var turn = commitTurns[(uint)target.Path.GetHashCode(StringComparison.Ordinal) % CommitTurns];
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await Commit(target, condition, ids).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private static void RefuseHeaders(IReadOnlyDictionary<string, string> headers)
    {
        if (Refused.FirstOrDefault(headers.ContainsKey) is { } header)
            throw new BlobProblem(400, "UnsupportedHeader", $"The header {header} is not supported.");
    }

    /// <summary>Goes on where the client hangs up: putting a large file together may take longer than it waits, and its next try finds the file.</summary>
    private async Task<StoredFile> Commit(BlobTarget target, UploadCondition condition, IReadOnlyList<byte[]> ids)
    {
        var name = BlockStaging.NameOf(target.Path);
        await condition.Require(areas.Area(target.Area), target.Path, CancellationToken.None).ConfigureAwait(false);
        // A list may name a block many times: its length is that of the list and not of what came.
        var (length, distinct) = (0L, new Dictionary<string, long>(StringComparer.Ordinal));
        foreach (var id in ids)
        {
            var block = distinct[Convert.ToHexString(id)] = staging.LengthOf(target.Area, name, id) ?? throw BlobProblem.BadBlockList();
            length += block;
            if (length > limits.FileBytes)
                throw BlobProblem.TooLarge(limits.FileBytes);
        }
        var more = Math.Max(0, length - distinct.Values.Sum());
        return await Write(target, condition, length, more, file => Assemble(target.Area, name, ids, length, file), CancellationToken.None).ConfigureAwait(false);
    }

    private async Task Assemble(string area, string name, IReadOnlyList<byte[]> ids, long length, Stream file)
    {
        await staging.CopyTo(area, name, ids, file, CancellationToken.None).ConfigureAwait(false);
        if (file.Length != length)
            throw BlobProblem.BadBlockList(); // A block was replaced in the meantime.
    }

    private async Task<StoredFile> Write(
        BlobTarget target, UploadCondition condition, long length, long more, Func<Stream, Task> write, CancellationToken cancel)
    {
        var area = areas.Area(target.Area);
        await condition.Require(area, target.Path, cancel).ConfigureAwait(false);
        var usage = await usages.Of(target.Area, cancel).ConfigureAwait(false);
        var name = BlockStaging.NameOf(target.Path);
        usage.RequireFile(name);
        disk.Require(length);
        usage.Reserve(more);
        StoredFile file;
        try
        {
            file = await area.Write(target.Path, write, condition.Condition, cancel).ConfigureAwait(false) ?? throw condition.Problem;
        }
        catch
        {
            usage.GiveBack(more);
            throw;
        }
        usage.FileCame(name, length, more, staging.Drop(target.Area, name));
        return file;
    }
}
