using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.Intensity;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// Moran's I (N365) and Geary's C (NPT7) of the intensities in the intensity mask, weights 1/distance in mm between all pairs of
/// voxels. The double sums are convolutions with the weights, done exactly (no wrap-around) by Fourier transform on the ROI's box:
/// O(n log n), about 50 bytes of memory per voxel of the box. With m the mask, y the centred intensities, W the weights:
/// Σw = Σ m·(W∗m), Σw·yᵢyⱼ = Σ y·(W∗y), Σw·(yᵢ − yⱼ)² = 2·Σ y²·(W∗m) − 2·Σ y·(W∗y); m and y travel as one complex image.
/// Few voxels in a large box (a stray contour far from the tumour) are summed pair by pair, which is then the cheaper way.
/// </summary>
internal sealed class SpatialAutocorrelation
{
    /// <summary>Largest box of the intensity mask, in voxels (3.5 GB of memory); beyond it both are NaN, unless the ROI is sparse.</summary>
    public const int MaxBox = 1 << 26;

    /// <summary>Pairs are summed one by one where there are fewer of them than this many for each voxel of the box.</summary>
    private const int SparsePairsPerVoxel = 8;

    private const int Batch = BatchedFft.Batch;

    private readonly VoxelBox _box;
    private readonly BatchedFft _alongI, _alongJ, _alongK;
    private readonly double[] _re, _im, _kernel;

    private SpatialAutocorrelation(VoxelBox box)
    {
        _box = box;
        _alongI = new(BatchedFft.LengthFor((2 * box.CountI) - 1));
        _alongJ = new(BatchedFft.LengthFor((2 * box.CountJ) - 1));
        _alongK = new(BatchedFft.LengthFor((2 * box.CountK) - 1));
        _re = new double[_alongK.Length * box.CountJ * box.CountI];
        _im = new double[_re.Length];
        _kernel = Kernel();
    }

    /// <summary>Both, or NaN and why: fewer than two voxels, flat intensities, beyond <see cref="MaxBox"/>.</summary>
    public static (double MoranI, double GearyC, string? Missing) Of(RegionOfInterest roi, VoxelBox box)
    {
        var voxels = box.Inside.AsSpan().Count((byte)1);
        if (voxels == 1)
            return Undefined("the intensity mask is one voxel");
        var sparse = (long)voxels * voxels <= (long)SparsePairsPerVoxel * box.Inside.Length;
        if (box.Inside.Length > MaxBox && !sparse)
            return Undefined(FormattableString.Invariant($"the box around the region has more than {MaxBox} voxels"));
        var y = Standardised(roi, box, out var count);
        if (y is null)
            return Undefined("all intensities are equal");
        if (sparse)
            return PairByPair(box, y, count);

        var field = new SpatialAutocorrelation(box);
        for (var v = 0; v < y.Length; v++)
            (field._re[v], field._im[v]) = (box.Inside[v], y[v]);
        field.Convolve();
        double weights = 0, products = 0, squares = 0;
        for (var v = 0; v < y.Length; v++)
        {
            if (box.Inside[v] == 0)
                continue;
            weights += field._re[v];
            products += y[v] * field._im[v];
            squares += y[v] * y[v] * field._re[v];
        }
        // Standardised: the sum of squares is the count.
        return (products / weights, (count - 1.0) * (squares - products) / (weights * count), null);
    }

    private static (double MoranI, double GearyC, string? Missing) Undefined(string why) => (double.NaN, double.NaN, why);

    private static (double MoranI, double GearyC, string? Missing) PairByPair(VoxelBox box, double[] y, int count)
    {
        var at = new List<int>(count);
        for (var v = 0; v < y.Length; v++)
        {
            if (box.Inside[v] != 0)
                at.Add(v);
        }
        double weights = 0, products = 0, squares = 0;
        for (var a = 1; a < at.Count; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var weight = 1 / Distance(at[a], at[b]);
                var difference = y[at[a]] - y[at[b]];
                weights += weight;
                products += weight * y[at[a]] * y[at[b]];
                squares += weight * difference * difference;
            }
        }
        // Each pair stands once here and twice in the double sums, above and below alike.
        return (products / weights, (count - 1.0) * squares / (2 * weights * count), null);

