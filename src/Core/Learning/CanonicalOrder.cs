using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Rows in the ordinal order of their ids. A fit or a draw that goes by it gives the same bits whatever order the table had, iterations that
/// stop within a tolerance included.
/// </summary>
internal static class CanonicalOrder
{
    /// <summary>Indexes of the rows by cohort, patient and case; copies of a row stay in the order in which they came.</summary>
    public static int[] Of(IReadOnlyList<RowId> rows)
    {
        var order = new int[rows.Count];
        for (var r = 0; r < order.Length; r++)
            order[r] = r;
        Array.Sort(order, (a, b) => Compare(rows[a], rows[b]) is var c && c != 0 ? c : a.CompareTo(b));
        return order;
    }

    /// <summary>The same rows in that order.</summary>
    public static TrainingSet Of(TrainingSet training)
    {
        var order = Of(training.Predictors.Rows);
        for (var r = 0; r < order.Length; r++)
        {
            if (order[r] != r)
                return training.SelectRows(order);
        }
        return training;
    }

    private static int Compare(RowId a, RowId b)
    {
        var result = string.CompareOrdinal(a.Cohort, b.Cohort);
        if (result == 0)
            result = string.CompareOrdinal(a.Patient, b.Patient);
        return result == 0 ? string.CompareOrdinal(a.Case, b.Case) : result;
    }
}
