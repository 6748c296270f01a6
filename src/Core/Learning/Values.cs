using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>What the columnwise transforms share.</summary>
internal static class Values
{
    /// <summary>What a thing read back from a file has seen is known to <see cref="LockedModel"/> alone.</summary>
    public static readonly IReadOnlySet<(string Cohort, string Patient)> NoSubjects = new HashSet<(string, string)>();

    public delegate void ColumnMap(int column, ReadOnlySpan<double> source, Span<double> target);

    /// <summary>A new table of <paramref name="columns"/>, each mapped from the column of the same name.</summary>
    public static Predictors Map(Predictors predictors, string[] columns, ColumnMap map)
    {
        var at = predictors.IndexesOf(columns);
        var rows = predictors.RowCount;
        var values = new double[checked(rows * columns.Length)];
        for (var c = 0; c < columns.Length; c++)
            map(c, predictors.Column(at[c]), values.AsSpan(c * rows, rows));
        return new Predictors(predictors.Rows, columns, values);
    }

    /// <summary>The values that are not missing, in order, in the front of <paramref name="buffer"/>.</summary>
    public static Span<double> Present(ReadOnlySpan<double> column, double[] buffer)
    {
        var count = 0;
        foreach (var value in column)
        {
            if (!double.IsNaN(value))
                buffer[count++] = value;
        }
        return buffer.AsSpan(0, count);
    }

    /// <summary>Where each of <paramref name="subset"/> is in <paramref name="columns"/>; all are there.</summary>
    public static int[] Positions(IReadOnlyList<string> columns, IReadOnlyList<string> subset)
    {
        var positions = new Dictionary<string, int>(columns.Count, StringComparer.Ordinal);
        for (var c = 0; c < columns.Count; c++)
            positions[columns[c]] = c;
        return [.. subset.Select(name => positions[name])];
    }

    public static BadInputException Infinite(string column) => new(
        "learning.infinite", $"Column '{column}' has an infinite value; leave it empty where it is not known.", column);

    /// <summary>The binary endpoint of a training set; another kind is a <see cref="BadInputException"/>.</summary>
    public static BinaryEndpoint Binary(TrainingSet training, string learner)
    {
        if (training.Endpoint is not BinaryEndpoint endpoint)
            throw new BadInputException("learning.endpoint", $"'{learner}' needs a binary endpoint, and '{training.Endpoint.Name}' is not.", training.Endpoint.Name);
        if (endpoint.Count != training.Predictors.RowCount)
            throw new ArgumentException($"{endpoint.Count} outcomes for {training.Predictors.RowCount} rows.", nameof(training));
        return endpoint;
    }
}
