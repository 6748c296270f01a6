using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

public class ReferenceSeriesTests
{
    [Fact]
    public void Every_series_of_the_sarcoma_cohort_makes_a_regular_grid()
    {
        var folder = ReferenceData.Require("sts/imaging");
        var modalities = new List<string>();
        foreach (var path in Directory.GetFiles(folder, "*.zip").Order(StringComparer.Ordinal))
        {
            using var zip = ZipImageFiles.Open(File.OpenRead(path), Path.GetFileName(path), new ArchiveLimits());
            var inventory = ImageInventory.Scan(zip.Files, TestContext.Current.CancellationToken);
            Assert.Empty(inventory.Unreadable);
            Assert.NotEmpty(inventory.StructureSets);
            foreach (var series in inventory.Series)
            {
                Assert.Equal(series.Instances.Count, SeriesVolumeReader.Geometry(series).CountK);
                modalities.Add(series.Modality);
            }
        }
        Assert.Equal((51, 51, 8), (modalities.Count(m => m == "PT"), modalities.Count(m => m == "MR"), modalities.Count(m => m == "CT")));
    }

    /// <summary>
    /// The first PET of the cohort is in SUV already, with a slope of its own in every slice. Expected:
    /// <c>[d.pixel_array * float(d.RescaleSlope) + float(d.RescaleIntercept) for d in slices]</c> of pydicom 2.3.1, with numpy's max, and
    /// the sum of all.
    /// </summary>
    [Fact]
    public void The_PET_of_the_first_sarcoma_has_the_values_that_pydicom_gives()
    {
        using var zip = ZipImageFiles.Open(
            File.OpenRead(ReferenceData.Require("sts/imaging/STS_001.zip")), "STS_001.zip", new ArchiveLimits());
        var inventory = ImageInventory.Scan(zip.Files, TestContext.Current.CancellationToken);
        var pet = SeriesVolumeReader.Read(inventory.Series.Single(s => s.Modality == "PT"), TestContext.Current.CancellationToken);
        Assert.Equal(25.4122982025045, pet.Volume.Values.Max(), 12);
        Assert.Equal(69688.74570021388, pet.Volume.Values.Sum(), 6);
        Assert.Equal(RadiogenomicsCloud.Imaging.IntensityUnit.SuvBodyWeight, pet.Volume.Unit);
    }
}
