using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Preprocessing;

public sealed class SettingsValidationTests
{
    public static TheoryData<PreprocessingSettings, string> Bad { get; } = new()
    {
        { new(new([])), "resample.spacing_mm" },
        { new(new([1])), "resample.spacing_mm" },
        { new(new([1, 1, 1, 1])), "resample.spacing_mm" },
        { new(new([1, -1, 1])), "resample.spacing_mm" },
        { new(new([1, 1, double.NaN])), "resample.spacing_mm" },
        { new(new([1, 1, 101])), "resample.spacing_mm" },
        { new(new([1, 1, 1], Mask: Interpolation.Cubic)), "resample.mask" },
        { new(new([1, 1, 1], (Interpolation)9)), "resample.image" },
        { new(Resegment: new(5, 4)), "resegment.range" },
        { new(Resegment: new(double.NegativeInfinity, 4)), "resegment.range" },
        { new(Resegment: new(Sigma: 0)), "resegment.sigma" },
        { new(Resegment: new(Sigma: double.NaN)), "resegment.sigma" },
        { new(Discretise: new(DiscretiseMethod.FBS)), "discretise.bin_width" },
        { new(Discretise: new(DiscretiseMethod.FBS, 0)), "discretise.bin_width" },
        { new(Discretise: new(DiscretiseMethod.FBS, 25, 32)), "discretise.bins" },
        { new(Discretise: new(DiscretiseMethod.FBN)), "discretise.bins" },
        { new(Discretise: new(DiscretiseMethod.FBN, Bins: 1)), "discretise.bins" },
        { new(Discretise: new(DiscretiseMethod.FBN, 25, 32)), "discretise.bin_width" },
        { new(Discretise: new((DiscretiseMethod)7)), "discretise.method" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Settings_out_of_range_are_refused_by_name(PreprocessingSettings settings, string where)
    {
        var error = Assert.Throws<BadInputException>(settings.Validate);
        Assert.Equal(where, error.Where);
        Assert.StartsWith(where.Split('.')[0], error.Message, StringComparison.Ordinal);
        Assert.Contains(where.Split('.')[1], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_of_the_standards_configurations_are_valid()
    {
        foreach (var name in "ABCDE")
            IbsiPhantom.Configuration(name).Validate();
        new PreprocessingSettings().Validate();
    }
}
