namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

/// <summary>
/// Writes one grey-scale image as lossless JPEG (ITU-T T.81 process 14, SOF3), with a fixed Huffman table of all 17 difference
/// categories, five bits each; or, unary, a table of 16 codes of 1 to 16 bits. Simple and wasteful, which does for tests.
/// </summary>
internal static class LosslessJpegEncoder
{
    public static byte[] Encode(ushort[] samples, int rows, int columns, int precision, int selection, int restartLines = 0, bool unary = false)
    {
        var bytes = new List<byte>
        {
            0xFF, 0xD8,
            0xFF, 0xC3, 0, 11, (byte)precision, (byte)(rows >> 8), (byte)rows, (byte)(columns >> 8), (byte)columns, 1, 1, 0x11, 0,
            0xFF, 0xC4, 0, (byte)(unary ? 35 : 36), 0,
        };
        byte[] counts = [0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        bytes.AddRange(unary ? Enumerable.Repeat((byte)1, 16) : counts);
        bytes.AddRange(Enumerable.Range(0, unary ? 16 : 17).Select(i => (byte)i));
        if (restartLines > 0)
            bytes.AddRange([0xFF, 0xDD, 0, 4, (byte)((restartLines * columns) >> 8), (byte)(restartLines * columns)]);
        bytes.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, (byte)selection, 0, 0]);
        var bits = new BitWriter(bytes);
        var first = 0;
        for (var y = 0; y < rows; y++)
        {
            if (restartLines > 0 && y > 0 && y % restartLines == 0)
            {
                bits.Flush();
                bytes.AddRange([0xFF, (byte)(0xD0 + (((y / restartLines) - 1) % 8))]);
                first = y;
            }
            for (var x = 0; x < columns; x++)
            {
                // Differences are taken modulo 2^16 (section H.1.2.1).
                var difference = unchecked((short)(samples[(y * columns) + x] - Predict(samples, x, y, y == first, columns, precision, selection)));
                Write(bits, difference, unary);
            }
        }
        bits.Flush();
        bytes.AddRange([0xFF, 0xD9]);
        return [.. bytes];
    }

    private static int Predict(ushort[] samples, int x, int y, bool isFirst, int columns, int precision, int selection)
    {
        if (x == 0 && isFirst)
            return 1 << (precision - 1);
        var at = (y * columns) + x;
        if (isFirst)
            return samples[at - 1];
        if (x == 0)
            return samples[at - columns];
        int a = samples[at - 1], b = samples[at - columns], c = samples[at - columns - 1];
        return selection switch
        {
            1 => a,
            2 => b,
            3 => c,
            4 => a + b - c,
            5 => a + ((b - c) >> 1),
            6 => b + ((a - c) >> 1),
            _ => (a + b) >> 1,
        };
    }

    private static void Write(BitWriter bits, int difference, bool unary)
    {
        if (difference == short.MinValue)
        {
            // Category 16 has no further bits.
            bits.Write(16, 5);
            return;
        }
        var size = 0;
        while (Math.Abs(difference) >> size != 0)
            size++;
        bits.Write(unary ? (2 << size) - 2 : size, unary ? size + 1 : 5);
        if (size > 0)
            bits.Write(difference > 0 ? difference : difference + (1 << size) - 1, size);
    }

    private sealed class BitWriter(List<byte> bytes)
    {
        private int _held;
        private int _count;

        public void Write(int value, int size)
        {
            for (var bit = size - 1; bit >= 0; bit--)
            {
                _held = (_held << 1) | ((value >> bit) & 1);
                if (++_count < 8)
                    continue;
                bytes.Add((byte)_held);
                if (_held == 0xFF)
                    bytes.Add(0);
                (_held, _count) = (0, 0);
            }
        }

        public void Flush()
        {
            while (_count != 0)
                Write(1, 1);
        }
    }
}
