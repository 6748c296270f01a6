namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// An orthonormal basis of the columns that are added, by the modified Gram–Schmidt method done twice (Giraud, Langou, Rozložník 2005), in a
/// fixed order: the residuals of a regression on these columns.
/// </summary>
internal sealed class OrthonormalBasis(int rows)
{
    // What is left of a column that the others explain is rounding.
    private const double Dependent = 1e-9;

    private readonly List<double[]> columns = [];

    /// <summary>Dimensions: columns that were independent.</summary>
    public int Rank => columns.Count;

    /// <returns>Whether it was independent of those before; else nothing is added.</returns>
    public bool Add(ReadOnlySpan<double> column)
    {
        var own = column[..rows].ToArray();
        var before = Norm(own);
        Residualise(own);
        var left = Norm(own);
        if (!(left > Dependent * before))
            return false;
        for (var i = 0; i < own.Length; i++)
            own[i] /= left;
        columns.Add(own);
        return true;
    }

    /// <summary>Takes from <paramref name="values"/> what the basis explains.</summary>
    public void Residualise(Span<double> values)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var column in columns)
            {
                var share = Dot(column, values);
                for (var i = 0; i < column.Length; i++)
                    values[i] -= share * column[i];
            }
        }
    }

    public OrthonormalBasis Copy()
    {
        var copy = new OrthonormalBasis(rows);
        copy.columns.AddRange(columns);
        return copy;
    }

    public static double Norm(ReadOnlySpan<double> values) => Math.Sqrt(Dot(values, values));

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
