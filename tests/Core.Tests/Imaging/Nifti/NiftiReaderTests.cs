using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Nifti;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Nifti;

public class NiftiReaderTests
{
    public static TheoryData<short, double, double, bool> Types()
    {
        var data = new TheoryData<short, double, double, bool>();
        foreach (var (type, low, high) in new (short, double, double)[]
        {
            (2, 0, 255), (256, -128, 127), (4, -32768, 32767), (512, 0, 65535), (8, int.MinValue, int.MaxValue), (768, 0, uint.MaxValue),
            (1024, -1e15, 1e15), (1280, 0, 1e19), (16, -1.5, 3.25e30), (64, -1e-300, 1e300),
        })
        {
            data.Add(type, low, high, true);
            data.Add(type, low, high, false);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_voxel_type_is_read_in_both_byte_orders(short type, double low, double high, bool littleEndian)
    {
        var builder = new NiftiBuilder { DataType = type, LittleEndian = littleEndian, Value = n => n == 0 ? low : n == 1 ? high : n };
        var volume = NiftiReader.ReadVolume(builder.File(), IntensityUnit.Arbitrary, out var warnings, TestContext.Current.CancellationToken);
        Assert.Empty(warnings);
        Assert.Equal(type == 16 ? (float)low : low, volume.Values[0]);
        Assert.Equal(type == 16 ? (float)high : high, volume.Values[1]);
        Assert.Equal(Enumerable.Range(2, 22).Select(n => (double)n), volume.Values[2..]);
    }

    [Fact]
    public void Slope_and_intercept_scale_and_a_slope_of_zero_does_not()
    {
        var scaled = NiftiReader.ReadVolume(new NiftiBuilder { DataType = 4, Slope = 0.5f, Intercept = -10 }.File(), IntensityUnit.Arbitrary, out _, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 24).Select(n => (0.5 * n) - 10), scaled.Values);
        var unscaled = NiftiReader.ReadVolume(new NiftiBuilder { DataType = 4, Slope = 0, Intercept = -10 }.File(), IntensityUnit.Arbitrary, out _, TestContext.Current.CancellationToken);
        Assert.Equal(7, unscaled.Values[7]);
    }

    [Fact]
    public void The_first_file_dimension_is_i_and_RAS_becomes_LPS()
    {
        // i to the left (RAS −x), j to the front (RAS +y), k up.
        var volume = NiftiReader.ReadVolume(
            new NiftiBuilder { Sform = [-2, 0, 0, 50, 0, 3, 0, -60, 0, 0, 4, 70] }.File(), IntensityUnit.Hounsfield, out _, TestContext.Current.CancellationToken);
        var g = volume.Grid;
        Assert.Equal((2, 3, 4), (g.CountI, g.CountJ, g.CountK));
        Assert.Equal((2.0, 3.0, 4.0), (g.SpacingI, g.SpacingJ, g.SpacingK));
        Assert.Equal(new Point3(-50, 60, 70), g.Origin);
        Assert.Equal((new Point3(1, 0, 0), new Point3(0, -1, 0), new Point3(0, 0, 1)), (g.AxisI, g.AxisJ, g.AxisK));
        Assert.Equal(1 + (2 * (2 + (3 * 3))), volume[1, 2, 3]);
        Assert.Equal(IntensityUnit.Hounsfield, volume.Unit);
    }

    [Fact]
    public void A_qform_equals_nibabels_and_is_used_only_without_sform()
    {
        // nibabel: h['pixdim'][:4]=[-1,0.5,0.75,2]; h['quatern_b'],h['quatern_c'],h['quatern_d']=(0.2,-0.3,0.5);
        //          h['qoffset_x'],h['qoffset_y'],h['qoffset_z']=10,-20,30; h.get_qform()
        double[,] ras =
        {
            { 1.59999993e-01, -6.80550591e-01, 5.44880970e-01, 10 },
            { 3.33700388e-01, 3.14999998e-01, 1.22992066e+00, -20 },
            { 3.36220246e-01, 1.12202292e-02, -1.47999997e+00, 30 },
        };
        var builder = new NiftiBuilder { SformCode = 0, QformCode = 1, PixDim = [-1, 0.5f, 0.75f, 2, 0, 0, 0, 0], Quaternion = [0.2f, -0.3f, 0.5f, 10, -20, 30] };
        var grid = NiftiReader.ReadGrid(builder.File(), out _);
        var p = grid.ToPatient(1, 2, 3);
        Assert.Equal(-(ras[0, 0] + (2 * ras[0, 1]) + (3 * ras[0, 2]) + ras[0, 3]), p.X, 1e-6);
        Assert.Equal(-(ras[1, 0] + (2 * ras[1, 1]) + (3 * ras[1, 2]) + ras[1, 3]), p.Y, 1e-6);
        Assert.Equal(ras[2, 0] + (2 * ras[2, 1]) + (3 * ras[2, 2]) + ras[2, 3], p.Z, 1e-6);
        var both = new NiftiBuilder { SformCode = 1, QformCode = 1, PixDim = builder.PixDim, Quaternion = builder.Quaternion };
        Assert.Equal(new Point3(-1, -2, 3), NiftiReader.ReadGrid(both.File(), out _).ToPatient(1, 2, 3));
    }

    [Fact]
    public void A_half_turn_quaternion_rounded_above_one_is_a_half_turn()
    {
        var builder = new NiftiBuilder { SformCode = 0, QformCode = 1, Quaternion = [0, 0, 1.0000001f, 0, 0, 0] };
        var grid = NiftiReader.ReadGrid(builder.File(), out _);
        Assert.Equal((new Point3(1, 0, 0), new Point3(0, 1, 0)), (grid.AxisI, grid.AxisJ));
    }

    [Fact]
    public void Axes_are_orthonormal_after_the_rounding_of_an_oblique_sform_is_removed()
    {
        var (c, s) = ((float)Math.Round(Math.Cos(0.3), 5), (float)Math.Round(Math.Sin(0.3), 5));
        var grid = NiftiReader.ReadGrid(new NiftiBuilder { Sform = [c, -s, 0, 0, s, c, 0, 0, 0, 0.00001f, 2, 0] }.File(), out _);
        foreach (var (a, b) in new[] { (grid.AxisI, grid.AxisJ), (grid.AxisI, grid.AxisK), (grid.AxisJ, grid.AxisK) })
            Assert.Equal(0, a.Dot(b), 1e-12);
        foreach (var a in new[] { grid.AxisI, grid.AxisJ, grid.AxisK })
            Assert.Equal(1, a.Length, 1e-12);
    }

    [Fact]
    public void Metres_and_micrometres_become_millimetres_and_no_orientation_is_a_warning()
    {
        Assert.Equal(1000, NiftiReader.ReadGrid(new NiftiBuilder { Units = 1 }.File(), out _).SpacingI);
        Assert.Equal(0.001, NiftiReader.ReadGrid(new NiftiBuilder { Units = 3 }.File(), out _).SpacingI, 1e-15);
        NiftiReader.ReadGrid(new NiftiBuilder { SformCode = 0 }.File(), out var warnings);
        Assert.Contains("no orientation", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Compressed_files_extensions_and_4D_with_one_frame_are_read()
    {
        var plain = new NiftiBuilder { Dim = [4, 2, 3, 4, 1, 1, 1, 1], Offset = 352 }.Build();
        byte[] extended = [.. plain.AsSpan(0, 352), .. new byte[16], .. plain.AsSpan(352)];
        BitConverter.TryWriteBytes(extended.AsSpan(108), 368f);
        var volume = NiftiReader.ReadVolume(TestFiles.FromBytes("a.nii.gz", TestFiles.Gzip(extended)), IntensityUnit.Arbitrary, out _, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 24).Select(n => (double)n), volume.Values);
    }

    [Fact]
    public void A_mask_is_inside_from_one_half_and_a_label_selects_its_value_alone()
    {
        double[] values = [0, 0.49, 0.5, 1, 2, -1, double.NaN, 2];
        var file = new NiftiBuilder { Dim = [3, 8, 1, 1, 1, 1, 1, 1], Value = n => values[n] }.File();
        var mask = NiftiReader.ReadMask(file, null, out var labels, out _, TestContext.Current.CancellationToken);
        Assert.Equal([0, 0, 1, 1, 1, 0, 0, 1], mask.Values);
        Assert.Equal([1, 2], labels);
        Assert.Equal([0, 0, 0, 0, 1, 0, 0, 1], NiftiReader.ReadMask(file, 2, out _, out _, TestContext.Current.CancellationToken).Values);
    }

    [Fact]
    public void Only_a_mask_of_fractions_taken_whole_is_warned_of()
    {
        var cancel = TestContext.Current.CancellationToken;
        IReadOnlyList<string> Warnings(Func<int, double> value, int? label = null)
        {
            NiftiReader.ReadMask(new NiftiBuilder { Value = value }.File(), label, out _, out var warnings, cancel);
            return warnings;
        }
        Assert.Contains("not whole numbers", Assert.Single(Warnings(n => n == 5 ? 0.7 : 1)), StringComparison.Ordinal);
        Assert.Empty(Warnings(n => n == 5 ? 0.7 : 1, label: 1));
        Assert.Empty(Warnings(n => n % 3 - 1));
        Assert.Empty(Warnings(n => n switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => 0.9999996 }));
    }

    [Fact]
    public void Voxels_that_are_no_numbers_stay_in_an_image()
    {
        double[] values = [0, double.NaN, 2, double.PositiveInfinity, double.NegativeInfinity, 5, 6, 7];
        var file = new NiftiBuilder { Dim = [3, 8, 1, 1, 1, 1, 1, 1], Value = n => values[n] }.File();
        var volume = NiftiReader.ReadVolume(file, IntensityUnit.Arbitrary, out var warnings, TestContext.Current.CancellationToken);
        Assert.Equal(values, volume.Values);
        Assert.Empty(warnings);
    }

    [Fact]
    public void The_CT_phantom_reads_as_nibabel_reads_it()
    {
        // nibabel: i=nib.load('image.nii.gz').get_fdata(); i.sum(), i[m>0].mean(), i.min(), i.max(), i[100,50,30], i[17,180,3]
        var image = NiftiReader.ReadVolume(
            TestFiles.FromDisk(ReferenceData.Require("ibsi1/ct-phantom/nifti/image.nii.gz")), IntensityUnit.Hounsfield, out _, TestContext.Current.CancellationToken);
        var mask = NiftiReader.ReadMask(
            TestFiles.FromDisk(ReferenceData.Require("ibsi1/ct-phantom/nifti/mask.nii.gz")), null, out _, out _, TestContext.Current.CancellationToken);
        Assert.Equal((204, 201, 60), (image.Grid.CountI, image.Grid.CountJ, image.Grid.CountK));
        Assert.Equal(-655581056.0, image.Values.Sum());
        Assert.Equal(-1000, image.Values.Min());
        Assert.Equal(3065, image.Values.Max());
        Assert.Equal(-777, image[100, 50, 30]);
        Assert.Equal(-977, image[17, 180, 3]);
        Assert.Equal(125256, mask.Count());
        Assert.Equal(-46.88272018905282, image.Values.Where((_, n) => mask.Values[n] != 0).Average(), 1e-10);
        Assert.True(image.Grid.SharesSpaceWith(mask.Grid));
    }
}
