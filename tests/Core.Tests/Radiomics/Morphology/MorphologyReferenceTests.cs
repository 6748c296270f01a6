using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Core.Tests.Preprocessing;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;

/// <summary>The published values of the IBSI-1 phantoms.</summary>
public sealed class MorphologyReferenceTests
{
    [Fact]
    public void Every_value_of_the_digital_phantom_agrees_with_the_reference()
    {
        var (image, mask) = IbsiPhantom.Digital();
        Check(new(image, mask, mask, null), IbsiPhantom.Table("digital"));
    }

    [Theory]
    [InlineData('A')]
    [InlineData('B')]
    [InlineData('C')]
    [InlineData('D')]
    [InlineData('E')]
    public void Every_value_of_the_CT_phantom_agrees_with_the_reference(char configuration)
    {
        var (image, mask) = IbsiPhantom.Ct();
        Check(
            ImagePreparation.Prepare(image, mask, IbsiPhantom.Configuration(configuration), TestContext.Current.CancellationToken),
            IbsiPhantom.Table(configuration.ToString()));
    }

    private static void Check(RegionOfInterest roi, IReadOnlyList<(string Tag, ReferenceValue Reference)> rows)
    {
        var computed = MorphologyCase.Compute(roi);
        // The four features without consensus have no reference value; morph_mask_… are diagnostics.
        var reference = rows
            .Where(row => row.Tag.StartsWith("morph_", StringComparison.Ordinal) && !row.Tag.StartsWith("morph_mask_", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(25, reference.Count);
        Assert.Empty(IbsiPhantom.Disagreements(reference, computed));
    }
}
