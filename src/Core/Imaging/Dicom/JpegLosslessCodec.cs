using JpegLibrary;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>JPEG lossless, process 14, of any selection value, decoded by JpegLibrary, whose errors are wrapped here.</summary>
internal static class JpegLosslessCodec
{
    private const byte StartOfFrame3 = 0xC3;

    /// <summary>One frame as unsigned samples; the caller masks and extends them to the bits stored.</summary>
    public static void Decode(ReadOnlyMemory<byte> frame, PixelFormat format, string file, Span<int> values)
    {
        var samples = new int[format.Samples];
        try
        {
            var decoder = new JpegDecoder();
            decoder.SetInput(frame);
            decoder.Identify();
            if ((byte)decoder.StartOfFrame != StartOfFrame3)
                throw DicomErrors.Malformed(file, "its JPEG frame is not a lossless one (process 14)");
            if (decoder.Width != format.Columns || decoder.Height != format.Rows || decoder.NumberOfComponents != 1)
                throw DicomErrors.Malformed(file,
                    $"its JPEG frame has {decoder.Width} x {decoder.Height} pixels of {decoder.NumberOfComponents} component(s), its header {format.Columns} x {format.Rows} of 1");
            if (decoder.Precision > format.BitsAllocated || decoder.Precision < format.BitsStored)
                throw DicomErrors.Malformed(file,
                    $"its JPEG frame has {decoder.Precision} bits, its header {format.BitsStored} of {format.BitsAllocated}");
            var writer = new Writer(samples, format.Columns, format.Rows);
            decoder.SetOutputWriter(writer);
            decoder.Decode();
            if (!writer.Complete)
                throw DicomErrors.Truncated(file, "a JPEG frame");
        }
        catch (Exception e) when (e is not RadiogenomicsException and not OperationCanceledException)
        {
            // The decoder reports bad bytes with whatever exception they led to.
            throw DicomErrors.Malformed(file, "its JPEG lossless frame cannot be decoded", e);
        }
        samples.CopyTo(values);
    }

    private sealed class Writer(int[] samples, int columns, int rows) : JpegBlockOutputWriter
    {
        private const int Block = 8;
        private long _written;

        public bool Complete => _written >= samples.Length;

        public override void WriteBlock(ref short blockRef, int componentIndex, int x, int y)
        {
            var block = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref blockRef, Block * Block);
            for (var row = 0; row < Block && y + row < rows; row++)
            {
                for (var column = 0; column < Block && x + column < columns; column++)
                {
                    samples[((y + row) * columns) + x + column] = (ushort)block[(row * Block) + column];
                    _written++;
                }
            }
        }
    }
}
