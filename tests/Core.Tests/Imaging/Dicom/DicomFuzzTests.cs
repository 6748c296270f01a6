using System.Diagnostics;
using RadiogenomicsCloud.Core.Tests.Imaging.Archives;
using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

/// <summary>
/// Damaged files of every syntax: whatever is in them, the answer is a value or an exception of our own, in time and memory bounded
/// by the file. The seeds are fixed, so a failure repeats.
/// </summary>
public class DicomFuzzTests
{
    private const int Trials = 600;

    private static readonly ushort[] Pixels = [.. Enumerable.Range(0, 48).Select(i => (ushort)(i % 9 < 5 ? 7 : i * 1301))];

    public static TheoryData<string> Kinds => [.. Seeds.Keys];

    private static readonly Dictionary<string, Func<byte[][]>> Seeds = new()
    {
        ["implicit"] = () => Pet(b => b.Syntax = DicomBuilder.Implicit),
        ["implicit, undefined lengths"] = () => Pet(b => (b.Syntax, b.UndefinedLengths) = (DicomBuilder.Implicit, true)),
        ["explicit"] = () => Pet(_ => { }),
        ["explicit, undefined lengths"] = () => Pet(b => b.UndefinedLengths = true),
        ["big endian"] = () => Pet(b => b.Syntax = DicomBuilder.BigEndian),
        ["deflated"] = () => Pet(b => b.Syntax = DicomBuilder.Deflated),
        ["bare"] = () => Pet(b => b.Part10 = false),
        ["RLE"] = () => Pet(b => Encapsulate(b, DicomBuilder.Rle, RleEncoder.Encode(Pixels, 2))),
        ["JPEG"] = () => Pet(b => Encapsulate(b, DicomBuilder.JpegLossless, LosslessJpegEncoder.Encode(Pixels, 6, 8, 16, 7))),
        ["enhanced"] = () => [Enhanced()],
        ["one bit"] = () => [new DicomBuilder().Set(DicomTags.Modality, "CS", "SEG").PixelModule(6, 8, 1, 1, false)
            .Set(DicomTags.NumberOfFrames, "IS", 2).Set(DicomTags.PixelData, "OB", new byte[12]).Bytes()],
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damaged_files_give_our_errors_only_within_bounds(string kind)
    {
        var seeds = Seeds[kind]();
        Use(seeds);
        var random = new Random(kind.Length);
        var refused = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var bytes = (byte[][])seeds.Clone();
            var victim = random.Next(bytes.Length);
            // Half of the damage falls on the data behind the preamble, whose 128 bytes mean nothing.
            var head = bytes[victim].Length > 200 && random.Next(2) == 0 ? 128 : 0;
            bytes[victim] = [.. bytes[victim][..head], .. Mutation.Of(bytes[victim][head..], random)];
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            try
            {
                Use(bytes);
            }
            catch (RadiogenomicsException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"Trial {trial}: {e}");
            }
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"Trial {trial} took {clock.Elapsed}.");
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < (8 << 20) + (1000L * bytes.Sum(b => b.Length)), $"Trial {trial} allocated {allocated} bytes.");
        }
        Assert.InRange(refused, Trials / 20, Trials);
    }

    /// <summary>Everything that the product does with a file: every value of every element, every frame, the volume.</summary>
    private static void Use(byte[][] files)
    {
        var inventory = ImageInventory.Scan([.. files.Select((b, i) => TestFiles.InMemory($"{i}.dcm", b))], TestContext.Current.CancellationToken);
        BadInputException? first = null;
        foreach (var (bytes, i) in files.Select((b, i) => (b, i)))
        {
            Try(() =>
            {
                var dicom = DicomFile.Read(TestFiles.InMemory($"{i}.dcm", bytes), withPixelData: true);
                Visit(dicom.Meta);
                Visit(dicom.Dataset);
                var pixels = new DicomPixelReader(dicom);
                for (var f = 0; f < pixels.FrameCount; f++)
                    _ = pixels.ReadFrame(f);
            });
        }
        foreach (var series in inventory.Series)
            Try(() => SeriesVolumeReader.Read(series, TestContext.Current.CancellationToken));
        if (first is not null)
            throw first;

        void Try(Action action)
        {
            try
            {
                action();
            }
            catch (BadInputException e)
            {
                first ??= e;
            }
        }

        void Visit(DicomDataset data)
        {
            foreach (var tag in data.Tags)
            {
                Try(() => data.GetStrings(tag));
                Try(() => data.GetDoubles(tag));
                Try(() => data.GetInt(tag));
                Try(() =>
                {
                    foreach (var item in data.GetSequence(tag))
                        Visit(item);
                });
            }
            // A text is no number and no sequence, which is no damage: only reading counts from here on.
            if (data.Depth == 0)
                first = null;
        }
    }

    private static byte[][] Pet(Action<DicomBuilder> change) =>
    [
        .. Enumerable.Range(0, 3).Select(k =>
        {
            var builder = DicomBuilder.Slice("PT", $"1.5.{k}", new(0, 0, 3 * k), 6, 8, [.. Pixels.Select(p => (short)p)])
                .Set(DicomTags.SpecificCharacterSet, "CS", "ISO_IR 192")
                .Set(DicomTags.SeriesDate, "DA", "20200131").Set(DicomTags.SeriesTime, "TM", "180000.00")
                .Set(DicomTags.AcquisitionDate, "DA", "20200131").Set(DicomTags.AcquisitionTime, "TM", "120000")
                .Set(DicomTags.FrameReferenceTime, "DS", "60000").Set(DicomTags.ActualFrameDuration, "IS", "120000")
                .Set(DicomTags.PatientWeight, "DS", "74").Set(DicomTags.RescaleSlope, "DS", "50").Set(DicomTags.RescaleIntercept, "DS", "0")
                .Set(DicomTags.Units, "CS", "BQML").Set(DicomTags.DecayCorrection, "CS", "START");
            change(builder);
            var drug = new DicomBuilder { UndefinedLengths = builder.UndefinedLengths }
                .Set(DicomTags.RadiopharmaceuticalStartDateTime, "DT", "20200131101000.000+0000")
                .Set(DicomTags.RadionuclideTotalDose, "DS", "370000000").Set(DicomTags.RadionuclideHalfLife, "DS", "6600");
            return builder.Sequence(DicomTags.RadiopharmaceuticalInformationSequence, drug).Bytes();
        })
    ];

    private static void Encapsulate(DicomBuilder builder, string syntax, byte[] frame)
    {
        builder.Syntax = syntax;
        builder.Remove(DicomTags.PixelData).Fragments([], frame[..^7], frame[^7..]);
    }

    private static byte[] Enhanced() => DicomBuilder.Slice("CT", "1.7", default, 6, 8, [.. Pixels.Concat(Pixels).Select(p => (short)p)])
        .Set(DicomTags.NumberOfFrames, "IS", 2)
        .Sequence(DicomTags.SharedFunctionalGroupsSequence, new DicomBuilder()
            .Sequence(DicomTags.PlaneOrientationSequence, new DicomBuilder().Set(DicomTags.ImageOrientationPatient, "DS", [1.0, 0, 0, 0, 1, 0]))
            .Sequence(DicomTags.PixelMeasuresSequence, new DicomBuilder().Set(DicomTags.PixelSpacing, "DS", [2.0, 1.5])))
        .Sequence(DicomTags.PerFrameFunctionalGroupsSequence, [.. Enumerable.Range(0, 2).Select(k => new DicomBuilder()
            .Sequence(DicomTags.PlanePositionSequence, new DicomBuilder().Set(DicomTags.ImagePositionPatient, "DS", [10.0, 20, 30 + (4 * k)])))])
        .Bytes();
}
