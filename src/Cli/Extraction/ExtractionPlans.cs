using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Extraction;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Cli.Extraction;

/// <summary>Makes the plan of a command: the settings file, over which the command's own options stand.</summary>
internal static class ExtractionPlans
{
    /// <summary>Without a settings file nothing is resampled, and grey levels are 32 bins of the region's own range.</summary>
    private static readonly ImagingEntry Default = new(
        "image", new(null, null, null), new(Discretise: new(DiscretiseMethod.FBN, Bins: 32)), new([FeatureCatalogue.AllFamilies]));

    /// <exception cref="BadInputException">The file or the options are wrong.</exception>
    public static IExtractionPlan Create(ExtractOptions options)
    {
        var entry = options.Settings is { } path ? StudyFile.ParseImaging(TextFile.Read(path), path) : Default;
        var features = entry.Features;
        if (options.Families.Count > 0)
            features = features with { Families = options.Families };
        if (options.Aggregations.Count > 0)
            features = features with { Aggregations = options.Aggregations };
        return new ImagingPlan(entry with { Features = features }, options.Diagnostics);
    }
}
