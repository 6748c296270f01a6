using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The training rows as trees are grown on them: in a canonical order (by row id, so that the order of the table decides nothing), values
/// column-major, and of each column the rows in ascending order of value and the rank of each row's value among the distinct ones.
/// </summary>
internal sealed class TreeTable
{
    private readonly double[] values;
    private readonly int[] order;
    private readonly int[] codes;

    private TreeTable(TrainingSet training)
    {
        Training = training;
        var predictors = training.Predictors;
        Rows = predictors.RowCount;
        Columns = predictors.ColumnCount;
        values = predictors.All.ToArray();
        order = new int[values.Length];
        codes = new int[values.Length];
        var keys = new double[Rows];
        for (var c = 0; c < Columns; c++)
        {
            var column = Column(c);
            column.CopyTo(keys);
            var rows = order.AsSpan(c * Rows, Rows);
            for (var r = 0; r < rows.Length; r++)
                rows[r] = r;
            keys.AsSpan().Sort(rows);
            Rank(keys, rows, codes.AsSpan(c * Rows, Rows));
        }
    }

    /// <summary>The training set in canonical order.</summary>
    public TrainingSet Training { get; }

    public int Rows { get; }

    public int Columns { get; }

    public ReadOnlySpan<double> Column(int column) => values.AsSpan(column * Rows, Rows);

    /// <summary>Rows by ascending value.</summary>
    public ReadOnlySpan<int> Order(int column) => order.AsSpan(column * Rows, Rows);

    /// <summary>Rank of each row's value among the distinct values, from 0.</summary>
    public ReadOnlySpan<int> Codes(int column) => codes.AsSpan(column * Rows, Rows);

    /// <summary>Case weights, all 1 where none are given.</summary>
    public double[] Weights()
    {
        if (Training.Weights is { } given)
            return [.. given];
        var ones = new double[Rows];
        Array.Fill(ones, 1.0);
        return ones;
    }

    /// <exception cref="BadInputException"><c>learning.not_finite</c>: a value is missing or infinite.</exception>
    public static TreeTable Of(TrainingSet training, string learner)
    {
        var predictors = training.Predictors;
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            foreach (var value in predictors.Column(c))
            {
                if (!double.IsFinite(value))
                {
                    throw new BadInputException(
                        "learning.not_finite",
                        $"Column '{predictors.Columns[c]}' has a missing or infinite value; impute it before '{learner}'.",
                        predictors.Columns[c]);
                }
            }
        }
        return new(Canonical(training));
    }

    // Sorting leaves equal values in no certain order; they are put in that of the rows.
    private static void Rank(double[] sorted, Span<int> rows, Span<int> codes)
    {
        var (code, start) = (0, 0);
        for (var i = 1; i <= rows.Length; i++)
        {
            if (i < rows.Length && sorted[i] == sorted[start])
                continue;
            rows[start..i].Sort();
            foreach (var row in rows[start..i])
                codes[row] = code;
            (code, start) = (code + 1, i);
        }
    }

    private static TrainingSet Canonical(TrainingSet training)
    {
        var rows = training.Predictors.Rows;
        var order = new int[rows.Count];
        for (var r = 0; r < order.Length; r++)
            order[r] = r;
        Array.Sort(order, (a, b) => Compare(training, a, b));
        return training.SelectRows(order);
    }

    // Rows of one id are copies, or made from it by a balancer; those that differ in nothing may change places.
    private static int Compare(TrainingSet training, int a, int b)
    {
        if (a == b)
            return 0;
        var (left, right) = (training.Predictors.Rows[a], training.Predictors.Rows[b]);
        var byId = string.CompareOrdinal(left.Cohort, right.Cohort);
        if (byId == 0)
            byId = string.CompareOrdinal(left.Patient, right.Patient);
        if (byId == 0)
            byId = string.CompareOrdinal(left.Case, right.Case);
        if (byId == 0)
            byId = CompareOutcome(training.Endpoint, a, b);
        if (byId == 0 && training.Weights is { } weights)
            byId = weights[a].CompareTo(weights[b]);
        for (var c = 0; byId == 0 && c < training.Predictors.ColumnCount; c++)
            byId = training.Predictors.Column(c)[a].CompareTo(training.Predictors.Column(c)[b]);
        return byId;
    }

    private static int CompareOutcome(Endpoint endpoint, int a, int b) => endpoint switch
    {
        BinaryEndpoint binary => binary.Values[a].CompareTo(binary.Values[b]),
        MulticlassEndpoint classes => classes.Values[a].CompareTo(classes.Values[b]),
        ContinuousEndpoint numbers => numbers.Values[a].CompareTo(numbers.Values[b]),
        SurvivalEndpoint survival => (survival.Times[a], survival.Events[a]).CompareTo((survival.Times[b], survival.Events[b])),
        _ => 0,
    };
}
