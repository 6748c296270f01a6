namespace RadiogenomicsCloud.Association;

/// <summary>How the values of a feature are to be read.</summary>
public enum FeatureScale
{
    Numeric,

    /// <summary>Ordered categories, as scores; treated by ranks.</summary>
    Ordinal,

    /// <summary>0 or 1.</summary>
    Binary,

    /// <summary>Codes 0, 1, … of categories without order.</summary>
    Nominal,
}

/// <summary>One column of a <see cref="FeatureBlock"/>.</summary>
/// <param name="Name">Unique within the block.</param>
/// <param name="Source">As the study names it: an imaging entry, <c>mutations</c>, <c>expression</c>, …</param>
/// <param name="Levels">Names of the categories of an ordinal, binary or nominal feature; null where it has none.</param>
public sealed record FeatureColumn(string Name, string Source, FeatureScale Scale, IReadOnlyList<string>? Levels = null);

/// <summary>Features of one side of the map: cases × features, column-major, missing is NaN. Rows of all blocks are the same cases in the same order.</summary>
public sealed class FeatureBlock
{
    private readonly double[] values;

    /// <param name="columnMajorValues">Owned by the block from now on.</param>
    public FeatureBlock(int cases, IReadOnlyList<FeatureColumn> columns, double[] columnMajorValues)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(columnMajorValues);
        if (columnMajorValues.Length != (long)cases * columns.Count)
            throw new ArgumentException($"{columnMajorValues.Length} values for {cases} cases × {columns.Count} features.", nameof(columnMajorValues));
        (Cases, Columns, values) = (cases, columns, columnMajorValues);
    }

    public int Cases { get; }

    public IReadOnlyList<FeatureColumn> Columns { get; }

    public ReadOnlySpan<double> Column(int column) => values.AsSpan(column * Cases, Cases);
}
