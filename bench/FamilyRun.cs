using RadiogenomicsCloud.Bench.Regions;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Bench;

/// <summary>One family alone, with everything that it would share with others; grey levels are made beforehand.</summary>
internal sealed class FamilyRun(IFeatureFamily family, BenchRegion region, FeatureSettings settings)
{
    private readonly DiscretisedRegion discretised = Discretiser.Discretise(region.Roi, region.Discretise);

    public double Compute()
    {
        var values = new FamilyValues(family);
        family.Compute(new FeatureInput(region.Roi, discretised, settings), values);
        return values[0];
    }
}
