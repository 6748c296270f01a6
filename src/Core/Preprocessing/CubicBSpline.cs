namespace RadiogenomicsCloud.Preprocessing;

/// <summary>
/// The interpolating cubic B-spline: the recursive prefilter that turns samples into coefficients, and the kernel's weights.
/// Whole-sample mirror boundary (s[−1] = s[1]), as in ITK and SciPy's <c>mode="mirror"</c>.
/// Source: Unser, Aldroubi, Eden, IEEE Trans. Signal Process. 1993;41:821–848; Thévenaz, Blu, Unser, IEEE Trans. Med. Imaging
/// 2000;19:739–758 (initialisation, eqs. 16–20 of the 1999 "Splines" article).
/// </summary>
internal static class CubicBSpline
{
    /// <summary>
    /// Samples on each side of a crop after which the prefilter has forgotten the crop's edge: |√3 − 2|³² ≈ 5·10⁻¹⁹, below the
    /// rounding of a double, so that a crop with this margin gives the values of the whole line.
    /// </summary>
    public const int Support = 32;

    private static readonly double Pole = Math.Sqrt(3) - 2;

    /// <summary>Filters along the middle axis of a block of outer × n × inner values, in place. A single sample is its own coefficient.</summary>
    public static void ToCoefficientsInPlace(Span<double> values, int outer, int n, int inner, CancellationToken cancel)
    {
        if (n == 1)
            return;
        var first = new double[inner];
        for (var o = 0; o < outer; o++)
        {
            cancel.ThrowIfCancellationRequested();
            var block = values.Slice(o * n * inner, n * inner);
            if (inner == 1)
                FilterLine(block);
            else
                FilterRows(block, n, inner, first);
        }
    }

    /// <summary>Weights of the four coefficients around a position, at offsets −1, 0, 1, 2 from its floor; t in [0, 1).</summary>
    public static void Weights(double t, Span<double> weights)
    {
        var u = 1 - t;
        weights[0] = u * u * u / 6;
        weights[1] = (2.0 / 3) - (t * t * (1 - (t / 2)));
        weights[2] = (2.0 / 3) - (u * u * (1 - (u / 2)));
        weights[3] = t * t * t / 6;
    }

    /// <summary>Index of a sample mirrored into 0..n−1.</summary>
    public static int Mirror(int index, int n)
    {
        if (n == 1)
            return 0;
        var period = 2 * (n - 1);
        index = Math.Abs(index) % period;
        return index < n ? index : period - index;
    }

    private static void FilterLine(Span<double> line)
    {
        var n = line.Length;
        var (terms, closing) = Start(n);
        double sum = 0, power = 1;
        for (var k = 0; k < terms; k++, power *= Pole)
            sum += line[Mirror(k, n)] * power;
        line[0] = 6 * sum / closing;
        for (var k = 1; k < n; k++)
            line[k] = (6 * line[k]) + (line[k - 1] * Pole);
        line[n - 1] = (line[n - 1] + (line[n - 2] * Pole)) * (Pole / ((Pole * Pole) - 1));
        for (var k = n - 2; k >= 0; k--)
            line[k] = (line[k + 1] - line[k]) * Pole;
    }

    private static void FilterRows(Span<double> block, int n, int inner, double[] first)
    {
        var (terms, closing) = Start(n);
        Array.Clear(first);
        var power = 1.0;
        for (var k = 0; k < terms; k++, power *= Pole)
            VectorKernels.AddScaled(block.Slice(Mirror(k, n) * inner, inner), power, first);
        VectorKernels.Scale(first, 6 / closing, block[..inner]);
        for (var k = 1; k < n; k++)
        {
            var row = block.Slice(k * inner, inner);
            VectorKernels.Scale(row, 6, row);
            VectorKernels.AddScaled(block.Slice((k - 1) * inner, inner), Pole, row);
        }
        var last = block.Slice((n - 1) * inner, inner);
        VectorKernels.AddScaled(block.Slice((n - 2) * inner, inner), Pole, last);
        VectorKernels.Scale(last, Pole / ((Pole * Pole) - 1), last);
        for (var k = n - 2; k >= 0; k--)
            VectorKernels.SubtractFromAndScale(block.Slice((k + 1) * inner, inner), Pole, block.Slice(k * inner, inner));
    }

    /// <summary>The causal start is a sum over one mirror period, closed geometrically; over long lines it is cut where it no longer counts.</summary>
    private static (int Terms, double Closing) Start(int n)
    {
        var period = 2 * (n - 1);
        return period <= 2 * Support ? (period, 1 - Math.Pow(Pole, period)) : (Support + 8, 1);
    }
}
