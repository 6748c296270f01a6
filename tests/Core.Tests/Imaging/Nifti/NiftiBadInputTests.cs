using System.Buffers.Binary;
using System.IO.Compression;
using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Nifti;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Nifti;

public class NiftiBadInputTests
{
    public static TheoryData<string, string, string> Cases() => new()
    {
        { "frames", "nifti.dimensions", "'image.nii' holds several frames (2 × 3 × 4 × 2); extract the one to analyse." },
        { "negative", "nifti.dimensions", "'image.nii' has the dimensions 2 × -3 × 4; each must be at least 1." },
        { "rank", "nifti.dimensions", "'image.nii' has 9 dimensions; 1 to 7 are possible." },
        { "large", "nifti.too-large", "'image.nii' has 32767 × 32767 × 32767 voxels; at most 268435456 are read." },
        { "rgb", "nifti.datatype", "'image.nii' holds voxels of type RGB24, which is not a scalar image; convert it to integers or floats." },
        { "sheared", "nifti.sheared", "'image.nii' has axes that are not at right angles (cosine 0.1961); resample it to a rectangular grid." },
        { "flat", "nifti.geometry", "'image.nii' has a voxel size of 0 mm; the orientation in its header is damaged." },
        { "nan", "nifti.geometry", "'image.nii' has its first voxel at NaN mm; the orientation in its header is damaged." },
        { "pair", "nifti.pair", "'image.nii' is the header of an .hdr/.img pair; convert the pair to one .nii file." },
        { "magic", "nifti.not-nifti", "'image.nii' is not a NIfTI-1 file (no 'n+1' mark; ANALYZE 7.5 is not read because it has no orientation)." },
        { "offset", "nifti.offset", "'image.nii' says that its voxels begin at byte 1E+20, which is not between 352 and 67108864." },
        { "scaling", "nifti.scaling", "'image.nii' has a scaling slope with an intercept (scl_inter) that is not a number." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bad_files_are_refused_with_one_sentence(string what, string code, string message)
    {
        var builder = what switch
        {
            "frames" => new NiftiBuilder { Dim = [4, 2, 3, 4, 2, 1, 1, 1] },
            "negative" => new NiftiBuilder { Dim = [3, 2, -3, 4, 1, 1, 1, 1] },
            "rank" => new NiftiBuilder { Dim = [9, 2, 3, 4, 1, 1, 1, 1] },
            "rgb" => new NiftiBuilder { DataType = 128 },
            "sheared" => new NiftiBuilder { Sform = [1, 0.2f, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] },
            "flat" => new NiftiBuilder { Sform = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0] },
            "nan" => new NiftiBuilder { Sform = [1, 0, 0, 0, 0, 1, 0, float.NaN, 0, 0, 1, 0] },
            "pair" => new NiftiBuilder { Magic = "ni1\0" },
            "magic" => new NiftiBuilder { Magic = "\0\0\0\0" },
            "offset" => new NiftiBuilder { Offset = 1e20f },
            "scaling" => new NiftiBuilder { Slope = 2, Intercept = float.NaN },
            _ => new NiftiBuilder(),
        };
        var bytes = builder.Build();
        if (what == "large")
        {
            foreach (var at in new[] { 42, 44, 46 })
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), 32767);
        }
        var e = Assert.Throws<BadInputException>(() => Read(TestFiles.FromBytes("image.nii", bytes)));
        Assert.Equal((code, message, "image.nii"), (e.Code, e.Message, e.Where));
    }

    [Theory]
    [InlineData("image.nii")]
    [InlineData("image.nii.gz")]
    public void A_file_cut_anywhere_is_truncated(string name)
    {
        var whole = new NiftiBuilder().Build();
        foreach (var length in new[] { 0, 1, 2, 347, 348, 352, whole.Length - 1 })
        {
            var part = whole[..length];
            var bytes = name.EndsWith(".gz", StringComparison.Ordinal) ? TestFiles.Gzip(part) : part;
            Assert.Equal("nifti.truncated", Assert.Throws<BadInputException>(() => Read(TestFiles.FromBytes(name, bytes))).Code);
        }
        var cut = TestFiles.Gzip(whole)[..40];
        Assert.StartsWith("nifti.", Assert.Throws<BadInputException>(() => Read(TestFiles.FromBytes(name, cut))).Code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_compressed_file_fails_its_checksum()
    {
        var bytes = TestFiles.Gzip(new NiftiBuilder().Build());
        bytes[^6] ^= 0x55; // the CRC-32 of the trailer
        Assert.Equal("nifti.damaged", Assert.Throws<BadInputException>(() => Read(TestFiles.FromBytes("a.nii.gz", bytes))).Code);
    }

    [Fact]
    public void A_small_compressed_file_that_announces_a_giant_allocates_nothing()
    {
        var header = new NiftiBuilder().Build();
        foreach (var at in new[] { 42, 44, 46 })
            BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(at), 640);
        var file = TestFiles.FromBytes("a.nii.gz", TestFiles.Gzip(header));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("nifti.truncated", Assert.Throws<BadInputException>(() => Read(file)).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_large_image_of_nothing_is_refused_and_a_large_mask_of_little_is_not()
    {
        const int Count = 410;
        var header = new NiftiBuilder { Dim = [3, Count, Count, Count, 1, 1, 1, 1], DataType = 2, Value = _ => 0 };
        var bytes = header.Build();
        bytes[^1] = 1;
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        var file = TestFiles.FromBytes("a.nii.gz", target.ToArray());
        var error = Assert.Throws<BadInputException>(() => Read(file));
        Assert.Equal("nifti.ratio", error.Code);
        Assert.Contains("expands more than 200-fold", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, NiftiReader.ReadMask(file, null, out _, out _, TestContext.Current.CancellationToken).Count());
    }

    [Fact]
    public void Any_damage_to_a_file_gives_an_image_or_our_error_and_never_more_memory_than_it_announces()
    {
        var valid = new NiftiBuilder { QformCode = 1, PixDim = [1, 1, 1, 1, 1, 1, 1, 1] }.Build();
        var damage = Gen.Select(Gen.Int[0, 351], Gen.Byte, (at, value) => (at, value)).Array[1, 8];
        Gen.Select(damage, Gen.Int[0, valid.Length], Gen.Bool, Gen.Bool).Sample(
            (changes, length, cut, zipped) =>
            {
                var bytes = valid.ToArray();
                foreach (var (at, value) in changes)
                    bytes[at] = value;
                if (cut)
                    bytes = bytes[..length];
                if (zipped)
                    bytes = TestFiles.Gzip(bytes);
                var before = GC.GetAllocatedBytesForCurrentThread();
                OnlyOurErrors(() => Read(TestFiles.FromBytes("f.nii", bytes)));
                OnlyOurErrors(() => NiftiReader.ReadMask(TestFiles.FromBytes("f.nii", bytes), null, out _, out _));
                return GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20;
            },
            iter: 3000,
            threads: 1);
    }

    [Fact]
    public void Any_damage_inside_the_compressed_stream_gives_our_error_or_an_image()
    {
        var valid = TestFiles.Gzip(new NiftiBuilder().Build());
        Gen.Select(Gen.Int[2, valid.Length - 1], Gen.Byte, (at, value) => (at, value)).Array[1, 4].Sample(
            changes =>
            {
                var bytes = valid.ToArray();
                foreach (var (at, value) in changes)
                    bytes[at] = value;
                OnlyOurErrors(() => Read(TestFiles.FromBytes("f.nii.gz", bytes)));
            },
            iter: 1000,
            threads: 1);
    }

    private static Volume Read(ImageFile file) => NiftiReader.ReadVolume(file, IntensityUnit.Arbitrary, out _);

    private static void OnlyOurErrors(Action read)
    {
        try
        {
            read();
        }
        catch (RadiogenomicsException)
        {
            // Refused in our own words: what the test asks for.
        }
    }
}
