using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Core.Tests.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Certification;

public sealed class ReferenceTableTests
{
    private static readonly string[] WithoutConsensus =
        ["morph_vol_dens_ombb", "morph_area_dens_ombb", "morph_vol_dens_mvee", "morph_area_dens_mvee", "ivh_auc"];

    [Theory]
    [InlineData("digital", "digital-phantom.csv")]
    [InlineData("A", "config-a.csv")]
    [InlineData("C", "config-c.csv")]
    [InlineData("E", "config-e.csv")]
    public void The_table_has_the_published_values_and_tolerances(string dataSet, string file) =>
        Assert.Equal(IbsiPhantom.Reference(file), IbsiPhantom.Table(dataSet));

    [Theory]
    [InlineData("digital", 487, 0)]
    [InlineData("A", 411, 60)]
    [InlineData("B", 411, 60)]
    [InlineData("C", 275, 60)]
    [InlineData("D", 275, 60)]
    [InlineData("E", 275, 60)]
    public void A_data_set_has_every_row_once_and_no_value_only_where_there_is_no_consensus(string dataSet, int rows, int diagnostics)
    {
        var table = ReferenceTable.Of(dataSet);
        Assert.Equal(rows, table.Count);
        Assert.Equal(rows, table.Select(r => r.Tag).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(diagnostics, table.Count(r => r.Family == ReferenceTable.Diagnostics));
        Assert.Equal(WithoutConsensus, table.Where(r => r.Reference is null).Select(r => r.Tag));
        Assert.All(table, r => Assert.InRange(r.Reference?.Tolerance ?? 0, 0, decimal.MaxValue));
    }

    [Fact]
    public void The_rows_of_configurations_of_one_kind_are_the_same()
    {
        Assert.Equal(ReferenceTable.Of("A").Select(Name), ReferenceTable.Of("B").Select(Name));
        Assert.Equal(ReferenceTable.Of("C").Select(Name), ReferenceTable.Of("D").Select(Name));
        Assert.Equal(ReferenceTable.Of("C").Select(Name), ReferenceTable.Of("E").Select(Name));

        static (string, string) Name(ReferenceRow row) => (row.Family, row.Tag);
    }

    /// <summary>No feature is computed that the standard does not have, and the order of the catalogue is the standard's.</summary>
    [Fact]
    public void The_features_of_the_catalogue_are_those_of_the_table_in_its_order() => Assert.Equal(
        ReferenceTable.Of("digital").Select(r => (r.Family, r.Tag)), FeatureCatalogue.Features.Select(f => (f.Family, f.Tag)));

    [Fact]
    public void The_digital_phantom_is_the_published_one()
    {
        var (image, mask) = IbsiPhantom.Digital();
        var ours = RadiogenomicsCloud.Certification.DigitalPhantom.Image();
        Assert.Equal(image.Values, ours.Values);
        Assert.Equal(mask.Values, RadiogenomicsCloud.Certification.DigitalPhantom.Mask().Values);
        Assert.Equal(image.Grid, ours.Grid);
    }
}
