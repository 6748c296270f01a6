using System.IO.Compression;

namespace RadiogenomicsCloud.Tables;

/// <summary>
/// Decompresses gzip of one or more members, bounded in size and ratio, and refuses a truncated file.
/// </summary>
/// <remarks>
/// <see cref="GZipStream"/> ends silently where its input is cut off, so a half-uploaded mutation file would read as fewer mutations.
/// Therefore one more member with a known content is appended to the input: it comes out, last and whole, exactly if the file before it
/// ended where a member ends. It is held back and compared; so is what lies before it, since the seal's own bytes would come out of a cut
/// member as at most 1032 times their number of garbage, and nobody should complain about that first.
/// </remarks>
internal sealed class GzipText : ForwardStream
{
    private static readonly byte[] Seal = "\0end of gzip file\0"u8.ToArray();
    private static readonly byte[] SealMember = Compress(Seal);

    private const int HeldBack = 1 << 17;

    private readonly GZipStream inflated;
    private readonly Sealed input;
    private readonly string path;
    private readonly TableReadOptions options;
    private readonly byte[] buffer = new byte[2 * HeldBack];
    private int start;
    private int end;
    private bool ended;
    private long total;

    public GzipText(Stream compressed, string path, TableReadOptions options)
    {
        this.path = path;
        this.options = options;
        input = new Sealed(compressed);
        inflated = new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);
    }

    public override int Read(Span<byte> target)
    {
        if (target.IsEmpty)
            return 0;
        while (!ended && end - start <= HeldBack)
            Fill();
        var count = Math.Min(target.Length, end - start - (ended ? 0 : HeldBack));
        buffer.AsSpan(start, count).CopyTo(target);
        start += count;
        return count;
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        var count = inflated.Read(buffer.AsSpan(end));
        end += count;
        total += count;
        if (total > options.MaxBytes)
            throw new BadInputException("text.too-large", $"{path} decompresses to more than the limit of {options.MaxBytes} bytes.", path);
        if (total > 1 << 20 && total > options.MaxCompressionRatio * input.BytesRead)
            throw new BadInputException(
                "text.compression-ratio",
                $"{path} decompresses to more than {options.MaxCompressionRatio} times its size, the limit.",
                path);
        if (count > 0)
            return;
        if (!buffer.AsSpan(start, end - start).EndsWith(Seal))
            throw new InvalidDataException("The last member is incomplete or followed by other bytes.");
        end -= Seal.Length;
        ended = true;
    }

    private static byte[] Compress(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return memory.ToArray();
    }

    /// <summary>The input followed by the seal.</summary>
    private sealed class Sealed(Stream inner) : ForwardStream
    {
        private int sealRead;

        public long BytesRead { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var count = buffer.IsEmpty ? 0 : inner.Read(buffer);
            BytesRead += count;
            if (count > 0)
                return count;
            count = Math.Min(buffer.Length, SealMember.Length - sealRead);
            SealMember.AsSpan(sealRead, count).CopyTo(buffer);
            sealRead += count;
            return count;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inflated.Dispose();
        base.Dispose(disposing);
    }
}
