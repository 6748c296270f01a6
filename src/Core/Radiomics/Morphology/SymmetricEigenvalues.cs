namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>Eigenvalues of symmetric 3 × 3 matrices by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5).</summary>
internal static class SymmetricEigenvalues
{
    /// <summary>Relative size below which an eigenvalue of a positive semi-definite matrix is the rounding of zero.</summary>
    private const double Negligible = 1e-13;

    /// <summary>Descending eigenvalues of a positive semi-definite matrix; rounding below zero, or within it, is zero.</summary>
    public static (double Major, double Minor, double Least) OfPositiveSemiDefinite(
        double xx, double yy, double zz, double xy, double xz, double yz)
    {
        double[,] m = { { xx, xy, xz }, { xy, yy, yz }, { xz, yz, zz } };
        for (var sweep = 0; sweep < 50; sweep++)
        {
            var off = (m[0, 1] * m[0, 1]) + (m[0, 2] * m[0, 2]) + (m[1, 2] * m[1, 2]);
            var diagonal = (m[0, 0] * m[0, 0]) + (m[1, 1] * m[1, 1]) + (m[2, 2] * m[2, 2]);
            if (off <= 1e-34 * diagonal)
                break;
            Rotate(m, 0, 1);
            Rotate(m, 0, 2);
            Rotate(m, 1, 2);
        }
        double[] values = [m[0, 0], m[1, 1], m[2, 2]];
        Array.Sort(values);
        foreach (ref var value in values.AsSpan())
            value = value <= Negligible * values[2] ? 0 : value;
        return (values[2], values[1], values[0]);
    }

    private static void Rotate(double[,] m, int p, int q)
    {
        if (m[p, q] == 0)
            return;
        var theta = (m[q, q] - m[p, p]) / (2 * m[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < 3; k++)
            (m[k, p], m[k, q]) = ((c * m[k, p]) - (s * m[k, q]), (s * m[k, p]) + (c * m[k, q]));
        for (var k = 0; k < 3; k++)
            (m[p, k], m[q, k]) = ((c * m[p, k]) - (s * m[q, k]), (s * m[p, k]) + (c * m[q, k]));
    }
}
