namespace RadiogenomicsCloud.Learning;

/// <summary>The profiled, penalised log likelihood of a <see cref="GaussianProcess"/>, its gradient, and what prediction needs at the last θ.</summary>
internal sealed class GaussianProcessLikelihood
{
    private const double NoisePriorMean = -7;
    private const double NoisePriorDeviation = 2.5;
    private const double ScalePriorDeviation = 1;
    private const double RootFive = 2.23606797749979;

    private readonly double[] x;
    private readonly double[] y;
    private readonly int[] group;
    private readonly int features;
    private readonly int scales;
    private readonly double scalePriorMean;
    private readonly double[] lower;
    private readonly double[] inverse;
    private readonly double[] distances;
    private readonly double[] inverseSquares;

    /// <param name="encoded">Points × features, row after row, in [0, 1].</param>
    public GaussianProcessLikelihood(double[] encoded, double[] losses, int[] group)
    {
        (x, y, this.group, Count, features) = (encoded, losses, group, losses.Length, group.Length);
        scales = group.Max() + 1;
        // The distance between two points of a cube grows as the root of its dimension.
        scalePriorMean = Math.Log(0.4 * Math.Sqrt(scales));
        lower = new double[Count * Count];
        inverse = new double[Count * Count];
        distances = new double[Count * Count];
        inverseSquares = new double[scales];
        Alpha = new double[PaddedKernels.PaddedLength(Count)];
        Lower = [.. Enumerable.Repeat(Math.Log(0.02), scales), Math.Log(1e-7)];
        Upper = [.. Enumerable.Repeat(Math.Log(20), scales), Math.Log(1)];
    }

    public int Count { get; }

    public double Mean { get; private set; }

    public double SignalVariance { get; private set; }

    /// <summary>K⁻¹ (y − mean), padded with zeros.</summary>
    public double[] Alpha { get; }

    public double[] Lower { get; }

    public double[] Upper { get; }

    public double[] PriorCentre() => [.. Enumerable.Repeat(scalePriorMean, scales), NoisePriorMean];

