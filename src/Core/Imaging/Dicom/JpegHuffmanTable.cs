namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>A Huffman table of difference categories (ITU-T T.81 annexes C, F.2.2.3 and H.1.2.2).</summary>
internal sealed class JpegHuffmanTable
{
    private const int Longest = 16;
    private readonly int[] _least = new int[Longest + 1];
    private readonly int[] _beyond = new int[Longest + 1];
    private readonly int[] _first = new int[Longest + 1];
    private readonly byte[] _categories;
    private readonly string _file;

    private JpegHuffmanTable(ReadOnlySpan<byte> counts, byte[] categories, string file)
    {
        (_categories, _file) = (categories, file);
        var code = 0;
        var index = 0;
        for (var length = 1; length <= Longest; length++)
        {
            (_least[length], _first[length]) = (code, index);
            code += counts[length - 1];
            index += counts[length - 1];
            if (code > 1 << length)
                throw DicomErrors.Malformed(file, "a JPEG Huffman table has more codes than there are");
            _beyond[length] = code;
            code <<= 1;
        }
    }

    public static void Read(ReadOnlySpan<byte> body, JpegHuffmanTable?[] tables, string file)
    {
        while (body.Length > 0)
        {
            if (body.Length < 1 + Longest)
                throw DicomErrors.Truncated(file, "a JPEG Huffman table");
            var total = 0;
            foreach (var count in body.Slice(1, Longest))
                total += count;
            if (total > 256 || body.Length < 1 + Longest + total)
                throw DicomErrors.Truncated(file, "a JPEG Huffman table");
            tables[body[0] & 3] = new(body.Slice(1, Longest), body.Slice(1 + Longest, total).ToArray(), file);
            body = body[(1 + Longest + total)..];
        }
    }

    public int Difference(ref JpegBits bits)
    {
        var code = 0;
        for (var length = 1; length <= Longest; length++)
        {
            code = (code << 1) | bits.Next();
            if (code >= _beyond[length])
                continue;
            var category = _categories[_first[length] + code - _least[length]];
            if (category == 0)
                return 0;
            if (category == 16)
                return 32768;
            if (category > 16)
                break;
            var value = 0;
            for (var i = 0; i < category; i++)
                value = (value << 1) | bits.Next();
            return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
        }
        throw DicomErrors.Malformed(_file, "its JPEG scan holds a code that is in no table");
    }
}

/// <summary>Bits of entropy-coded data, with the stuffed bytes taken out.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> data, string file)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;
    private int _held;
    private int _count;

    public int Next()
    {
        if (_count == 0)
        {
            if (_at >= _data.Length)
                throw DicomErrors.Truncated(file, "a JPEG scan");
            _held = _data[_at++];
            if (_held == 0xFF)
            {
                if (_at >= _data.Length || _data[_at] != 0)
                    throw DicomErrors.Truncated(file, "a JPEG scan");
                _at++;
            }
            _count = 8;
        }
        return (_held >> --_count) & 1;
    }

    /// <summary>Drops the rest of the byte and takes the restart marker.</summary>
    public void Restart()
    {
        _count = 0;
        if (_at + 1 >= _data.Length || _data[_at] != 0xFF || _data[_at + 1] is < 0xD0 or > 0xD7)
            throw DicomErrors.Malformed(file, "its JPEG scan lacks a restart marker");
        _at += 2;
    }
}
