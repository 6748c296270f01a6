using RadiogenomicsCloud.Association;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>The keys of <c>association</c>, and what they make of a study.</summary>
internal sealed class AssociationBinder(StudyErrors errors)
{
    /// <summary>With fewer, the least p that permutations can give is too near the usual level.</summary>
    private const int FewestPermutations = 100;

    private const int FewestResamples = 10;

    private static readonly AssociationSettings Usual = new();

    /// <summary>Of the checked map; a side that it does not name is all that the study has of it.</summary>
    /// <param name="sources">All predictor sources of the study.</param>
    public StudyAssociation Bind(YamlMapping map, Study study, IReadOnlyList<string> sources)
    {
        var node = map.Find("association")!;
        var association = node as YamlMapping;
        List<string> molecules = [.. sources.Where(PredictorSources.IsGenomic)];
        var imaging = Side(association, "imaging", "imaging source", [.. sources.Where(s => !PredictorSources.IsGenomic(s))])
            ?? [.. sources.Where(s => !PredictorSources.IsGenomic(s) && s != PredictorSources.Clinical && !Named(association, "molecular").Contains(s, StringComparer.Ordinal))];
        if (imaging.Count == 0)
            throw errors.At(node, "study.combination", "'association' needs an imaging side: add imaging, semantic or features to the study");
        List<string> others = [.. sources.Where(s => !imaging.Contains(s, StringComparer.Ordinal))];
        var molecular = Side(association, "molecular", "molecular source", molecules.Count > 0 ? [.. others, PredictorSources.Genomics] : others)
            ?.SelectMany(s => s == PredictorSources.Genomics ? molecules : [s]).Distinct(StringComparer.Ordinal).ToList() ?? molecules;
        if (molecular.Count == 0)
            throw errors.At(node, "study.combination", "'association' needs a molecular side: add genomics to the study, or name a source of it");
        return new(imaging, molecular, Adjust(association, study), GeneSets(association, study), Settings(association, study));
    }

    public static MapSpec Keys(ListSpec texts) => new(
    [
        new("imaging", texts, "Sources of the imaging side: names of images and feature tables, semantic; all but clinical if not given."),
        new("molecular", texts, "Sources of the molecular side: mutations, expression, copy_number, genomics for all of these, or a table that holds molecular findings; genomics if not given."),
        new("adjust", texts, "Columns of the clinical table or of any source that every pair is adjusted for, such as age, the site, purity or the volume."),
        new("measure", new ChoiceSpec(["auto", "spearman", "pearson"]), "Measure of pairs of numbers; auto, which is Spearman, if not given. Other pairs have the measure of their types."),
        new("permutations", new IntegerSpec(0, 100_000), "Permutations of the cases, for family-wise p and the false discovery rate that respect correlation among features; 1000 if not given, 0 for none."),
        new("resamples", new IntegerSpec(0, 10_000), "Bootstrap samples for the stability of each pair; 100 if not given, 0 for none."),
        new("level", new NumberSpec(0.0001, 0.5), "Family-wise error rate and false discovery rate of what is called; 0.05 if not given."),
        new("group_correlation", new NumberSpec(0.1, 1), "Absolute correlation from which features of one side are one group; 0.9 if not given."),
        new("gene_sets", new TextSpec(), "One of genomics.gene_sets: sets that are looked for among the genes that go with an imaging feature."),
    ]);

    private List<string> Adjust(YamlMapping? association, Study study)
    {
        List<string> columns = association?.Texts("adjust") is { } written ? [.. written.Select(c => c.Trim())] : [];
        foreach (var (column, at) in columns.Zip(association?.Items("adjust") ?? []))
        {
            if (columns.Count(c => c == column) > 1)
                throw errors.At(at, "study.duplicate", $"'{YamlScalar.Show(column)}' is given twice; keep one");
            if (column == study.Ids.Case || column == study.Ids.Patient)
                throw errors.At(at, "study.combination", $"'{YamlScalar.Show(column)}' identifies rows and cannot be adjusted for");
        }
        return columns;
    }

    private string? GeneSets(YamlMapping? association, Study study)
    {
        if (association?.Text("gene_sets") is not { } name)
            return null;
        List<string> valid = [.. study.Genomics?.GeneSets?.Keys ?? Enumerable.Empty<string>()];
        if (valid.Count == 0)
            throw errors.At(association.Find("gene_sets")!, "study.combination", "'gene_sets' needs the file of the sets: name it under genomics, gene_sets");
        return valid.Contains(name, StringComparer.Ordinal) ? name : throw errors.Unknown(association.Find("gene_sets")!, "collection of gene sets", name, valid);
    }

    private AssociationSettings Settings(YamlMapping? association, Study study)
    {
        AtLeast("permutations", FewestPermutations);
        AtLeast("resamples", FewestResamples);
        return new()
        {
            Measure = association?.Choice<MeasureRule>("measure") ?? Usual.Measure,
            Permutations = association?.Integer("permutations") ?? Usual.Permutations,
            Resamples = association?.Integer("resamples") ?? Usual.Resamples,
            Level = association?.Number("level") ?? Usual.Level,
            GroupCorrelation = association?.Number("group_correlation") ?? Usual.GroupCorrelation,
            Seed = study.Seed,
        };

        void AtLeast(string key, int fewest)
        {
            if (association?.Integer(key) is { } number and > 0 && number < fewest)
                throw errors.At(association.Find(key)!, "study.range", FormattableString.Invariant($"'{key}' must be 0 or at least {fewest}, got {number}"));
        }
    }

    private static IReadOnlyList<string> Named(YamlMapping? association, string key) => association?.Texts(key) ?? [];

    /// <summary>The sources that a key names; null where it is not given.</summary>
    private List<string>? Side(YamlMapping? association, string key, string what, List<string> valid)
    {
        if (association?.Value(key) is null)
            return null;
        var chosen = new List<string>();
        foreach (var item in association.Items(key).Cast<YamlScalar>())
        {
            var name = item.Text.Trim();
            if (key == "molecular" && Named(association, "imaging").Contains(name, StringComparer.Ordinal))
                throw errors.At(item, "study.combination", $"'{item.Shown}' cannot be on both sides of the map");
            if (!valid.Contains(name, StringComparer.Ordinal))
                throw errors.Unknown(item, what, name, valid);
            if (chosen.Contains(name, StringComparer.Ordinal))
                throw errors.At(item, "study.duplicate", $"'{item.Shown}' is given twice; keep one");
            chosen.Add(name);
        }
        return chosen;
    }
}