    /// <summary>The value at θ; −∞ where the covariance is not positive definite.</summary>
    /// <param name="gradient">Filled unless empty.</param>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        FillCovariance(theta);
        if (!Factor())
            return double.NegativeInfinity;
        Invert();
        Profile();
        var value = -0.5 * Count * Math.Log(SignalVariance);
        for (var i = 0; i < Count; i++)
            value -= Math.Log(lower[(i * Count) + i]);
        if (!gradient.IsEmpty)
            Gradient(theta, gradient);
        for (var t = 0; t < theta.Length; t++)
        {
            var (centre, deviation) = t < scales ? (scalePriorMean, ScalePriorDeviation) : (NoisePriorMean, NoisePriorDeviation);
            var z = (theta[t] - centre) / deviation;
            value -= 0.5 * z * z;
            if (!gradient.IsEmpty)
                gradient[t] -= z / deviation;
        }
        return value;
    }

    /// <summary>Correlations of a point with those of the fit, at the last θ.</summary>
    public void Covariances(ReadOnlySpan<double> point, Span<double> result)
    {
        for (var i = 0; i < Count; i++)
        {
            var row = x.AsSpan(i * features, features);
            var square = 0.0;
            for (var f = 0; f < row.Length; f++)
            {
                var difference = row[f] - point[f];
                square += difference * difference * inverseSquares[group[f]];
            }
            result[i] = Matern(Math.Sqrt(square));
        }
    }

    /// <summary>L⁻¹ of K = L Lᵀ, rows padded with zeros.</summary>
    public (double[] Rows, int Stride) InverseLower()
    {
        var stride = PaddedKernels.PaddedLength(Count);
        var result = new double[stride * Count];
        for (var column = 0; column < Count; column++)
        {
            result[(column * stride) + column] = 1 / lower[(column * Count) + column];
            for (var i = column + 1; i < Count; i++)
            {
                var sum = 0.0;
                for (var k = column; k < i; k++)
                    sum -= lower[(i * Count) + k] * result[(k * stride) + column];
                result[(i * stride) + column] = sum / lower[(i * Count) + i];
            }
        }
        return (result, stride);
    }

    private static double Matern(double r) => (1 + (RootFive * r) + (5.0 / 3 * r * r)) * Math.Exp(-RootFive * r);

    private void FillCovariance(ReadOnlySpan<double> theta)
    {
        for (var s = 0; s < scales; s++)
            inverseSquares[s] = Math.Exp(-2 * theta[s]);
        var noise = Math.Exp(theta[scales]);
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var square = 0.0;
                for (var f = 0; f < features; f++)
                {
                    var difference = x[(i * features) + f] - x[(j * features) + f];
                    square += difference * difference * inverseSquares[group[f]];
                }
                var r = Math.Sqrt(square);
                distances[(i * Count) + j] = r;
                lower[(i * Count) + j] = Matern(r);
            }
            lower[(i * Count) + i] = 1 + noise;
        }
    }

    private bool Factor()
    {
        for (var i = 0; i < Count; i++)
        {
            var rowI = lower.AsSpan(i * Count, Count);
            for (var j = 0; j <= i; j++)
            {
                var rowJ = lower.AsSpan(j * Count, Count);
                var sum = rowI[j];
                for (var k = 0; k < j; k++)
                    sum -= rowI[k] * rowJ[k];
                if (i == j && !(sum > 0))
                    return false;
                rowI[j] = i == j ? Math.Sqrt(sum) : sum / rowJ[j];
            }
        }
        return true;
    }

    // K⁻¹ = L⁻ᵀ L⁻¹, lower triangle.
    private void Invert()
    {
        var (rows, stride) = InverseLower();
        Array.Clear(inverse);
        for (var k = 0; k < Count; k++)
        {
            var row = rows.AsSpan(k * stride, k + 1);
            for (var i = 0; i <= k; i++)
            {
                var target = inverse.AsSpan(i * Count, i + 1);
                var factor = row[i];
                for (var j = 0; j < target.Length; j++)
                    target[j] += factor * row[j];
            }
        }
    }

    private double Inverse(int i, int j) => i >= j ? inverse[(i * Count) + j] : inverse[(j * Count) + i];

    // Generalised least squares for the mean; the variance that maximises the likelihood.
    private void Profile()
    {
        double ones = 0, weighted = 0;
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++)
            {
                var entry = Inverse(i, j);
                ones += entry;
                weighted += entry * y[j];
            }
        }
        Mean = weighted / ones;
        var square = 0.0;
        for (var i = 0; i < Count; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < Count; j++)
                sum += Inverse(i, j) * (y[j] - Mean);
            Alpha[i] = sum;
            square += sum * (y[i] - Mean);
        }
        SignalVariance = Math.Max(square / Count, 1e-12);
    }

    // ½ Σ (α αᵀ / σ² − K⁻¹) ∂K/∂θ. For Matérn 5/2, ∂k/∂log ℓ = 5/3 (1 + √5 r) exp(−√5 r) Δ² / ℓ².
    private void Gradient(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        gradient.Clear();
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var weight = (Alpha[i] * Alpha[j] / SignalVariance) - inverse[(i * Count) + j];
                var r = distances[(i * Count) + j];
                weight *= 5.0 / 3 * (1 + (RootFive * r)) * Math.Exp(-RootFive * r);
                for (var f = 0; f < features; f++)
                {
                    var difference = x[(i * features) + f] - x[(j * features) + f];
                    gradient[group[f]] += weight * difference * difference * inverseSquares[group[f]];
                }
            }
            gradient[scales] += 0.5 * Math.Exp(theta[scales]) * ((Alpha[i] * Alpha[i] / SignalVariance) - inverse[(i * Count) + i]);
        }
    }
}
