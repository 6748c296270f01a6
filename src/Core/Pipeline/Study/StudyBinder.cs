using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Makes a <see cref="Study"/> of a checked map, and refuses combinations that cannot be.</summary>
internal sealed class StudyBinder(StudyVocabulary vocabulary, StudyErrors errors)
{
    /// <summary>Leaves room in a payload for what a workflow's input holds beside the settings.</summary>
    private const int MaximumSettingsBytes = Payload.MaximumBytes * 3 / 4;

    /// <summary>Features of an image begin with its name; no feature shall look like a gene.</summary>
    private static readonly string[] MolecularPrefixes = [MutationTable.ColumnPrefix, MolecularMatrixReader.ExpressionPrefix, MolecularMatrixReader.CopyNumberPrefix];

    /// <summary>Keys that go together: without them there is no model.</summary>
    internal static readonly IReadOnlyList<string> KeysOfModels = ["endpoints", "models", "validate"];

    /// <summary>Keys that say nothing where there is no model.</summary>
    private static readonly string[] KeysAboutModels = ["compare", "select", "tune", "recalibrate", "choose", "explain", "revalidate"];

    public Study Bind(YamlMapping map)
    {
        var models = HasModels(map);
        var ids = map.Map("ids")!;
        var imaging = new ImagingBinder(vocabulary, errors);
        var validation = new ValidationBinder(errors);
        var many = new MolecularEndpointsBinder(errors);
        var bound = new Study(
            map.Integer("schema")!.Value,
            map.Text("study")!,
            new StudyIds(ids.Text("case")!, ids.Text("patient"), ids.Text("site"), ids.Text("scanner")),
            IdMap(map.Map("id_map")),
            many.Bind(map) is { } molecular ? [MolecularEndpointsBinder.Template(molecular)] : [.. map.Items("endpoints").Select(e => Endpoint((YamlMapping)e))],
            [.. map.Items("imaging").Select(e => imaging.Bind((YamlMapping)e, ""))],
            Genomics(map),
            Semantic(map),
            [.. map.Items("features").Select(e => Feature((YamlMapping)e))],
            map.Texts("clinical") ?? [],
            [],
            [.. map.Items("select").Select(StudyFile.Named)],
            [.. map.Items("models").Select(StudyFile.Named)],
            models ? validation.Bind(map) : new StudyValidation(null, null, null),
            (map.Value("seed") as YamlScalar)?.Unsigned ?? 1)
        {
            MolecularEndpoints = many.Bind(map),
        };
        if (map.Find("recalibrate") is { } recalibrate)
            bound = bound with { Recalibrate = new(RecalibrationOptions.Entry.Name, JsonSerializer.SerializeToElement(recalibrate.ToJson() ?? new JsonObject(), CanonicalJson.Options)) };
        if (map.Find("choose") is { } choose)
            bound = bound with { Choose = Choice(choose as YamlMapping) };
        if (map.Find("explain") is { } explain)
            bound = bound with { Explain = Explanation(explain) };
        if (map.Map("column_types") is { } types)
            bound = bound with { ColumnTypes = ColumnTypesSpec.Read(types) };
        if (map.Find("tune") is { } tune)
            bound = bound with { Tune = StudyFile.Named(tune) };
        if (models)
            bound = bound with { Models = new TuningBinder(vocabulary, errors).Bind(map, bound) };
        if (map.Map("archives") is { } archives)
            bound = bound with { ArchiveLimits = Limits(archives) };
        if (map.Map("revalidate") is { } revalidate)
            bound = bound with { Revalidate = Thresholds(revalidate) };
        if (models)
        {
            CheckEndpoint(map, bound);
            CheckModels(map);
            CheckMethods(map, bound.Endpoints[0].Kind);
            validation.Check(map, bound);
        }
        var sources = Sources(map, bound);
        var study = bound with
        {
            Compare = models ? Compare(map, sources) : [],
            Association = map.Find("association") is null ? null : new AssociationBinder(errors).Bind(map, bound, sources),
        };
        many.Check(map, study, sources);
        CheckSize(map, study);
        return study;
    }

