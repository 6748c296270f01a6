using RadiogenomicsCloud.Radiomics.PyRadiomics;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>
/// A parameter file of PyRadiomics (YAML with <c>setting</c>, <c>imageType</c>, <c>featureClass</c>) as settings of the same meaning.
/// Each of its keys is honoured, has no effect here (and <see cref="Notes"/> says why where that could surprise), or is refused with
/// line and reason; see <see cref="PyRadiomicsSettingKeys"/>.
/// </summary>
/// <param name="Notes">What a reader of the output should know about the file; one sentence each, without the file's name.</param>
public sealed record PyRadiomicsParameters(PyRadiomicsSettings Settings, IReadOnlyList<string> Notes)
{
    private const string SettingKey = "setting", ImageTypeKey = "imageType", FeatureClassKey = "featureClass", VoxelSettingKey = "voxelSetting";

    private const string Original = "Original", Shape2D = "shape2D";

    private static readonly string[] Keys = [SettingKey, ImageTypeKey, FeatureClassKey, VoxelSettingKey];

    private static readonly string[] Filters =
        ["Exponential", "Gradient", "LBP2D", "LBP3D", "LoG", "Logarithm", "Square", "SquareRoot", "Wavelet"];

    /// <summary>Whether the file is one of PyRadiomics: a map with at least one of its four keys.</summary>
    /// <exception cref="BadInputException">Not YAML, with code <c>study.…</c>.</exception>
    public static bool Recognises(string yaml, string path)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        return YamlReader.Read(yaml, new StudyErrors(path)) is YamlMapping map && map.Entries.Any(e => Keys.Contains(e.Key.Text));
    }

    /// <summary>Reads a file that <see cref="Recognises"/> takes for one of PyRadiomics.</summary>
    /// <exception cref="BadInputException">Code <c>study.…</c>: unknown, of the wrong type, or <c>study.not_supported</c>; names line and column.</exception>
    public static PyRadiomicsParameters Parse(string yaml, string path)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var errors = new StudyErrors(path);
        if (YamlReader.Read(yaml, errors) is not YamlMapping root)
            throw errors.At(1, 1, "study.type", $"a parameter file is a map of {string.Join(", ", Keys)}");
        foreach (var (key, _) in root.Entries)
        {
            if (key.Text == VoxelSettingKey)
                throw errors.At(key, "study.not_supported", "'voxelSetting' asks for feature maps; this program computes one value of a feature for a region. Remove it");
            if (!Keys.Contains(key.Text))
                throw errors.Unknown(key, "key", key.Text, Keys);
        }
        var notes = new List<string>();
        var settings = new PyRadiomicsSettingReader(errors, notes);
        var values = settings.Read(Section(root, SettingKey, errors));
        if (ImageType(root, errors) is { } ofOriginal)
            values = settings.ReadOriginal(ofOriginal, values);
        var features = Features(Section(root, FeatureClassKey, errors), errors, notes);
        return new(PyRadiomicsSettingReader.Bind(values, features), notes);
    }

    private static YamlMapping? Section(YamlMapping root, string key, StudyErrors errors) => root.Value(key) switch
    {
        null => null,
        YamlMapping map => map,
        var other => throw errors.Type(other, key, "a map"),
    };

    /// <summary>The settings of the original image alone; all others are refused.</summary>
    private static YamlMapping? ImageType(YamlMapping root, StudyErrors errors)
    {
        if (Section(root, ImageTypeKey, errors) is not { Entries.Count: > 0 } types)
            return null;
        foreach (var (type, _) in types.Entries)
        {
            if (Filters.Contains(type.Text))
            {
                throw errors.At(type, "study.not_supported",
                    $"the image type '{type.Text}' is a filter, and filters are not supported yet in this version; supported: {Original}");
            }
            if (type.Text != Original)
                throw errors.Unknown(type, "image type", type.Text, [Original]);
        }
        return Section(types, Original, errors);
    }

    private static List<PyRadiomicsFeature>? Features(YamlMapping? classes, StudyErrors errors, List<string> notes)
    {
        if (classes is not { Entries.Count: > 0 })
            return null;
        var features = new List<PyRadiomicsFeature>();
        foreach (var (name, wanted) in classes.Entries)
        {
            if (name.Text == Shape2D)
                throw errors.At(name, "study.not_supported", $"the feature class '{Shape2D}' is not supported: shape is that of the volume ('shape'). Remove it");
            if (!PyRadiomicsCatalogue.Classes.Contains(name.Text))
                throw errors.Unknown(name, "feature class", name.Text, PyRadiomicsCatalogue.Classes);
            features.AddRange(wanted switch
            {
                YamlScalar { IsNull: true } or YamlSequence { Items.Count: 0 } => PyRadiomicsCatalogue.Default.Where(f => f.Class == name.Text),
                YamlSequence list => list.Items.Select(item => Feature(name.Text, item, errors, notes)).OfType<PyRadiomicsFeature>(),
                _ => throw errors.Type(wanted, name.Text, "a list of features, or nothing for all of them"),
            });
        }
        return features.Count > 0
            ? features
            : throw errors.At(classes, "study.combination", "'featureClass' names no feature that has a value");
    }

    /// <summary>Null, with a note, where PyRadiomics takes the name and gives no value.</summary>
    private static PyRadiomicsFeature? Feature(string featureClass, YamlNode item, StudyErrors errors, List<string> notes)
    {
        if (item is not YamlScalar { IsNull: false } name)
            throw errors.Type(item, featureClass, "a list of feature names");
        if (PyRadiomicsCatalogue.Find(featureClass, name.Text) is { } feature)
            return feature;
        if (PyRadiomicsCatalogue.WithoutValue.TryGetValue($"original_{featureClass}_{name.Text}", out var same))
        {
            notes.Add($"'{name.Text}' of {featureClass} is deprecated in PyRadiomics and has no value there or here; it is {same}.");
            return null;
        }
        throw errors.Unknown(name, $"feature of {featureClass}", name.Text, [.. PyRadiomicsCatalogue.Features.Where(f => f.Class == featureClass).Select(f => f.Name)]);
    }
}
