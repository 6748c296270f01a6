using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

public class ImageInventoryTests
{
    [Fact]
    public void Series_are_found_by_UID_in_any_folders_and_other_objects_apart()
    {
        ImageFile[] files =
        [
            Slice("1.1", "1.5.1", 0).File("x/a"), Slice("1.2", "1.5.2", 0, "MR").File("x/b"), Slice("1.1", "1.5.3", 1).File("y/c.dcm"),
            new DicomBuilder().Set(DicomTags.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.481.3").Set(DicomTags.SopInstanceUid, "UI", "1.8")
                .Set(DicomTags.Modality, "CS", "RTSTRUCT").File("x/rs.dcm"),
            new DicomBuilder().Set(DicomTags.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.66.4").Set(DicomTags.SopInstanceUid, "UI", "1.9")
                .Set(DicomTags.Modality, "CS", "SEG").File("x/seg.dcm"),
            new DicomBuilder().Set(DicomTags.SopClassUid, "UI", "1.2.840.10008.1.3.10").Set(DicomTags.Modality, "CS", "").File("DICOMDIR"),
            new DicomBuilder().Set(DicomTags.SopInstanceUid, "UI", "1.10").Set(DicomTags.Modality, "CS", "SR").File("report"),
            TestFiles.InMemory("README.txt", "hello, this is no DICOM file"u8.ToArray()),
            TestFiles.InMemory("x/._a", [0, 5, 22, 7]),
            TestFiles.InMemory("n/t1.nii.gz", []), TestFiles.InMemory("n/t1.mask.NII", []),
        ];
        var inventory = ImageInventory.Scan(files, TestContext.Current.CancellationToken);
        Assert.Equal(["1.1", "1.2"], inventory.Series.Select(s => s.SeriesInstanceUid));
        Assert.Equal(["1.5.1", "1.5.3"], inventory.Series[0].Instances.Select(i => i.SopInstanceUid));
        Assert.Equal(("CT", "test", "1.2.3.9", "1.2.3", "P1"), (inventory.Series[0].Modality, inventory.Series[0].Description,
            inventory.Series[0].FrameOfReferenceUid, inventory.Series[0].StudyInstanceUid, inventory.Series[0].PatientId));
        Assert.Equal("x/rs.dcm", Assert.Single(inventory.StructureSets).Name);
        Assert.Equal("x/seg.dcm", Assert.Single(inventory.Segmentations).Name);
        Assert.Equal(["n/t1.mask.NII", "n/t1.nii.gz"], inventory.NiftiFiles.Select(f => f.Name));
        Assert.Equal(["DICOMDIR", "README.txt", "report", "x/._a"], inventory.Ignored);
        Assert.Empty(inventory.Unreadable);
        Assert.Empty(inventory.Warnings);
        // The order in which a store lists its files changes nothing.
        var reversed = ImageInventory.Scan([.. files.Reverse()], TestContext.Current.CancellationToken);
        Assert.Equal(inventory.Series[0].Instances.Select(i => i.Source.Name), reversed.Series[0].Instances.Select(i => i.Source.Name));
    }

    [Fact]
    public void An_identical_copy_is_reported_and_left_out()
    {
        var slice = Slice("1.1", "1.5.1", 0);
        var inventory = ImageInventory.Scan([slice.File("a"), slice.File("b")], TestContext.Current.CancellationToken);
        Assert.Equal("a", Assert.Single(Assert.Single(inventory.Series).Instances).Source.Name);
        Assert.Contains("b is a copy of a", Assert.Single(inventory.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Different_content_under_one_SOP_instance_UID_is_an_error_of_its_series()
    {
        var inventory = ImageInventory.Scan([Slice("1.1", "1.5.1", 0).File("a"), Slice("1.1", "1.5.1", 1).File("b")], TestContext.Current.CancellationToken);
        Assert.Equal("series.duplicate-instance", Assert.Single(inventory.Unreadable).Code);
        var error = Assert.Throws<BadInputException>(() => SeriesVolumeReader.Geometry(Assert.Single(inventory.Series)));
        Assert.Contains("a and b have the same SOP Instance UID", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_too_broken_to_name_its_series_is_held_against_those_of_its_folder()
    {
        var cut = Slice("1.1", "1.5.9", 9).Bytes()[..150];
        ImageFile[] files =
        [
            Slice("1.1", "1.5.1", 0).File("x/a.dcm"), Slice("1.2", "1.5.2", 0).File("y/b.dcm"), TestFiles.InMemory("x/cut.dcm", cut),
        ];
        var inventory = ImageInventory.Scan(files, TestContext.Current.CancellationToken);
        Assert.Equal("dicom.truncated", Assert.Single(inventory.Unreadable).Code);
        Assert.Single(inventory.Series[0].Broken);
        Assert.Empty(inventory.Series[1].Broken);
        var elsewhere = ImageInventory.Scan([files[0], files[1], TestFiles.InMemory("z/cut.dcm", cut)], TestContext.Current.CancellationToken);
        Assert.All(elsewhere.Series, s => Assert.Single(s.Broken));
    }

    [Fact]
    public void A_broken_structure_set_is_reported_and_held_against_no_series()
    {
        var set = new DicomBuilder().Set(DicomTags.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.481.3").Set(DicomTags.Modality, "CS", "RTSTRUCT")
            .Set(DicomTags.StudyInstanceUid, "UI", "1.2.3").Bytes();
        var inventory = ImageInventory.Scan(
            [Slice("1.1", "1.5.1", 0).File("x/a.dcm"), TestFiles.InMemory("x/rs.dcm", set[..^3])], TestContext.Current.CancellationToken);
        Assert.Equal("x/rs.dcm", Assert.Single(inventory.Unreadable).Name);
        Assert.Empty(Assert.Single(inventory.Series).Broken);
    }

    [Theory]
    [InlineData("IM{0}", "README", false, true)]
    [InlineData("1.2.3.{0}", "1.2.3.9", false, true)]
    [InlineData("{0}.ima", "9.IMA", true, false)]
    [InlineData("{0}.ima", "notes.txt", false, false)]
    [InlineData("{0}.ima", "other/9.ima", false, false)]
    public void A_file_that_is_named_as_the_slices_beside_it_and_is_none_is_never_passed_over_in_silence(
        string slices, string other, bool breaks, bool warns)
    {
        var files = Enumerable.Range(0, 3).Select(k => DicomBuilder.Slice("CT", $"1.5.{k}", new(0, 0, 3 * k), 2, 2, new short[4])
            .File("a/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, slices, k))).ToList();
        files.Add(TestFiles.InMemory("a/" + other, new byte[500]));
        var inventory = ImageInventory.Scan(files, TestContext.Current.CancellationToken);
        Assert.Equal(breaks, Assert.Single(inventory.Series).Broken.Count > 0);
        Assert.Equal(warns, inventory.Warnings.Any(w => w.Contains("a/" + other, StringComparison.Ordinal)));
        Assert.Equal(!breaks, inventory.Ignored.Contains("a/" + other));
    }

    [Theory]
    [InlineData("x/empty.dcm")]
    [InlineData("x/IM0007")]
    public void An_empty_file_among_slices_is_reported(string name)
    {
        var inventory = ImageInventory.Scan([Slice("1.1", "1.5.1", 0).File("x/a.dcm"), TestFiles.InMemory(name, [])], TestContext.Current.CancellationToken);
        Assert.Equal(name, Assert.Single(inventory.Unreadable).Name);
        Assert.Single(inventory.Series[0].Broken);
    }

    private static DicomBuilder Slice(string series, string sop, int k, string modality = "CT") =>
        DicomBuilder.Slice(modality, sop, new(0, 0, k), 1, 2, [1, 2], series);
}