    /// <summary>Whether the file asks for models: it does, all of it, or it asks for a map alone.</summary>
    private bool HasModels(YamlMapping map)
    {
        if (map.Find("association") is not null && !KeysOfModels.Any(k => map.Find(k) is not null))
        {
            return Array.Find(KeysAboutModels, k => map.Find(k) is not null) is { } idle
                ? throw errors.At(map.Find(idle)!, "study.combination", $"'{idle}' is about models, and the study has none: add {string.Join(", ", KeysOfModels)}, or leave it out")
                : false;
        }
        return KeysOfModels.FirstOrDefault(k => map.Find(k) is null) is { } missing
            ? throw errors.At(map, "study.missing_key", $"the key '{missing}' is missing; {string.Join(", ", KeysOfModels)} go together, and only a study of an association alone has none of them")
            : true;
    }

    // Images, sets and methods are the input of the workflows, where everything is small; lists of genes and columns are not.
    private void CheckSize(YamlMapping map, Study study)
    {
        var bytes = CanonicalJson.Serialize(new { study.Imaging, study.Compare, study.Select, study.Models }).Length;
        if (bytes > MaximumSettingsBytes)
        {
            throw errors.At(map, "study.too_large", FormattableString.Invariant(
                $"imaging, compare, select and models together are {bytes} bytes and at most {MaximumSettingsBytes} can be run: split the study"));
        }
    }

    private static ChoiceSettings Choice(YamlMapping? map)
    {
        var usual = new ChoiceSettings();
        return map is null ? usual : new(map.Integer("folds") ?? usual.Folds, map.Integer("repeats") ?? usual.Repeats, map.Text("measure") ?? usual.Measure);
    }

    private static ExplainSettings? Explanation(YamlNode node)
    {
        if (node is not YamlMapping { Entries.Count: > 0 } map)
            return node is YamlScalar { Boolean: false } ? null : ExplainSettings.All;
        var (usual, curve) = (new ImportanceSettings(), new DependenceSettings());
        return new(
            map.Find("permutation_importance") is not { } importance ? null : importance is not YamlMapping i ? usual
                : new(i.Integer("resamples") ?? usual.Resamples, i.Integer("repeats") ?? usual.Repeats),
            map.Find("partial_dependence") is not { } dependence ? null : dependence is not YamlMapping d ? curve
                : new(d.Integer("predictors") ?? curve.Predictors, d.Integer("points") ?? curve.Points, d.Integer("resamples") ?? curve.Resamples));
    }

    private static ArchiveLimits Limits(YamlMapping map)
    {
        var limits = new ArchiveLimits();
        return new(
            map.Integer("max_entries") ?? limits.MaxEntries,
            map.Number("max_gib") is { } gib ? (long)(gib * (1L << 30)) : limits.MaxTotalBytes,
            map.Number("max_ratio") ?? limits.MaxRatio);
    }

    private static SurveillanceThresholds Thresholds(YamlMapping map)
    {
        var usual = new SurveillanceThresholds();
        return new(
            map.Integer("fewest_cases") ?? usual.FewestCases,
            map.Number("auc_drop") ?? usual.AucDrop,
            map.Number("calibration_in_the_large") ?? usual.CalibrationInTheLarge,
            map.Number("calibration_slope") ?? usual.CalibrationSlope,
            map.Number("input_drift") ?? usual.InputDrift,
            map.Number("missing_rise") ?? usual.MissingRise);
    }

