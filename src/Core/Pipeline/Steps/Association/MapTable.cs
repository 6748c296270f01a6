using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Association;

/// <summary>What decides the table of a map: nothing that only the statistics read.</summary>
/// <param name="Assembly">Of the study, without endpoint and predictor sets: a map has neither.</param>
/// <param name="Imaging">Sources, as <see cref="StudyAssociation.Imaging"/>.</param>
/// <param name="Molecular">Sources, as <see cref="StudyAssociation.Molecular"/>.</param>
/// <param name="Adjust">Columns, as <see cref="StudyAssociation.Adjust"/>.</param>
public sealed record MapTableSettings(
    AssemblySettings Assembly, IReadOnlyList<string> Imaging, IReadOnlyList<string> Molecular, IReadOnlyList<string> Adjust)
{
    /// <summary>A file of gene sets in the cohort; null for none.</summary>
    public string? GeneSets { get; init; }

    /// <exception cref="BadInputException">The study asks for no map.</exception>
    public static MapTableSettings Of(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var association = study.RequireAssociation();
        var assembly = AssemblySettings.Of(study);
        return new(
            assembly with { Columns = assembly.Columns with { Endpoint = null, HoldOut = null }, Compare = [] },
            association.Imaging, association.Molecular, association.Adjust)
        {
            GeneSets = study.GeneSetsOfMap,
        };
    }
}

/// <summary>Both sides of a map and what it is adjusted for.</summary>
/// <param name="Table">A <see cref="CaseTable"/> of numbers: every column below, categories as codes; its rows are the cases, one a patient.</param>
/// <param name="Notes">What was left out, and why.</param>
public sealed record MapTableDocument(
    ArtifactRef Table, IReadOnlyList<FeatureColumn> Imaging, IReadOnlyList<FeatureColumn> Molecular, IReadOnlyList<FeatureColumn> Covariates,
    IReadOnlyList<string> Notes)
{
    /// <summary>Gene sets as columns of the molecular side; null where none are looked for.</summary>
    public IReadOnlyList<GeneSet>? Sets { get; init; }

    /// <summary>Some columns of the table, which is loaded, as a block.</summary>
    internal static FeatureBlock Block(CaseTable table, IReadOnlyList<FeatureColumn> columns)
    {
        var values = new double[table.CaseCount * columns.Count];
        for (var c = 0; c < columns.Count; c++)
            table.Numeric(columns[c].Name).Values.CopyTo(values, c * table.CaseCount);
        return new(table.CaseCount, columns, values);
    }
}