        double Distance(int a, int b)
        {
            var x = ((a % box.CountI) - (b % box.CountI)) * box.SpacingI;
            var y = ((a / box.CountI % box.CountJ) - (b / box.CountI % box.CountJ)) * box.SpacingJ;
            var z = ((a / (box.CountI * box.CountJ)) - (b / (box.CountI * box.CountJ))) * box.SpacingK;
            return Math.Sqrt((x * x) + (y * y) + (z * z));
        }
    }

    /// <summary>Intensities in the box with mean 0 and population SD 1 inside, 0 outside; null where they are flat.</summary>
    private static double[]? Standardised(RegionOfInterest roi, VoxelBox box, out int count)
    {
        var values = new double[box.Inside.Length];
        double sum = 0;
        count = 0;
        // Neither measure depends on the unit.
        var scale = IntensityScale.For(IntensityMoments.LargestOf(roi, box));
        for (var k = 0; k < box.CountK; k++)
        {
            for (var j = 0; j < box.CountJ; j++)
            {
                var inside = box.Line(j, k);
                var intensities = box.LineOf(roi.Image, j, k);
                var target = values.AsSpan(box.CountI * (j + (box.CountJ * k)), box.CountI);
                for (var i = 0; i < inside.Length; i++)
                {
                    if (inside[i] == 0)
                        continue;
                    target[i] = scale.IsOne ? intensities[i] : scale.Down(intensities[i]);
                    sum += target[i];
                    count++;
                }
            }
        }
        var mean = sum / count;
        double squares = 0, largest = 0;
        for (var v = 0; v < values.Length; v++)
        {
            if (box.Inside[v] == 0)
                continue;
            largest = Math.Max(largest, Math.Abs(values[v]));
            values[v] -= mean;
            squares += values[v] * values[v];
        }
        var deviation = Math.Sqrt(squares / count);
        // Equal values do not average to exactly themselves: what is left over is rounding.
        if (!(deviation > 1e-14 * largest))
            return null;
        foreach (ref var value in values.AsSpan())
            value /= deviation;
        return values;
    }

    /// <summary>
    /// The transform of the weights. They are even along each axis, and so is their transform, which is real: lags and frequencies
    /// 0..N/2 are enough, and two lines go through one complex transform. Scaled for the inverse transform.
    /// </summary>
    private double[] Kernel()
    {
        var (ni, nj, nk) = ((_alongI.Length / 2) + 1, (_alongJ.Length / 2) + 1, (_alongK.Length / 2) + 1);
        var kernel = new double[ni * nj * nk];
        var scale = 1.0 / ((double)_alongI.Length * _alongJ.Length * _alongK.Length);
        for (var (k, at) = (0, 0); k < nk; k++)
        {
            for (var j = 0; j < nj; j++)
            {
                for (var i = 0; i < ni; i++, at++)
                {
                    var (x, y, z) = (i * _box.SpacingI, j * _box.SpacingJ, k * _box.SpacingK);
                    kernel[at] = at == 0 ? 0 : scale / Math.Sqrt((x * x) + (y * y) + (z * z));
                }
            }
        }
        TransformEven(kernel, _alongK, nk, ni * nj);
        TransformEven(kernel, _alongJ, nj, ni);
        TransformEven(kernel, _alongI, ni, 1);
        return kernel;
    }

    private static void TransformEven(double[] kernel, BatchedFft fft, int count, int inner)
    {
        if (fft.Length == 1)
            return;
        var (re, im) = (new double[fft.Length * Batch], new double[fft.Length * Batch]);
        var lines = kernel.Length / count;
        for (var line = 0; line < lines; line += 2 * Batch)
        {
            Gather(line, re);
            Gather(line + Batch, im);
            fft.Transform(re, im);
            Scatter(line, re);
            Scatter(line + Batch, im);
        }

        int Start(int line) => (line / inner * count * inner) + (line % inner);

        void Gather(int first, double[] buffer)
        {
            Array.Clear(buffer);
            for (var b = 0; b < Batch && first + b < lines; b++)
            {
                var start = Start(first + b);
                for (var t = 0; t < fft.Length; t++)
                    buffer[(t * Batch) + b] = kernel[start + (Math.Min(t, fft.Length - t) * inner)];
            }
        }

        void Scatter(int first, double[] buffer)
        {
            for (var b = 0; b < Batch && first + b < lines; b++)
            {
                var start = Start(first + b);
                for (var f = 0; f < count; f++)
                    kernel[start + (f * inner)] = buffer[(f * Batch) + b];
            }
        }
    }

    /// <summary>
    /// Only k is padded in memory: for each frequency of k, one plane at a time is padded along i and j, transformed, multiplied
    /// and brought back.
    /// </summary>
    private void Convolve()
    {
        var (ni, nj) = (_box.CountI, _box.CountJ);
        AlongK(_re, _im);
        var width = (nj + Batch - 1) / Batch * Batch;
        var (planeRe, planeIm) = (new double[_alongI.Length * width], new double[_alongI.Length * width]);
        for (var k = 0; k < _alongK.Length; k++)
        {
            var re = _re.AsSpan(k * ni * nj, ni * nj);
            var im = _im.AsSpan(k * ni * nj, ni * nj);
            ForwardI(re, im, planeRe, planeIm, width);
            MultiplyAlongJ(planeRe, planeIm, width, Math.Min(k, _alongK.Length - k));
            BackwardI(re, im, planeRe, planeIm, width);
        }
        AlongK(_im, _re);
    }

    private void AlongK(double[] re, double[] im)
    {
        var columns = _box.CountI * _box.CountJ;
        var n = _alongK.Length;
        var (bufferRe, bufferIm) = (new double[n * Batch], new double[n * Batch]);
        for (var first = 0; first < columns; first += Batch)
        {
            var count = Math.Min(Batch, columns - first);
            for (var t = 0; t < n; t++)
            {
                re.AsSpan((t * columns) + first, count).CopyTo(bufferRe.AsSpan(t * Batch));
                im.AsSpan((t * columns) + first, count).CopyTo(bufferIm.AsSpan(t * Batch));
            }
            _alongK.Transform(bufferRe, bufferIm);
            for (var t = 0; t < n; t++)
            {
                bufferRe.AsSpan(t * Batch, count).CopyTo(re.AsSpan((t * columns) + first));
                bufferIm.AsSpan(t * Batch, count).CopyTo(im.AsSpan((t * columns) + first));
            }
        }
    }

    private void ForwardI(ReadOnlySpan<double> re, ReadOnlySpan<double> im, double[] planeRe, double[] planeIm, int width)
    {
        var (ni, n) = (_box.CountI, _alongI.Length);
        var (bufferRe, bufferIm) = (new double[n * Batch], new double[n * Batch]);
        for (var first = 0; first < width; first += Batch)
        {
            Array.Clear(bufferRe);
            Array.Clear(bufferIm);
            for (var b = 0; b < Batch && first + b < _box.CountJ; b++)
            {
                var line = (first + b) * ni;
                for (var i = 0; i < ni; i++)
                    (bufferRe[(i * Batch) + b], bufferIm[(i * Batch) + b]) = (re[line + i], im[line + i]);
            }
            _alongI.Transform(bufferRe, bufferIm);
            for (var f = 0; f < n; f++)
            {
                bufferRe.AsSpan(f * Batch, Batch).CopyTo(planeRe.AsSpan((f * width) + first));
                bufferIm.AsSpan(f * Batch, Batch).CopyTo(planeIm.AsSpan((f * width) + first));
            }
        }
    }

    private void BackwardI(Span<double> re, Span<double> im, double[] planeRe, double[] planeIm, int width)
    {
        var (ni, n) = (_box.CountI, _alongI.Length);
        var (bufferRe, bufferIm) = (new double[n * Batch], new double[n * Batch]);
        for (var first = 0; first < width; first += Batch)
        {
            for (var f = 0; f < n; f++)
            {
                planeRe.AsSpan((f * width) + first, Batch).CopyTo(bufferRe.AsSpan(f * Batch));
                planeIm.AsSpan((f * width) + first, Batch).CopyTo(bufferIm.AsSpan(f * Batch));
            }
            _alongI.Transform(bufferIm, bufferRe);
            for (var b = 0; b < Batch && first + b < _box.CountJ; b++)
            {
                var line = (first + b) * ni;
                for (var i = 0; i < ni; i++)
                    (re[line + i], im[line + i]) = (bufferRe[(i * Batch) + b], bufferIm[(i * Batch) + b]);
            }
        }
    }

    private void MultiplyAlongJ(double[] planeRe, double[] planeIm, int width, int k)
    {
        var (ni, nj, n) = (_alongI.Length, _box.CountJ, _alongJ.Length);
        var (kernelI, kernelJ) = ((ni / 2) + 1, (n / 2) + 1);
        var (re, im) = (new double[n * Batch], new double[n * Batch]);
        for (var first = 0; first < ni; first += Batch)
        {
            var count = Math.Min(Batch, ni - first);
            Array.Clear(re);
            Array.Clear(im);
            for (var b = 0; b < count; b++)
            {
                var line = (first + b) * width;
                for (var j = 0; j < nj; j++)
                    (re[(j * Batch) + b], im[(j * Batch) + b]) = (planeRe[line + j], planeIm[line + j]);
            }
            _alongJ.Transform(re, im);
            for (var f = 0; f < n; f++)
            {
                var row = kernelI * (Math.Min(f, n - f) + (kernelJ * k));
                for (var b = 0; b < count; b++)
                {
                    var factor = _kernel[row + Math.Min(first + b, ni - first - b)];
                    re[(f * Batch) + b] *= factor;
                    im[(f * Batch) + b] *= factor;
                }
            }
            _alongJ.Transform(im, re);
            for (var b = 0; b < count; b++)
            {
                var line = (first + b) * width;
                for (var j = 0; j < nj; j++)
                    (planeRe[line + j], planeIm[line + j]) = (re[(j * Batch) + b], im[(j * Batch) + b]);
            }
        }
    }
}
