using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Makes an <see cref="ImagingEntry"/> of a checked map, and refuses combinations that cannot be.</summary>
internal sealed class ImagingBinder(StudyVocabulary vocabulary, StudyErrors errors)
{
    /// <param name="families">In place of the map's; null takes the map's.</param>
    public ImagingEntry Bind(YamlMapping map, string defaultName, IReadOnlyList<string>? families = null)
    {
        var preprocessing = new PreprocessingSettings(
            Resample(map.Map("resample")), Resegment(map.Map("resegment")), Discretise(map.Map("discretise")), map.Boolean("round"));
        return new ImagingEntry(
            map.Text("name") ?? defaultName,
            new ImageSelection(map.Text("modality"), map.Text("description"), map.Text("roi"), map.Boolean("union") ?? false),
            preprocessing,
            Features(map, families, preprocessing.Discretise is not null));
    }

    private static ResampleSettings? Resample(YamlMapping? map) => map is null
        ? null
        : new ResampleSettings(
            [.. map.Items("spacing_mm").Select(i => ((YamlScalar)i).Number!.Value)],
            map.Choice<Interpolation>("image") ?? Interpolation.Cubic,
            map.Choice<Interpolation>("mask") ?? Interpolation.Linear);

    private ResegmentSettings? Resegment(YamlMapping? map)
    {
        if (map is null)
            return null;
        var range = map.Items("range");
        var low = range.Count == 2 ? ((YamlScalar)range[0]).Number : null;
        var high = range.Count == 2 ? ((YamlScalar)range[1]).Number : null;
        if (low > high)
            throw errors.At(map.Find("range")!, "study.range", "the lower end of 'range' is above the upper end");
        return new ResegmentSettings(low, high, map.Number("sigma"));
    }

    private DiscretiseSettings? Discretise(YamlMapping? map)
    {
        if (map is null)
            return null;
        var settings = new DiscretiseSettings(map.Choice<DiscretiseMethod>("method")!.Value, map.Number("bin_width"), map.Integer("bins"));
        CheckBins(map, "discretise", settings.Method.ToString(), settings.Method == DiscretiseMethod.FBS ? "bin_width" : "bins");
        return settings;
    }

    private FeatureSettings Features(YamlMapping map, IReadOnlyList<string>? instead, bool isDiscretised)
    {
        var families = instead ?? map.Texts("families") ?? [FeatureCatalogue.AllFamilies];
        var at = map.Find("families") ?? map;
        if (families.Count > 1 && families.Contains(FeatureCatalogue.AllFamilies))
            throw errors.At(at, "study.combination", "'families' is either [all] or a list of families");
        if (families.Distinct(StringComparer.Ordinal).Count() < families.Count)
            throw errors.At(at, "study.duplicate", "'families' names a family twice");
        if (!isDiscretised && families.FirstOrDefault(vocabulary.DiscretisedFamilies.Contains) is { } needing)
        {
            throw errors.At(at, "study.combination", needing == FeatureCatalogue.AllFamilies
                ? "'families' [all] (the default) needs 'discretise': add it, or list the families that do without"
                : $"the family '{needing}' needs 'discretise'");
        }
        return new FeatureSettings(families, map.Texts("aggregations"), Except(map), Texture(map.Map("texture")), Ivh(map.Map("ivh")));
    }

    private IReadOnlyList<string>? Except(YamlMapping map)
    {
        foreach (var item in map.Items("except"))
        {
            var tag = ((YamlScalar)item).Text.Trim();
            if (!vocabulary.Features.Contains(tag))
                throw errors.Unknown(item, "feature", tag, vocabulary.Features);
        }
        return map.Texts("except");
    }

    private static TextureSettings? Texture(YamlMapping? map) => map is null
        ? null
        : new TextureSettings(
            Neighbours(map.Map("glcm")), Neighbours(map.Map("glrlm")), Neighbours(map.Map("ngtdm")), Neighbours(map.Map("ngldm")),
            map.Map("ngldm")?.Integer("coarseness") ?? 0);

    private static NeighbourSettings? Neighbours(YamlMapping? map)
    {
        var standard = new NeighbourSettings();
        return map is null
            ? null
            : new NeighbourSettings(
                map.Integer("distance") ?? standard.Distance,
                map.Choice<DistanceNorm>("norm") ?? standard.Norm,
                map.Choice<DistanceWeight>("weight") ?? standard.Weight,
                map.Choice<DistanceNorm>("weight_norm") ?? standard.WeightNorm);
    }

    private IvhSettings? Ivh(YamlMapping? map)
    {
        if (map is null)
            return null;
        var settings = new IvhSettings(map.Choice<IvhDiscretisation>("method")!.Value, map.Number("bin_width"), map.Integer("bins"));
        var needed = settings.Method switch
        {
            IvhDiscretisation.FBS => "bin_width",
            IvhDiscretisation.FBN => "bins",
            _ => null,
        };
        CheckBins(map, "ivh", settings.Method.ToString(), needed);
        return settings;
    }

    /// <summary>Of <c>bin_width</c> and <c>bins</c>, the one that the method needs and no other.</summary>
    private void CheckBins(YamlMapping map, string key, string method, string? needed)
    {
        if (needed is not null && map.Value(needed) is null)
            throw errors.At(map, "study.combination", $"'{key}' with method {method} needs '{needed}'");
        foreach (var other in (ReadOnlySpan<string>)["bin_width", "bins"])
        {
            if (other != needed && map.Value(other) is { } wrong)
                throw errors.At(wrong, "study.combination", $"'{key}' with method {method} takes {(needed is null ? "no" : $"'{needed}', not")} '{other}'");
        }
    }
}
