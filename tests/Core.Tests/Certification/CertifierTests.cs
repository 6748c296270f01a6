using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Core.Tests.Imaging;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Certification;

public sealed class CertifierTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_reference_value_of_the_digital_phantom_is_reproduced()
    {
        var certificate = Certifier.DigitalPhantom(Cancel);
        AssertReproduced(certificate);
        Assert.Equal((482, 487), (certificate.Reproduced, certificate.Rows.Count));
    }

    [Theory]
    [InlineData("A", 406)]
    [InlineData("B", 406)]
    [InlineData("C", 270)]
    [InlineData("D", 270)]
    [InlineData("E", 270)]
    public void Every_reference_value_of_the_CT_phantom_is_reproduced_from_its_DICOM_files(string configuration, int references)
    {
        var files = TestFiles.FromFolder(ReferenceData.Require("ibsi1/ct-phantom/dicom"));
        var imported = ImageImporter.Import(files, new("CT", null, "GTV-1"), Cancel);
        var certificate = Certifier.CtPhantom(IbsiDataSet.Configurations.Single(c => c.Key == configuration), imported.Image, imported.Mask, Cancel);
        AssertReproduced(certificate);
        Assert.Equal((references, references), (certificate.Reproduced, certificate.References));
    }

    [Fact]
    public void A_wrong_phantom_is_seen()
    {
        var image = RadiogenomicsCloud.Certification.DigitalPhantom.Image();
        image.Values[1] += 1;
        var certificate = Certifier.CtPhantom(IbsiDataSet.Configurations[0], image, RadiogenomicsCloud.Certification.DigitalPhantom.Mask(), Cancel);
        Assert.False(certificate.Passed);
        Assert.Equal(Verdict.Fail, certificate.Rows.Single(r => r.Tag == "img_dim_x_init_img").Verdict);
        Assert.Equal(certificate.References - certificate.Reproduced, certificate.Rows.Count(r => r.IsFailure));
    }

    [Fact]
    public void The_summary_counts_by_family_in_the_order_of_the_standard()
    {
        var certificate = Certifier.DigitalPhantom(Cancel);
        var summary = certificate.Summary();
        Assert.Equal("IBSI-1 digital phantom", summary.DataSet);
        Assert.Equal((certificate.Reproduced, 482), (summary.Reproduced, summary.References));
        Assert.Equal(summary.Reproduced, summary.Families.Sum(f => f.Reproduced));
        Assert.Equal(
            [
                ("morphology", 25), ("local_intensity", 2), ("intensity_statistics", 18), ("intensity_histogram", 23), ("intensity_volume_histogram", 6),
                ("glcm", 150), ("glrlm", 96), ("glszm", 48), ("gldzm", 48), ("ngtdm", 15), ("ngldm", 51),
            ],
            summary.Families.Select(f => (f.Family, f.References)));
        Assert.Equal(certificate.Passed, summary.Passed);
    }

    private void AssertReproduced(Certificate certificate)
    {
        output.WriteLine($"{certificate.DataSet.Name}: {certificate.Reproduced} of {certificate.References}");
        Assert.Empty(certificate.Rows.Where(r => r.IsFailure).Select(r => FormattableString.Invariant(
            $"{r.Tag}: {r.Value:R} instead of {r.Reference!.Printed} ± {r.Reference.Tolerance} {r.Missing}")));
        Assert.True(certificate.Passed);
        // What has no reference is computed all the same.
        Assert.All(certificate.Rows, r => Assert.True(double.IsFinite(r.Value), r.Tag));
    }
}
