namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// Lossless JPEG, process 14 (ITU-T T.81 annex H), of one component: every selection value, point transform and restart intervals.
/// Our own, because JpegLibrary 0.4 predicts the first line by the wrong neighbour for selection values 2, 3, 6 and 7 and halves
/// 16-bit predictions as signed numbers, both without an error.
/// </summary>
internal static class JpegLosslessCodec
{
    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfFrame3 = 0xC3, StartOfScan = 0xDA;
    private const byte DefineHuffmanTables = 0xC4, DefineRestartInterval = 0xDD;

    /// <summary>One frame as unsigned samples; the caller masks and extends them to the bits stored.</summary>
    public static void Decode(ReadOnlySpan<byte> jpeg, PixelFormat format, string file, Span<int> values)
    {
        if (jpeg.Length < 4 || jpeg[0] != 0xFF || jpeg[1] != StartOfImage)
            throw DicomErrors.Malformed(file, "its JPEG frame does not begin as one");
        var tables = new JpegHuffmanTable?[4];
        var precision = 0;
        var restart = 0;
        var at = 2;
        while (true)
        {
            var (marker, body) = Segment(jpeg, ref at, file);
            switch (marker)
            {
                case StartOfFrame3:
                    precision = Frame(body, format, file);
                    break;
                case DefineHuffmanTables:
                    JpegHuffmanTable.Read(body, tables, file);
                    break;
                case DefineRestartInterval when body.Length >= 2:
                    restart = (body[0] << 8) | body[1];
                    break;
                case StartOfScan:
                    Scan(body, jpeg[at..], tables, precision, restart, format, file, values);
                    return;
                case EndOfImage:
                    throw DicomErrors.Truncated(file, "a JPEG frame without a scan");
                case >= 0xC0 and <= 0xCF:
                    throw DicomErrors.Malformed(file, $"its JPEG frame is of process {marker:X2}, not the lossless C3");
                default:
                    break;
            }
        }
    }

    private static (byte Marker, byte[] Body) Segment(ReadOnlySpan<byte> jpeg, ref int at, string file)
    {
        while (at + 1 < jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] == 0xFF)
            at++;
        if (at + 1 < jpeg.Length && jpeg[at] != 0xFF)
            throw DicomErrors.Malformed(file, "its JPEG frame has no marker where one should be");
        if (at + 1 < jpeg.Length && jpeg[at + 1] == EndOfImage)
            return (EndOfImage, []);
        if (at + 4 > jpeg.Length)
            throw DicomErrors.Truncated(file, "a JPEG frame");
        var marker = jpeg[at + 1];
        var length = (jpeg[at + 2] << 8) | jpeg[at + 3];
        if (length < 2 || at + 2 + length > jpeg.Length)
            throw DicomErrors.Truncated(file, "a JPEG marker segment");
        var body = jpeg.Slice(at + 4, length - 2).ToArray();
        at += 2 + length;
        return (marker, body);
    }

    private static int Frame(byte[] body, PixelFormat format, string file)
    {
        if (body.Length < 9)
            throw DicomErrors.Truncated(file, "a JPEG frame header");
        int precision = body[0], rows = (body[1] << 8) | body[2], columns = (body[3] << 8) | body[4], components = body[5];
        if (rows != format.Rows || columns != format.Columns || components != 1)
            throw DicomErrors.Malformed(file,
                $"its JPEG frame has {columns} x {rows} pixels of {components} component(s), its header {format.Columns} x {format.Rows} of 1");
        if (precision is < 2 or > 16 || precision > format.BitsAllocated || precision < format.BitsStored)
            throw DicomErrors.Malformed(file,
                $"its JPEG frame has {precision} bits, its header {format.BitsStored} of {format.BitsAllocated}");
        return precision;
    }

    private static void Scan(
        byte[] body, ReadOnlySpan<byte> data, JpegHuffmanTable?[] tables, int precision, int restart, PixelFormat format, string file,
        Span<int> values)
    {
        if (precision == 0 || body.Length < 6 || body[0] != 1)
            throw DicomErrors.Malformed(file, "its JPEG scan has no frame header before it or is not of one component");
        var table = tables[(body[2] >> 4) & 3] ?? throw DicomErrors.Malformed(file, "its JPEG scan names a Huffman table that is not there");
        int selection = body[3], transform = body[5] & 15;
        if (selection is < 1 or > 7 || transform >= precision)
            throw DicomErrors.Malformed(file, $"its JPEG scan has selection value {selection} and point transform {transform}");
        if (restart % format.Columns != 0)
            throw DicomErrors.Malformed(file, "its JPEG restart interval is not a whole number of lines");
        var bits = new JpegBits(data, file);
        var restartLines = restart / format.Columns;
        var firstLine = 0;
        for (var y = 0; y < format.Rows; y++)
        {
            if (restartLines > 0 && y > 0 && y % restartLines == 0)
            {
                bits.Restart();
                firstLine = y;
            }
            Line(ref bits, table, values, y * format.Columns, format.Columns, y == firstLine, selection, 1 << (precision - transform - 1));
        }
        if (transform > 0)
        {
            foreach (ref var value in values)
                value = (value << transform) & 0xFFFF;
        }
    }

    /// <summary>Equations H.1 and table H.1: differences and samples modulo 2¹⁶; the first line by its left, the first column by its upper neighbour.</summary>
    private static void Line(
        ref JpegBits bits, JpegHuffmanTable table, Span<int> values, int from, int columns, bool isFirst, int selection, int start)
    {
        var line = values.Slice(from, columns);
        ReadOnlySpan<int> above = isFirst ? [] : values.Slice(from - columns, columns);
        line[0] = ((isFirst ? start : above[0]) + table.Difference(ref bits)) & 0xFFFF;
        for (var x = 1; x < columns; x++)
        {
            var a = line[x - 1];
            var prediction = isFirst ? a : selection switch
            {
                1 => a,
                2 => above[x],
                3 => above[x - 1],
                4 => a + above[x] - above[x - 1],
                5 => a + ((above[x] - above[x - 1]) >> 1),
                6 => above[x] + ((a - above[x - 1]) >> 1),
                _ => (a + above[x]) >> 1,
            };
            line[x] = (prediction + table.Difference(ref bits)) & 0xFFFF;
        }
    }
}
