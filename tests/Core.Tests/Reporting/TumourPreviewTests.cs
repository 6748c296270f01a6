using System.Buffers.Binary;
using System.IO.Compression;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Reporting.Previews;

namespace RadiogenomicsCloud.Core.Tests.Reporting;

public class TumourPreviewTests
{
    [Fact]
    public void Png_holds_the_pixels_row_by_row()
    {
        byte[] pixels = [0, 64, 128, 255, 1, 2];
        var png = GrayscalePng.Encode(pixels, 3, 2);
        Assert.Equal(3, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(2, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        // Signature 8, IHDR 25, IDAT length and name 8.
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var zlib = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        Assert.Equal([0, 0, 64, 128, 0, 255, 1, 2], rows.ToArray());
        // The CRC-32 of the chunk name "IEND" is AE426082, printed in the PNG specification's examples.
        Assert.Equal(0xAE426082, BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(png.Length - 4)));
    }

    [Fact]
    public void Preview_shows_the_slice_with_the_largest_area_and_its_outline()
    {
        var grid = GridGeometry.AxisAligned(20, 20, 3, 1, 1, 3);
        var values = new double[grid.VoxelCount];
        var inside = new byte[grid.VoxelCount];
        inside[grid.Index(10, 10, 0)] = 1;
        for (var j = 9; j <= 10; j++)
        {
            for (var i = 8; i <= 11; i++)
                inside[grid.Index(i, j, 1)] = 1;
        }
        var preview = TumourPreview.Render(new(grid, values, IntensityUnit.Arbitrary), new(grid, inside));
        Assert.Equal(1, preview.Slice);
        Assert.Equal(3, preview.Slices);
        Assert.Equal(9, preview.RoiVoxels);
        Assert.Equal(160, Math.Max(preview.Width, preview.Height));
        // A rectangle has four straight edges: two along i, two along j.
        Assert.Equal(2, preview.Outline.Count(c => c == 'H'));
        Assert.Equal(2, preview.Outline.Count(c => c == 'V'));
    }

    [Fact]
    public void Voxels_without_a_finite_intensity_do_not_take_the_window_from_the_others()
    {
        var grid = GridGeometry.AxisAligned(20, 20, 1, 1, 1, 1);
        var inside = new byte[grid.VoxelCount];
        inside[grid.Index(10, 10, 0)] = 1;
        TumourPreview Of(Func<int, double> value) =>
            TumourPreview.Render(new(grid, [.. Enumerable.Range(0, grid.VoxelCount).Select(value)], IntensityUnit.Arbitrary), new(grid, inside));

        // Where the odd ones are infinite or NaN, the window is that of the even ones.
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        var some = Of(n => n % 2 == 0 ? 3 + (n % 20) : odd[n % 3]);
        Assert.InRange(some.WindowLow, 3, 21);
        Assert.InRange(some.WindowHigh, some.WindowLow + 1, 21);
        var none = Of(_ => double.NaN);
        Assert.Equal((0, 0), (none.WindowLow, none.WindowHigh));
        // Half white, half black, though the window is wider than any number.
        var huge = Of(n => n % 20 < 10 ? -1.7e308 : 1.7e308);
        Assert.Equal([0, 255], Pixels(huge).Distinct().Order().Where(p => p is 0 or 255));
    }

    private static byte[] Pixels(TumourPreview preview)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(preview.Png.AsSpan(33));
        using var zlib = new ZLibStream(new MemoryStream(preview.Png, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        // The first byte of a row is its filter, 0.
        return [.. rows.ToArray().Where((_, n) => n % (preview.Width + 1) != 0)];
    }

    [Fact]
    public void An_empty_mask_has_no_preview()
    {
        var grid = GridGeometry.AxisAligned(2, 2, 2, 1, 1, 1);
        Assert.Throws<ArgumentException>(() => TumourPreview.Render(new(grid, new double[8], IntensityUnit.Arbitrary), new(grid, new byte[8])));
    }
}
