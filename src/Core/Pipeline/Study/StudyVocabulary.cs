using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>The names that a study file may use and that are not ours to list: they come from the registries.</summary>
/// <param name="Families">Keys of feature families, <c>all</c> among them.</param>
/// <param name="DiscretisedFamilies">Those that need grey levels.</param>
/// <param name="Aggregations">Keys of aggregations of texture matrices.</param>
/// <param name="Select">Transforms and selectors.</param>
public sealed record StudyVocabulary(
    IReadOnlyList<string> Families,
    IReadOnlyList<string> DiscretisedFamilies,
    IReadOnlyList<string> Aggregations,
    IReadOnlyList<RegistryEntry> Select,
    IReadOnlyList<RegistryEntry> Models)
{
    /// <summary>Tags of single features, which may be left out.</summary>
    public IReadOnlyList<string> Features { get; init; } = [.. FeatureCatalogue.Features.Select(f => f.Tag)];

    /// <summary>What this version knows.</summary>
    public static StudyVocabulary Standard { get; } = new(
        FeatureCatalogue.FamilyKeys,
        [FeatureCatalogue.AllFamilies, .. FeatureCatalogue.Families.Where(f => f.NeedsDiscretisation).Select(f => f.Key)],
        TextureAggregation.All,
        [.. LearningRegistry.Entries.Where(e => e.Kind is RegistryKind.Transform or RegistryKind.Selector or RegistryKind.Balance)],
        [.. LearningRegistry.Entries.Where(e => e.Kind is RegistryKind.Model)]);
}
