using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>
/// Reads study files. Every error is one <see cref="BadInputException"/> that names file, line and column; unknown keys and names come
/// with the nearest valid one. Checked are names, types, ranges and combinations; whether columns and genes exist, only the cohort says.
/// </summary>
public static class StudyFile
{
    /// <summary>The name of a study file in a cohort.</summary>
    public const string FileName = "study.yaml";

    private const string ExtractName = "image";

    /// <param name="yaml">The text.</param>
    /// <param name="path">Where it is from, for messages.</param>
    /// <exception cref="BadInputException">Code <c>study.…</c>.</exception>
    public static Study Parse(string yaml, string path) => Parse(yaml, path, StudyVocabulary.Standard);

    /// <inheritdoc cref="Parse(string, string)"/>
    /// <param name="vocabulary">The names that the file may use.</param>
    public static Study Parse(string yaml, string path, StudyVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var errors = new StudyErrors(path);
        var root = YamlReader.Read(yaml, errors);
        CheckSchema(root, errors);
        StudySpec.Study(vocabulary).Check(root, "the file", errors);
        return new StudyBinder(vocabulary, errors).Bind((YamlMapping)root);
    }

    /// <summary>Reads a settings file of <c>extract</c>: one entry of <c>imaging</c> alone. Its name is <c>image</c> if it gives none.</summary>
    /// <param name="families">In place of the file's, before it is asked whether they need what the file lacks; null takes the file's.</param>
    /// <exception cref="BadInputException">Code <c>study.…</c>.</exception>
    public static ImagingEntry ParseImaging(string yaml, string path, IReadOnlyList<string>? families = null)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var errors = new StudyErrors(path);
        var root = YamlReader.Read(yaml, errors);
        StudySpec.Imaging(StudyVocabulary.Standard, nameRequired: false).Check(root, "the file", errors);
        return new ImagingBinder(StudyVocabulary.Standard, errors).Bind((YamlMapping)root, ExtractName, families);
    }

    /// <summary>The list entry as the learning registry takes it.</summary>
    internal static NamedOptions Named(YamlNode node)
    {
        var (name, options) = ((YamlMapping)node).Entries[0];
        return new NamedOptions(name.Text, JsonSerializer.SerializeToElement(options.ToJson() ?? new JsonObject(), CanonicalJson.Options));
    }

    /// <summary>The options of a list entry, absent ones by their default.</summary>
    internal static OptionValues Options(RegistryEntry entry, YamlNode node) => OptionValues.Read(entry, Named(node).Options);

    // Before anything else: the keys of a newer schema would only be reported as unknown.
    private static void CheckSchema(YamlNode root, StudyErrors errors)
    {
        if (root is YamlMapping map && map.Find("schema") is YamlScalar { Unsigned: > StudySpec.CurrentSchema } schema)
        {
            throw errors.At(schema, "study.newer_schema", FormattableString.Invariant(
                $"the file has schema {schema.Shown} and this version reads up to {StudySpec.CurrentSchema}: use a newer version of the program"));
        }
    }
}
