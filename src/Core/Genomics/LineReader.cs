using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Genomics;

/// <summary>Reads the lines of a MAF or VCF file with a bound on their length; ends of line are LF or CR LF.</summary>
internal sealed class LineReader(Stream stream, string path, TableReadOptions options) : IDisposable
{
    private readonly StreamReader text = TextSource.Open(stream, path, options);
    private readonly char[] buffer = new char[1 << 14];
    private char[] line = new char[1 << 12];
    private int start;
    private int end;

    /// <summary>Number of the last line read, from 1.</summary>
    public int Number { get; private set; }

    public string Where => $"{path}:{Number}";

    /// <summary>The next line without its end, valid until the next call; false at the end of the file.</summary>
    public bool Read(out ReadOnlySpan<char> read)
    {
        var length = 0;
        while (true)
        {
            if (start == end)
            {
                (start, end) = (0, text.Read(buffer, 0, buffer.Length));
                if (end == 0)
                {
                    read = line.AsSpan(0, length);
                    if (length > 0)
                        Number++;
                    return length > 0;
                }
            }
            var rest = buffer.AsSpan(start, end - start);
            var stop = rest.IndexOf('\n');
            var part = stop < 0 ? rest : rest[..stop];
            Append(part, ref length);
            start += part.Length;
            if (stop < 0)
                continue;
            start++;
            Number++;
            if (length > 0 && line[length - 1] == '\r')
                length--;
            read = line.AsSpan(0, length);
            return true;
        }
    }

    public void Dispose() => text.Dispose();

    private void Append(ReadOnlySpan<char> part, ref int length)
    {
        if (length + part.Length > options.MaxLineLength)
            throw new BadInputException(
                "text.line-too-long",
                $"Line {Number + 1} of {path} is longer than {options.MaxLineLength} characters, the limit.",
                $"{path}:{Number + 1}");
        if (length + part.Length > line.Length)
            Array.Resize(ref line, Math.Max(2 * line.Length, length + part.Length));
        part.CopyTo(line.AsSpan(length));
        length += part.Length;
    }
}
