namespace RadiogenomicsCloud.Association;

/// <summary>Sums over doubled and centred midranks, 2R − n − 1: integers, so that every order of summation gives the same.</summary>
internal static class RankProduct
{
    public static (double Product, double SquaresX, double SquaresY) Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double product = 0, squaresX = 0, squaresY = 0, centre = x.Length + 1;
        for (var i = 0; i < x.Length; i++)
        {
            double a = (2 * x[i]) - centre, b = (2 * y[i]) - centre;
            product += a * b;
            squaresX += a * a;
            squaresY += b * b;
        }
        return (product, squaresX, squaresY);
    }

    public static double Correlation(double product, double inverseNormX, double inverseNormY) => Math.Clamp(product * inverseNormX * inverseNormY, -1, 1);

    /// <summary>Σ d² of untied ranks.</summary>
    public static double SquaredDifferences(double product, int n)
    {
        double m = n;
        return (((m * m * m) - m) / 6) - (product / 2);
    }
}
