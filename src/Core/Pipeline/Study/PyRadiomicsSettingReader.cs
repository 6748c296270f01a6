using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.PyRadiomics;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Checks and binds the keys of <c>setting</c>. A key without a value is not there, as in PyRadiomics.</summary>
internal sealed class PyRadiomicsSettingReader(StudyErrors errors, List<string> notes)
{
    private static readonly NumberSpec Positive = new(0, Exclusive: true);
    private static readonly IntegerSpec Counting = new(1, SettingsValidation.MaxLevels);

    /// <summary>What may stand at each key that is honoured, wholly or in part.</summary>
    private static readonly Dictionary<string, ValueSpec> Specs = new(StringComparer.Ordinal)
    {
        ["binWidth"] = Positive,
        ["binCount"] = Counting,
        ["voxelArrayShift"] = new NumberSpec(),
        ["weightingNorm"] = new ChoiceSpec(["manhattan", "euclidean", "infinity", "no_weighting"]),
        ["gldm_a"] = new IntegerSpec(0, SettingsValidation.MaxLevels),
        ["force2D"] = new BooleanSpec(),
        ["force2Ddimension"] = new IntegerSpec(0, 2),
        ["distances"] = new ListSpec(new IntegerSpec(1, 1000), 1, 1000),
        ["symmetricalGLCM"] = new BooleanSpec(),
        ["resampledPixelSpacing"] = new ListSpec(new NumberSpec(0, SettingsValidation.MaxSpacingMm), 3, 3),
        ["normalize"] = new BooleanSpec(),
        ["normalizeScale"] = Positive,
        ["removeOutliers"] = Positive,
        ["resegmentRange"] = new ListSpec(new NumberSpec(), 1, 2),
        ["resegmentMode"] = new ChoiceSpec(["absolute", "relative", "sigma"]),
        ["resegmentShape"] = new BooleanSpec(),
        ["minimumROIDimensions"] = new IntegerSpec(1, 3),
        ["minimumROISize"] = new IntegerSpec(1, int.MaxValue),
        ["label"] = new IntegerSpec(1, int.MaxValue),
        ["label_channel"] = new IntegerSpec(0, int.MaxValue),
    };

