namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>How cases are named and what is predicted.</summary>
/// <param name="Endpoint">Null where nothing is predicted: a map needs no endpoint.</param>
/// <param name="IdMap">From an id of another source to a case id of <c>clinical.csv</c>.</param>
public sealed record CohortColumns(StudyIds Ids, IReadOnlyDictionary<string, string> IdMap, StudyEndpoint? Endpoint)
{
    /// <summary>Column of the clinical table that names the part of a split; null where none is asked for.</summary>
    public string? HoldOut { get; init; }
}

/// <summary>Everything but the images' own settings that decides the table of predictors.</summary>
/// <param name="Images">Names of the imaging entries, in order.</param>
/// <param name="Clinical">Columns of <c>clinical.csv</c> that are predictors.</param>
public sealed record AssemblySettings(
    CohortColumns Columns,
    IReadOnlyList<string> Images,
    IReadOnlyList<string> Clinical,
    GenomicsSettings? Genomics,
    SemanticSettings? Semantic,
    IReadOnlyList<FeatureTable> Features,
    IReadOnlyList<PredictorSet> Compare,
    SortedDictionary<string, ColumnType>? ColumnTypes = null)
{
    /// <summary>Columns that a map is adjusted for and that need be no predictors; null where there are none.</summary>
    public IReadOnlyList<string>? Adjust { get; init; }

    public static AssemblySettings Of(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return new(
            ColumnsOf(study), [.. study.Imaging.Select(i => i.Name)], study.Clinical,
            // Which sets are looked for among genes changes no table.
            study.Genomics is { } genomics ? genomics with { GeneSets = null } : null,
            study.Semantic, study.Features, study.Compare, study.ColumnTypes)
        {
            Adjust = study.Association?.Adjust is { Count: > 0 } adjust ? adjust : null,
        };
    }

    public static CohortColumns ColumnsOf(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return new(study.Ids, study.IdMap, study.Endpoints.Count == 0 ? null : study.Endpoints[0]) { HoldOut = study.Validate.HoldOut?.Column };
    }
}
