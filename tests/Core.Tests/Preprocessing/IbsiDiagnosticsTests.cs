using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Preprocessing;

public sealed class IbsiDiagnosticsTests
{
    [Theory]
    [InlineData('A')]
    [InlineData('B')]
    [InlineData('C')]
    [InlineData('D')]
    [InlineData('E')]
    public void Every_diagnostic_of_the_CT_phantom_agrees_with_the_reference(char configuration)
    {
        var (image, mask) = IbsiPhantom.Ct();
        var computed = ImageDiagnostics.Compute(image, mask, IbsiPhantom.Configuration(configuration), TestContext.Current.CancellationToken)
            .ToDictionary(d => d.Tag, d => d.Value);
        var reference = IbsiPhantom.Table(configuration.ToString()).Take(60).ToList();

        Assert.Equal(reference.Select(r => r.Tag).Order(), computed.Keys.Order());
        Assert.Empty(IbsiPhantom.Disagreements(reference, computed));
    }
}
