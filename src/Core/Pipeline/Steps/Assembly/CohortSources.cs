using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>The sources of predictors that a study names, each as a table over the cohort's cases.</summary>
internal static class CohortSources
{
    /// <summary>Everything that the study names as a source of predictors.</summary>
    /// <exception cref="BadInputException">A table that the study uses is missing or cannot be read.</exception>
    public static async Task<List<PredictorSource>> Read(
        AssemblySettings settings, CohortSnapshot snapshot, CohortCases cases,
        Dictionary<(string Case, string Image), ImageFeaturesDocument> documents, ImageResults images, ICohort cohort, CancellationToken cancel)
    {
        var types = settings.ColumnTypes ?? [];
        var tables = new TableSources(snapshot, cases, settings.Columns, types, cohort);
        var molecules = new MolecularSources(snapshot, cases, settings.Columns, cohort);
        var sources = settings.Images.Select(image => ImagingSources.Make(image, cases, documents, images)).ToList();
        if (settings.Clinical.Count > 0)
            sources.Add(tables.Clinical(settings.Clinical));
        if (settings.Semantic is { } semantic)
            sources.Add(await tables.Read(PredictorSources.Semantic, TableSources.SemanticFile, semantic.Columns, cancel));
        foreach (var table in settings.Features)
            sources.Add(await tables.Read(table.Name, table.File, null, cancel));
        if (settings.Genomics?.Mutations is { } mutations)
            sources.Add(await molecules.Mutations(mutations, cancel));
        if (settings.Genomics?.Expression is { } expression)
            sources.Add(await molecules.Matrix(PredictorSources.Expression, MolecularMatrixReader.ExpressionPrefix, expression.Genes, cancel));
        if (settings.Genomics?.CopyNumber is { } copyNumber)
            sources.Add(await molecules.Matrix(PredictorSources.CopyNumber, MolecularMatrixReader.CopyNumberPrefix, copyNumber.Genes, cancel));
        // A misspelt column would be left out as text, or taken for a number.
        foreach (var name in types.Keys)
        {
            if (!sources.Exists(s => s.Categories.ContainsKey(name)) && settings.Adjust?.Contains(name, StringComparer.Ordinal) is not true)
                throw CaseTable.MissingColumn(name, [.. sources.Where(s => !MolecularSources.Names.Contains(s.Name)).SelectMany(s => s.ColumnNames)], "column_types");
        }
        return sources;
    }

    /// <summary>The sources of a predictor set, in the order in which it names them.</summary>
    public static IEnumerable<PredictorSource> Of(PredictorSet set, List<PredictorSource> sources) => set.Parts.SelectMany(part =>
        part == PredictorSources.Genomics ? sources.Where(s => MolecularSources.Names.Contains(s.Name)) : sources.Where(s => s.Name == part));

    /// <summary>All sources side by side.</summary>
    /// <exception cref="BadInputException">Two have a column of one name.</exception>
    public static CaseTable Join(IReadOnlyList<PredictorSource> sources) => sources.Select(s => s.Table).Aggregate((joined, next) => joined.Join(next));
}
