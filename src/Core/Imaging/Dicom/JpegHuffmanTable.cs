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

    /// <summary>By the next eight bits: length of the code and category, in a byte each; 0 where the code is longer.</summary>
    private readonly ushort[] _short = new ushort[256];

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
            for (var i = _least[length]; length <= 8 && i < code; i++)
                _short.AsSpan(i << (8 - length), 1 << (8 - length)).Fill((ushort)((length << 8) | categories[_first[length] + i - _least[length]]));
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
        var category = Category(ref bits);
        if (category == 0)
            return 0;
        if (category == 16)
            return 32768;
        var value = bits.Take(category);
        return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
    }

    private int Category(ref JpegBits bits)
    {
        var known = _short[bits.Peek()];
        if (known != 0)
        {
            bits.Take(known >> 8);
            if ((known & 0xFF) <= Longest)
                return known & 0xFF;
        }
        else
        {
            var code = 0;
            for (var length = 1; length <= Longest; length++)
            {
                code = (code << 1) | bits.Take(1);
                if (code < _beyond[length] && _categories[_first[length] + code - _least[length]] is <= Longest and var category)
                    return category;
            }
        }
        throw DicomErrors.Malformed(_file, "its JPEG scan holds a code that is in no table");
    }
}

/// <summary>Bits of entropy-coded data, with the stuffed bytes taken out; they end before the next marker.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> data, string file)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;
    private uint _held;
    private int _count;

    /// <summary>The next eight bits without taking them, zeros behind the end.</summary>
    public int Peek()
    {
        if (_count < 8)
            Fill();
        return (int)(_count >= 8 ? _held >> (_count - 8) : _held << (8 - _count)) & 0xFF;
    }

    /// <summary>The next bits, 1 to 16.</summary>
    public int Take(int count)
    {
        if (_count < count)
            Fill();
        if (_count < count)
            throw DicomErrors.Truncated(file, "a JPEG scan");
        _count -= count;
        return (int)(_held >> _count) & ((1 << count) - 1);
    }

    /// <summary>Drops the rest of the byte and takes the restart marker.</summary>
    public void Restart()
    {
        Fill();
        if (_count >= 8 || _at + 1 >= _data.Length || _data[_at] != 0xFF || _data[_at + 1] is < 0xD0 or > 0xD7)
            throw DicomErrors.Malformed(file, "its JPEG scan lacks a restart marker");
        _count = 0;
        _at += 2;
    }

    private void Fill()
    {
        while (_count <= 24 && _at < _data.Length)
        {
            var next = _data[_at];
            if (next == 0xFF && (_at + 1 >= _data.Length || _data[_at + 1] != 0))
                return;
            _at += next == 0xFF ? 2 : 1;
            _held = (_held << 8) | next;
            _count += 8;
        }
    }
}
