using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Rows by their ids, so that random draws do not depend on the order of a table.</summary>
internal static class CanonicalOrder
{
    /// <summary>Indexes of the rows in ordinal order of cohort, patient and case; copies in the order of the table.</summary>
    public static int[] Of(IReadOnlyList<RowId> rows) =>
    [
        .. Enumerable.Range(0, rows.Count).OrderBy(r => rows[r].Cohort, StringComparer.Ordinal)
            .ThenBy(r => rows[r].Patient, StringComparer.Ordinal).ThenBy(r => rows[r].Case, StringComparer.Ordinal),
    ];
}
