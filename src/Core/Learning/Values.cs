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
        return predictors.With(columns, values);
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

    /// <summary>The endpoint of a training set; another kind is a <see cref="BadInputException"/>.</summary>
    /// <param name="what">What is needed, for the message.</param>
    public static T Endpoint<T>(TrainingSet training, string learner, string what)
        where T : Endpoint
    {
        if (training.Endpoint is not T endpoint)
            throw WrongEndpoint(training, learner, what);
        if (endpoint.Count != training.Predictors.RowCount)
            throw new ArgumentException($"{endpoint.Count} outcomes for {training.Predictors.RowCount} rows.", nameof(training));
        return endpoint;
    }

    public static BadInputException WrongEndpoint(TrainingSet training, string learner, string what) => new(
        "learning.endpoint", $"'{learner}' needs {what}, and '{training.Endpoint.Name}' is {NameOf(training.Endpoint.Kind)}.", training.Endpoint.Name);

    /// <summary>An endpoint without differences teaches nothing.</summary>
    /// <exception cref="BadInputException"><c>learning.one_class</c>, <c>learning.one_value</c> or <c>learning.no_event</c>.</exception>
    public static void RequireDifferences(TrainingSet training)
    {
        var name = training.Endpoint.Name;
        switch (training.Endpoint)
        {
            case BinaryEndpoint binary when binary.Values.AsSpan().IndexOfAnyExcept(binary.Values.FirstOrDefault()) < 0:
                throw OneClass(name);
            case MulticlassEndpoint classes when classes.Values.AsSpan().IndexOfAnyExcept(classes.Values.FirstOrDefault()) < 0:
                throw OneClass(name);
            case ContinuousEndpoint numbers when numbers.Values.AsSpan().IndexOfAnyExcept(numbers.Values.FirstOrDefault()) < 0:
                throw new BadInputException("learning.one_value", $"All training rows have the same value of '{name}'; nothing can be learned.", name);
            case SurvivalEndpoint survival when !survival.Events.Contains(true):
                throw new BadInputException("learning.no_event", $"No training row has the event of '{name}'; nothing can be learned.", name);
        }
    }

    private static BadInputException OneClass(string name) =>
        new("learning.one_class", $"All training rows are of one class of '{name}'; nothing can be learned.", name);

    private static string NameOf(EndpointKind kind) => kind switch
    {
        EndpointKind.Binary => "binary",
        EndpointKind.Multiclass => "one of several classes",
        EndpointKind.Continuous => "continuous",
        _ => "a survival time",
    };
}
