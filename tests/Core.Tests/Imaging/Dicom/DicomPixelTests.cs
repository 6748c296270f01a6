using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

public class DicomPixelTests
{
    private static readonly int[] Expected12 = [-2048, -1, 0, 1, 2047, 17];

    [Fact]
    public void Twelve_bits_in_sixteen_are_sign_extended_and_the_bits_above_are_ignored()
    {
        short[] raw = [unchecked((short)0xA800), 0x5FFF, 0x7000, 0x1001, 0x07FF, 0x0011];
        var builder = new DicomBuilder().Pixels(2, 3, raw).Set(DicomTags.BitsStored, "US", 12).Set(DicomTags.HighBit, "US", 11);
        Assert.Equal(Expected12, Frame(builder));
        builder.Set(DicomTags.PixelRepresentation, "US", 0);
        Assert.Equal([2048, 4095, 0, 1, 2047, 17], Frame(builder));
    }

    [Fact]
    public void A_high_bit_above_the_stored_bits_shifts_the_values_down()
    {
        var raw = Expected12.Select(v => unchecked((short)((v << 4) | 0x5))).ToArray();
        var builder = new DicomBuilder().Pixels(2, 3, raw).Set(DicomTags.BitsStored, "US", 12).Set(DicomTags.HighBit, "US", 15);
        Assert.Equal(Expected12, Frame(builder));
    }

    [Theory]
    [InlineData(true, new[] { 0, 127, -128, -1, 5, 6 })]
    [InlineData(false, new[] { 0, 127, 128, 255, 5, 6 })]
    public void Eight_bits_are_read_signed_and_unsigned(bool signed, int[] expected)
    {
        byte[] raw = [0, 127, 128, 255, 5, 6];
        var builder = new DicomBuilder().PixelModule(2, 3, 8, 8, signed).Set(DicomTags.PixelData, "OB", raw);
        Assert.Equal(expected, Frame(builder));
    }

    [Fact]
    public void Eight_bits_in_big_endian_words_are_unswapped()
    {
        byte[] words = [127, 0, 255, 128, 6, 5];
        var builder = new DicomBuilder { Syntax = DicomBuilder.BigEndian }.PixelModule(2, 3, 8, 8, false).Set(DicomTags.PixelData, "OW", words);
        Assert.Equal([0, 127, 128, 255, 5, 6], Frame(builder));
    }

    [Fact]
    public void Thirty_two_bits_are_read_and_unsigned_values_that_do_not_fit_are_refused()
    {
        byte[] raw = [1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF];
        Assert.Equal([1, -2], Frame(new DicomBuilder().PixelModule(1, 2, 32, 32, true).Set(DicomTags.PixelData, "OW", raw)));
        Assert.Throws<BadInputException>(() =>
            Frame(new DicomBuilder().PixelModule(1, 2, 32, 32, false).Set(DicomTags.PixelData, "OW", raw)));
    }

    [Fact]
    public void MONOCHROME1_inverts_the_display_and_not_the_values()
    {
        var builder = new DicomBuilder().Pixels(1, 2, [5, -7]).Set(DicomTags.PhotometricInterpretation, "CS", "MONOCHROME1");
        Assert.Equal([5, -7], Frame(builder));
    }

