using RadiogenomicsCloud.Radiomics.Glcm;
using RadiogenomicsCloud.Radiomics.Gldzm;
using RadiogenomicsCloud.Radiomics.Glrlm;
using RadiogenomicsCloud.Radiomics.Glszm;
using RadiogenomicsCloud.Radiomics.Intensity;
using RadiogenomicsCloud.Radiomics.IntensityVolumeHistogram;
using RadiogenomicsCloud.Radiomics.LocalIntensity;
using RadiogenomicsCloud.Radiomics.Morphology;
using RadiogenomicsCloud.Radiomics.Ngldm;
using RadiogenomicsCloud.Radiomics.Ngtdm;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>All feature families, in the order of the standard. A new family is one more entry of the list.</summary>
public static class FeatureCatalogue
{
    /// <summary>The key that means every family.</summary>
    public const string AllFamilies = "all";

    /// <summary>The families, in the order in which their features are reported.</summary>
    public static IReadOnlyList<IFeatureFamily> Families { get; } =
    [
        new MorphologyFamily(),
        new LocalIntensityFamily(),
        new IntensityStatisticsFamily(),
        new IntensityHistogramFamily(),
        new IntensityVolumeHistogramFamily(),
        new GlcmFamily(),
        new GlrlmFamily(),
        new GlszmFamily(),
        new GldzmFamily(),
        new NgtdmFamily(),
        new NgldmFamily(),
    ];

    private static readonly Dictionary<string, FeatureDefinition> ByTag =
        Families.SelectMany(f => f.Features).ToDictionary(f => f.Tag, StringComparer.Ordinal);

    /// <summary>Every feature of every family, in catalogue order.</summary>
    public static IReadOnlyList<FeatureDefinition> Features { get; } = [.. Families.SelectMany(f => f.Features)];

    /// <summary>Keys that <see cref="FeatureSettings.Families"/> may hold, <see cref="AllFamilies"/> first.</summary>
    public static IReadOnlyList<string> FamilyKeys { get; } = [AllFamilies, .. Families.Select(f => f.Key)];

    /// <summary>The feature with this tag, or null.</summary>
    public static FeatureDefinition? Find(string tag) => ByTag.GetValueOrDefault(tag);

    /// <summary>The families that are wanted, in catalogue order, each once.</summary>
    /// <exception cref="BadInputException">A family or an aggregation that does not exist, or none named.</exception>
    public static IReadOnlyList<IFeatureFamily> WantedFamilies(FeatureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Check(settings.Families, FamilyKeys, "family", "families");
        if (settings.Aggregations is { } aggregations)
            Check(aggregations, TextureAggregation.All, "aggregation", "aggregations");
        if (settings.Except is { } except)
            CheckTags(except);
        return settings.Families.Contains(AllFamilies)
            ? Families
            : [.. Families.Where(f => settings.Families.Contains(f.Key))];
    }

    /// <summary>The features that <see cref="FeatureExtractor"/> returns for these settings, in that order.</summary>
    /// <exception cref="BadInputException">As <see cref="WantedFamilies"/>.</exception>
    public static IReadOnlyList<FeatureDefinition> WantedFeatures(FeatureSettings settings) =>
        [.. WantedFamilies(settings).SelectMany(f => f.Features).Where(f => IsWanted(f, settings))];

    internal static bool IsWanted(FeatureDefinition feature, FeatureSettings settings) =>
        TextureAggregation.IsWanted(feature.Aggregation, settings.Aggregations) && settings.Except?.Contains(feature.Tag) != true;

    private static void CheckTags(IReadOnlyList<string> tags)
    {
        foreach (var tag in tags)
        {
            if (Find(tag) is null)
            {
                var hint = NearestName.Find(tag, [.. ByTag.Keys]) is { } nearest ? $"did you mean '{nearest}'?" : "'radiogenomics features' lists them.";
                throw new BadInputException("radiomics.unknown-feature", $"There is no feature {CellText.Quote(tag)} to leave out; {hint}", "except");
            }
        }
    }

    private static void Check(IReadOnlyList<string> keys, IReadOnlyList<string> valid, string what, string where)
    {
        if (keys.Count == 0)
            throw new BadInputException($"radiomics.no-{what}", $"No feature {what} is named; give one or more of {string.Join(", ", valid)}.", where);
        foreach (var key in keys)
        {
            if (!valid.Contains(key))
            {
                var hint = NearestName.Find(key, valid) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
                throw new BadInputException(
                    $"radiomics.unknown-{what}",
                    $"Unknown feature {what} {CellText.Quote(key)}{hint} Valid are {string.Join(", ", valid)}.",
                    where);
            }
        }
    }
}
