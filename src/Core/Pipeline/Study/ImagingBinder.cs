using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Makes an <see cref="ImagingEntry"/> of a checked map, and refuses combinations that cannot be.</summary>
internal sealed class ImagingBinder(StudyVocabulary vocabulary, StudyErrors errors)
{
    public ImagingEntry Bind(YamlMapping map, string defaultName)
    {
        var preprocessing = new PreprocessingSettings(
            Resample(map.Map("resample")), Resegment(map.Map("resegment")), Discretise(map.Map("discretise")), map.Boolean("round"));
        return new ImagingEntry(
            map.Text("name") ?? defaultName,
            new ImageSelection(map.Text("modality"), map.Text("description"), map.Text("roi"), map.Boolean("union") ?? false),
            preprocessing,
            Features(map, preprocessing.Discretise is not null));
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
        var (needed, refused) = settings.Method == DiscretiseMethod.FBS ? ("bin_width", "bins") : ("bins", "bin_width");
        if (map.Value(needed) is null)
            throw errors.At(map, "study.combination", $"'discretise' with method {settings.Method} needs '{needed}'");
        return map.Value(refused) is { } wrong
            ? throw errors.At(wrong, "study.combination", $"'discretise' with method {settings.Method} takes '{needed}', not '{refused}'")
            : settings;
    }

    private FeatureSettings Features(YamlMapping map, bool isDiscretised)
    {
        var families = map.Texts("families") ?? [FeatureCatalogue.AllFamilies];
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
        return new FeatureSettings(families, map.Texts("aggregations"));
    }
}
