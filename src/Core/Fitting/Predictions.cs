namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// What a model says of rows. Each row has <see cref="Width"/> numbers:
/// <list type="bullet">
/// <item>binary: the probability of the event;</item>
/// <item>multiclass: the probability of each class, in the order of the endpoint's labels, their sum 1;</item>
/// <item>continuous: the expected value;</item>
/// <item>survival: a risk score (any number, greater for an earlier event; the log relative hazard where the model has one), then the
/// probability of no event up to and including each of <see cref="Times"/>.</item>
/// </list>
/// All are finite. Immutable.
/// </summary>
public sealed class Predictions
{
    private readonly double[] values;

    private Predictions(EndpointKind kind, int width, double[] rowMajorValues, IReadOnlyList<double> times)
    {
        if (rowMajorValues.Length % width != 0)
            throw new ArgumentException($"{rowMajorValues.Length} values are no rows of {width}.", nameof(rowMajorValues));
        (Kind, Width, values, Times) = (kind, width, rowMajorValues, times);
    }

    public EndpointKind Kind { get; }

    /// <summary>Numbers a row.</summary>
    public int Width { get; }

    public int RowCount => values.Length / Width;

    /// <summary>The times at which survival was asked for; empty for other endpoints.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>All numbers, row after row.</summary>
    public ReadOnlySpan<double> All => values;

    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * Width, Width);

    /// <summary>The first number of each row: probability of the event, expected value or risk score. Multiclass has none.</summary>
    public double[] Scores() => Kind is EndpointKind.Multiclass
        ? throw new InvalidOperationException("Several classes have no single score.")
        : Column(0);

    /// <summary>One number of each row.</summary>
    public double[] Column(int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Width);
        var result = new double[RowCount];
        for (var r = 0; r < result.Length; r++)
            result[r] = values[(r * Width) + column];
        return result;
    }

    public static Predictions Binary(double[] probabilities) => new(EndpointKind.Binary, 1, probabilities, []);

    public static Predictions Continuous(double[] expected) => new(EndpointKind.Continuous, 1, expected, []);

    /// <param name="rowMajor">The probabilities of all classes of the first row, then those of the second, ….</param>
    public static Predictions Multiclass(int classes, double[] rowMajor) => new(EndpointKind.Multiclass, classes, rowMajor, []);

    /// <param name="rowMajor">Of each row the risk score and the survival at each time.</param>
    public static Predictions Survival(IReadOnlyList<double> times, double[] rowMajor)
    {
        ArgumentNullException.ThrowIfNull(times);
        return new(EndpointKind.Survival, 1 + times.Count, rowMajor, times);
    }

    /// <summary>The same of other numbers, as <see cref="All"/> gives them.</summary>
    public static Predictions Of(EndpointKind kind, int width, double[] rowMajor, IReadOnlyList<double> times) => new(kind, width, rowMajor, times);
}