    /// <summary>The values by key.</summary>
    public IReadOnlyDictionary<string, YamlNode> Read(YamlMapping? setting)
    {
        var values = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (name, value) in setting?.Entries ?? [])
            Add(name, value, PyRadiomicsSettingKeys.All, values);
        return values;
    }

    /// <summary>The same with the settings of the original image in their place, which can be those of textures only.</summary>
    public IReadOnlyDictionary<string, YamlNode> ReadOriginal(YamlMapping original, IReadOnlyDictionary<string, YamlNode> setting)
    {
        var values = new Dictionary<string, YamlNode>(setting, StringComparer.Ordinal);
        foreach (var (name, value) in original.Entries)
        {
            if (PyRadiomicsSettingKeys.All.FirstOrDefault(k => k.Name == name.Text) is { OfTextures: false })
                throw errors.At(name, "study.combination", $"'{name.Text}' has no effect below an image type: give it under 'setting'");
            Add(name, value, PyRadiomicsSettingKeys.All, values);
        }
        return values;
    }

    public static PyRadiomicsSettings Bind(IReadOnlyDictionary<string, YamlNode> values, IReadOnlyList<PyRadiomicsFeature>? features)
    {
        var map = new YamlMapping(1, 1, [.. values.Select(v => (new YamlScalar(1, 1, v.Key, true), v.Value))]);
        return new(
            new(
                map.Boolean("normalize") == true ? new(map.Number("normalizeScale") ?? 1, map.Number("removeOutliers")) : null,
                Resampling(map),
                Resegmentation(map),
                map.Integer("minimumROIDimensions") ?? 2,
                map.Integer("minimumROISize")),
            new(
                features,
                map.Number("binWidth") ?? 25,
                map.Integer("binCount"),
                map.Number("voxelArrayShift") ?? 0,
                Weighting(map.Text("weightingNorm")),
                map.Boolean("force2D") == true ? map.Integer("force2Ddimension") ?? 0 : null,
                map.Integer("gldm_a") ?? 0),
            map.Integer("label") ?? 1);
    }

    private void Add(YamlScalar name, YamlNode value, IReadOnlyList<PyRadiomicsSettingKey> keys, Dictionary<string, YamlNode> values)
    {
        var key = keys.FirstOrDefault(k => k.Name == name.Text) ?? throw errors.Unknown(name, "setting", name.Text, [.. keys.Select(k => k.Name)]);
        if (key.Use == PyRadiomicsSettingUse.WithoutEffect)
        {
            if (key.Name is "correctMask" && value is YamlScalar { Boolean: true })
                notes.Add("'correctMask' has no effect: a mask on another grid than its image is refused.");
            return;
        }
        if (value is YamlScalar { IsNull: true } && key.Name != "interpolator")
        {
            values.Remove(key.Name);
            return;
        }
        if (Specs.TryGetValue(key.Name, out var spec))
            spec.Check(value, key.Name, errors);
        RefuseOtherValues(key.Name, value);
        values[key.Name] = value;
    }

    private void RefuseOtherValues(string key, YamlNode value)
    {
        var reason = key switch
        {
            "distances" when ((YamlSequence)value).Items is not [YamlScalar { Unsigned: 1 }] =>
                "neighbours at distances other than [1] are not supported with PyRadiomics' names",
            "symmetricalGLCM" when ((YamlScalar)value).Boolean == false => "a matrix that is not symmetrical has no equivalent in the standard",
            "label_channel" when ((YamlScalar)value).Unsigned > 0 => "masks of several channels are not read",
            "interpolator" when !IsNull(value) && Kernel(value) is null => value is YamlScalar { Shown: var shown }
                ? $"the interpolator {shown} is not supported; supported: sitkNearestNeighbor, sitkLinear, sitkBSpline"
                : "'interpolator' must be a name",
            _ => null,
        };
        if (reason is not null)
            throw errors.At(value, "study.not_supported", $"'{key}': {reason}");
    }

    private static PyRadiomicsResampling? Resampling(YamlMapping map)
    {
        var spacing = map.Items("resampledPixelSpacing");
        if (spacing.Count == 0 || (map.Find("interpolator") is { } given && IsNull(given)))
            return null;
        var kernel = map.Find("interpolator") is { } named ? Kernel(named)!.Value : Interpolation.Cubic;
        return new([.. spacing.Select(s => ((YamlScalar)s).Number!.Value)], kernel);
    }

    private static PyRadiomicsResegmentation? Resegmentation(YamlMapping map)
    {
        double[] bounds = [.. map.Items("resegmentRange").Select(b => ((YamlScalar)b).Number!.Value).Order()];
        return bounds.Length == 0
            ? null
            : new(
                bounds[0],
                bounds.Length > 1 ? bounds[1] : null,
                map.Choice<PyRadiomicsRange>("resegmentMode") ?? PyRadiomicsRange.Absolute,
                map.Boolean("resegmentShape") ?? false);
    }

    private static Interpolation? Kernel(YamlNode value) => (value as YamlScalar)?.Text switch
    {
        "sitkNearestNeighbor" or "1" => Interpolation.Nearest,
        "sitkLinear" or "2" => Interpolation.Linear,
        "sitkBSpline" or "3" => Interpolation.Cubic,
        _ => null,
    };

    private static PyRadiomicsWeighting? Weighting(string? norm) => norm switch
    {
        null => null,
        "manhattan" => PyRadiomicsWeighting.Manhattan,
        "euclidean" => PyRadiomicsWeighting.Euclidean,
        "infinity" => PyRadiomicsWeighting.Infinity,
        _ => PyRadiomicsWeighting.None,
    };

    private static bool IsNull(YamlNode node) => node is YamlScalar { IsNull: true };
}