    private static SortedDictionary<string, string> IdMap(YamlMapping? map)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in map?.Entries ?? [])
            result[key.Text.Trim()] = ((YamlScalar)value).Text.Trim();
        return result;
    }

    private static FeatureTable Feature(YamlMapping map)
    {
        var name = map.Text("name")!;
        return new FeatureTable(name, map.Text("file") ?? $"features/{name}.csv");
    }

    private static SemanticSettings? Semantic(YamlMapping map) => map.Find("semantic") switch
    {
        null => null,
        YamlSequence => new SemanticSettings(map.Texts("semantic")),
        YamlScalar { Boolean: false } => null,
        _ => new SemanticSettings(Columns: null),
    };

    private StudyEndpoint Endpoint(YamlMapping map)
    {
        var kind = map.Choice<EndpointKind>("kind")!.Value;
        if (kind is EndpointKind.Survival)
        {
            Refuse("column", "a survival time is given by time and event");
            return new(Needed("event"), kind, map.Text("event_label"), Needed("time")) { Competing = Competing(map) };
        }
        Refuse("time", "only a survival time has it");
        Refuse("event_label", "only a survival time has it; write event");
        if (map.Find("competing") is { } competing)
            throw errors.At(competing, "study.combination", "'competing' cannot be given here: only a survival time has it");
        if (kind is not EndpointKind.Binary)
            Refuse("event", "only a binary endpoint or a survival time has it");
        return new(Needed("column"), kind, map.Text("event"));

        void Refuse(string key, string why)
        {
            if (map.Value(key) is { } node)
                throw errors.At(node, "study.combination", $"'{key}' cannot be given here: {why}");
        }

        string Needed(string key) => map.Text(key) ?? throw errors.At(map, "study.missing_key", $"the key '{key}' is missing: a {map.Text("kind")} endpoint needs it");
    }

    private List<string>? Competing(YamlMapping map)
    {
        if (map.Texts("competing") is not { } written)
            return null;
        List<string> labels = [.. written.Select(label => label.Trim())];
        if (labels.Distinct(StringComparer.Ordinal).Count() < labels.Count)
            throw errors.At(map.Find("competing")!, "study.duplicate", "'competing' has a label twice; keep one");
        return map.Text("event_label") is { } own && labels.Contains(own.Trim(), StringComparer.Ordinal)
            ? throw errors.At(map.Find("competing")!, "study.combination", $"'{YamlScalar.Show(own)}' is the event and cannot compete with itself")
            : labels;
    }

    private GenomicsSettings? Genomics(YamlMapping map)
    {
        if (map.Map("genomics") is not { } genomics)
            return null;
        if (!PredictorSources.All.Where(PredictorSources.IsGenomic).Any(source => genomics.Find(source) is not null))
            throw errors.At(genomics, "study.combination", "'genomics' names no data: name mutations, expression or copy_number, or leave it out");
        var mutations = genomics.Find("mutations") is null
            ? null
            : new MutationSettings(genomics.Map("mutations")?.Texts("genes"), genomics.Map("mutations")?.Number("min_frequency"));
        return new GenomicsSettings(mutations, Matrix(genomics, "expression"), Matrix(genomics, "copy_number"))
        {
            GeneSets = genomics.Map("gene_sets") is { } sets ? NamedFilesSpec.Read(sets) : null,
        };
    }

    private static MolecularMatrixSettings? Matrix(YamlMapping genomics, string key) => genomics.Find(key) is null
        ? null
        : new MolecularMatrixSettings(genomics.Map(key)?.Texts("genes"), genomics.Map(key)?.Integer("top_variance"));

    private void CheckEndpoint(YamlMapping map, Study study)
    {
        var endpoint = study.Endpoints[0];
        if (endpoint.Column == endpoint.Time)
            throw errors.At(map.Find("endpoints")!, "study.combination", $"'{YamlScalar.Show(endpoint.Column)}' cannot be both time and event");
        foreach (var column in new[] { endpoint.Column, endpoint.Time }.OfType<string>())
        {
            if (study.Clinical.Contains(column, StringComparer.Ordinal))
                throw errors.At(map.Find("clinical")!, "study.combination", $"'{YamlScalar.Show(column)}' is an endpoint and cannot be a predictor");
            if (column == study.Ids.Case || column == study.Ids.Patient || column == study.Ids.Site || column == study.Ids.Scanner)
                throw errors.At(map.Find("endpoints")!, "study.combination", $"'{YamlScalar.Show(column)}' identifies rows and cannot be an endpoint");
        }
    }

    /// <summary>Not every method is for every endpoint: known from the registry, hence said with its line.</summary>
    private void CheckMethods(YamlMapping map, EndpointKind kind)
    {
        foreach (var (node, entries) in map.Items("select").Select(n => (n, vocabulary.Select)).Concat(map.Items("models").Select(n => (n, vocabulary.Models))))
        {
            var name = ((YamlMapping)node).Entries[0].Key;
            var entry = entries.First(e => e.Name == name.Text);
            if (!entry.Endpoints.Contains(kind))
                throw errors.At(name, "study.combination", $"'{entry.Name}' is not for a {Word(kind)} endpoint: it is for {string.Join(", ", entry.Endpoints.Select(Word))}");
        }

        if (map.Find("recalibrate") is { } recalibrate && !RecalibrationOptions.Entry.Endpoints.Contains(kind))
            throw errors.At(recalibrate, "study.combination", $"a {Word(kind)} endpoint has no probabilities to recalibrate");
        if (map.Find("choose") is { } choose && map.Items("models").Count * Math.Max(1, map.Items("compare").Count) == 1)
            throw errors.At(choose, "study.combination", "'choose' needs several models or predictor sets to choose among");

        static string Word(EndpointKind kind) => kind.ToString().ToLowerInvariant();
    }

    private void CheckModels(YamlMapping map)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var model in map.Items("models"))
        {
            var name = ((YamlMapping)model).Entries[0].Key;
            if (!names.Add(name.Text))
                throw errors.At(name, "study.duplicate", $"the model '{name.Shown}' is given twice; keep one");
        }
    }

    /// <summary>All predictor sources that the study defines, in the order of the file's keys; names are unique.</summary>
    private List<string> Sources(YamlMapping map, Study study)
    {
        var sources = new List<string>();
        foreach (var (name, at) in study.Imaging.Select((e, i) => (e.Name, map.Items("imaging")[i]))
            .Concat(study.Features.Select((f, i) => (f.Name, map.Items("features")[i]))))
        {
            if (PredictorSources.All.Contains(name, StringComparer.Ordinal) || name == PredictorSources.Chosen)
                throw errors.At(at, "study.reserved", $"the name '{name}' is reserved for a predictor set");
            if (study.Imaging.Any(e => e.Name == name) && Array.Exists(MolecularPrefixes, prefix => $"{name}_".StartsWith(prefix, StringComparison.Ordinal)))
                throw errors.At(at, "study.reserved", $"the name '{name}' is reserved: columns that begin with {string.Join(", ", MolecularPrefixes)} are molecular");
            if (sources.Contains(name, StringComparer.Ordinal))
                throw errors.At(at, "study.duplicate", $"the name '{name}' is given twice: names of images and feature tables must differ");
            sources.Add(name);
        }
        if (study.Genomics?.Mutations is not null)
            sources.Add(PredictorSources.Mutations);
        if (study.Genomics?.Expression is not null)
            sources.Add(PredictorSources.Expression);
        if (study.Genomics?.CopyNumber is not null)
            sources.Add(PredictorSources.CopyNumber);
        if (study.Semantic is not null)
            sources.Add(PredictorSources.Semantic);
        if (study.Clinical.Count > 0)
            sources.Add(PredictorSources.Clinical);
        return sources.Count > 0
            ? sources
            : throw errors.At(map, "study.combination", "the study has no predictors: add imaging, genomics, semantic, features or clinical");
    }

    private List<PredictorSet> Compare(YamlMapping map, List<string> sources)
    {
        if (map.Value("compare") is null)
            return [.. sources.Select(s => new PredictorSet(s, [s]))];
        List<string> valid = map.Map("genomics") is null ? sources : [.. sources, PredictorSources.Genomics];
        var sets = new List<PredictorSet>();
        foreach (var item in map.Items("compare").Cast<YamlScalar>())
        {
            var parts = item.Text.Split('+', StringSplitOptions.TrimEntries);
            foreach (var part in parts)
            {
                if (!valid.Contains(part, StringComparer.Ordinal))
                    throw errors.Unknown(item, "predictor set", part, valid);
            }
            var resolved = parts.SelectMany(p => p == PredictorSources.Genomics ? sources.Where(PredictorSources.IsGenomic) : [p]).ToArray();
            if (resolved.Distinct(StringComparer.Ordinal).Count() < resolved.Length)
                throw errors.At(item, "study.duplicate", $"'{item.Shown}' has a predictor set twice");
            if (sets.Any(s => s.Parts.Order(StringComparer.Ordinal).SequenceEqual(resolved.Order(StringComparer.Ordinal))))
                throw errors.At(item, "study.duplicate", $"'{item.Shown}' is given twice; keep one");
            sets.Add(new PredictorSet(string.Join('+', parts), resolved));
        }
        return sets;
    }
}