    [Theory]
    [InlineData("RGB", 3)]
    [InlineData("PALETTE COLOR", 1)]
    public void Colour_is_refused_by_name(string photometric, int samples)
    {
        var builder = new DicomBuilder().Pixels(1, 2, [5, -7]).Set(DicomTags.PhotometricInterpretation, "CS", photometric)
            .Set(DicomTags.SamplesPerPixel, "US", samples);
        var error = Assert.Throws<BadInputException>(() => Frame(builder));
        Assert.Equal("dicom.pixels", error.Code);
        Assert.Contains(photometric, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bit_frames_follow_each_other_without_padding_lowest_bit_first()
    {
        // Three frames of 3 x 3: pixels 0, 10 and 26 of the 27 are set.
        var builder = new DicomBuilder().PixelModule(3, 3, 1, 1, false).Set(DicomTags.NumberOfFrames, "IS", 3)
            .Set(DicomTags.PixelData, "OB", new byte[] { 1, 4, 0, 4 });
        var reader = Reader(builder);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0], reader.ReadFrame(0));
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0, 0], reader.ReadFrame(1));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 1], reader.ReadFrame(2));
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 16)]
    [InlineData(1, 8)]
    public void RLE_frames_decode_to_what_was_encoded(int frames, int bits)
    {
        var images = Enumerable.Range(0, frames).Select(f => Image(f, bits)).ToArray();
        var builder = new DicomBuilder { Syntax = DicomBuilder.Rle }.PixelModule(20, 30, bits, bits, false)
            .Set(DicomTags.NumberOfFrames, "IS", frames)
            .Fragments([[], .. images.Select(i => RleEncoder.Encode(i, bits / 8))]);
        var reader = Reader(builder);
        for (var f = 0; f < frames; f++)
            Assert.Equal(images[f].Select(v => (int)v), reader.ReadFrame(f));
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 16)]
    [InlineData(3, 16)]
    [InlineData(4, 16)]
    [InlineData(5, 16)]
    [InlineData(6, 16)]
    [InlineData(7, 16)]
    [InlineData(1, 12)]
    [InlineData(4, 12)]
    [InlineData(5, 12)]
    [InlineData(6, 12)]
    [InlineData(7, 12)]
    [InlineData(5, 15)]
    [InlineData(7, 8)]
    [InlineData(1, 8)]
    public void Lossless_JPEG_frames_decode_to_what_was_encoded(int selection, int precision)
    {
        var image = Image(1, precision);
        var builder = new DicomBuilder { Syntax = selection == 1 ? DicomBuilder.JpegLosslessSv1 : DicomBuilder.JpegLossless }
            .PixelModule(20, 30, precision > 8 ? 16 : 8, precision, false)
            .Fragments([], LosslessJpegEncoder.Encode(image, 20, 30, precision, selection));
        Assert.Equal(image.Select(v => (int)v), Frame(builder));
    }

    [Fact]
    public void Lossless_JPEG_codes_of_up_to_sixteen_bits_are_read()
    {
        ushort[] image = [0, 32767, .. Image(4, 15)[2..]];
        var jpeg = LosslessJpegEncoder.Encode(image, 20, 30, 15, 1, unary: true);
        var builder = new DicomBuilder { Syntax = DicomBuilder.JpegLosslessSv1 }.PixelModule(20, 30, 16, 15, false).Fragments([], jpeg);
        Assert.Equal(image.Select(v => (int)v), Frame(builder));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Restart_intervals_of_lossless_JPEG_begin_the_prediction_anew(int lines)
    {
        var image = Image(3, 16);
        var jpeg = LosslessJpegEncoder.Encode(image, 20, 30, 16, 6, lines);
        var builder = new DicomBuilder { Syntax = DicomBuilder.JpegLossless }.PixelModule(20, 30, 16, 16, false).Fragments([], jpeg);
        Assert.Equal(image.Select(v => (int)v), Frame(builder));
    }

    [Fact]
    public void Signed_values_survive_lossless_JPEG()
    {
        var image = Image(2, 16);
        var builder = new DicomBuilder { Syntax = DicomBuilder.JpegLosslessSv1 }.PixelModule(20, 30, 16, 16, true)
            .Fragments([], LosslessJpegEncoder.Encode(image, 20, 30, 16, 1));
        Assert.Equal(image.Select(v => (int)(short)v), Frame(builder));
    }

    [Fact]
    public void Fragments_are_put_together_by_the_basic_offset_table()
    {
        ushort[][] images = [Image(1, 16), Image(2, 16)];
        var encoded = images.Select(i => RleEncoder.Encode(i, 2)).ToArray();
        var cut = 100;
        var table = new byte[8];
        BitConverter.TryWriteBytes(table.AsSpan(4), 8 + encoded[0].Length);
        var builder = new DicomBuilder { Syntax = DicomBuilder.Rle }.PixelModule(20, 30, 16, 16, false)
            .Set(DicomTags.NumberOfFrames, "IS", 2)
            .Fragments(table, encoded[0], encoded[1][..cut], encoded[1][cut..]);
        Assert.Equal(images[1].Select(v => (int)v), Reader(builder).ReadFrame(1));
        var without = builder.Fragments([], encoded[0], encoded[1][..cut], encoded[1][cut..]);
        Assert.Equal("dicom.malformed", Assert.Throws<BadInputException>(() => Reader(without)).Code);
    }

    [Theory]
    [InlineData(40000, 40000, 1)]
    [InlineData(32768, 65535, int.MaxValue)]
    [InlineData(2, 2, 2)]
    public void Pixels_that_the_file_cannot_hold_are_refused_before_memory_is_taken_for_them(int rows, int columns, int frames)
    {
        var builder = new DicomBuilder().Pixels(2, 2, [1, 2, 3, 4]).Set(DicomTags.Rows, "US", rows).Set(DicomTags.Columns, "US", columns)
            .Set(DicomTags.NumberOfFrames, "IS", frames);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("dicom.truncated", Assert.Throws<BadInputException>(() => Frame(builder)).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    private static ushort[] Image(int seed, int bits)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 600).Select(i => (ushort)(i % 7 < 4 ? i / 60 : random.Next(1 << bits)))];
    }

    private static DicomPixelReader Reader(DicomBuilder builder) =>
        new(DicomFile.Read(builder.Set(DicomTags.Modality, "CS", "OT").File("pixels.dcm"), withPixelData: true));

    private static int[] Frame(DicomBuilder builder) => Reader(builder).ReadFrame(0);
}
