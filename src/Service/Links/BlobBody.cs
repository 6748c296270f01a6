using System.Security.Cryptography;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>The body of a request: as long as it says, within a time, with the checksum that it names.</summary>
internal sealed class BlobBody
{
    private const int BufferSize = 128 * 1024;
    private readonly Stream stream;
    private readonly byte[]? md5;
    private readonly TimeSpan time;
    private readonly TimeProvider clock;

    /// <exception cref="BlobProblem">No length, or one that is too large; a checksum that is none.</exception>
    public BlobBody(Stream stream, IReadOnlyDictionary<string, string> headers, string[] md5Headers, long limit, TimeSpan time, TimeProvider clock)
    {
        (this.stream, this.time, this.clock) = (stream, time, clock);
        if (!headers.TryGetValue("Content-Length", out var text))
            throw new BlobProblem(411, "MissingContentLengthHeader", "The length of the body must be said before.");
        if (text.Length is 0 or > 18 || !text.All(char.IsAsciiDigit))
            throw BlobProblem.BadHeader("Content-Length");
        Length = long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        if (Length > limit)
            throw BlobProblem.TooLarge(limit);
        foreach (var header in md5Headers)
        {
            if (!headers.TryGetValue(header, out var value))
                continue;
            md5 = new byte[MD5.HashSizeInBytes];
            if (!Convert.TryFromBase64String(value, md5, out var bytes) || bytes != md5.Length)
                throw new BlobProblem(400, "InvalidMd5", $"The header {header} is no MD5.");
            break;
        }
    }

    public long Length { get; }

    /// <exception cref="BlobProblem">It is shorter or longer than it said, slower than allowed, or not what its checksum says.</exception>
    public async Task CopyTo(Stream target, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(time, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
#pragma warning disable CA5351 // The protocol's check against errors on the way; not about security.
        using var hash = md5 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        var buffer = new byte[BufferSize];
        for (var left = Length; ;)
        {
            // One byte more than is due shows a body that goes on.
            var read = await Read(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left + 1)), late.Token, stop.Token).ConfigureAwait(false);
            if (read > left)
                throw BlobProblem.BadBody("is longer than it said");
            if (read == 0)
            {
                if (left > 0)
                    throw BlobProblem.BadBody("ended before the length that it said");
                break;
            }
            hash?.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
            left -= read;
        }
        if (hash is not null && !CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), md5))
            throw new BlobProblem(400, "Md5Mismatch", "The body is not what its MD5 says: send it again.");
    }

    private async Task<int> Read(Memory<byte> buffer, CancellationToken late, CancellationToken stop)
    {
        try
        {
            return await stream.ReadAsync(buffer, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new BlobProblem(408, "OperationTimedOut", "The body took too long: send smaller blocks.");
        }
        catch (IOException)
        {
            throw BlobProblem.BadBody("broke off");
        }
    }
}
