using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Preprocessing;

/// <summary>
/// Resegmentation: which voxels of a mask stay in the intensity mask. Source: IBSI reference manual, "Re-segmentation" (USB3, 7ACA).
/// </summary>
public static class Resegmenter
{
    /// <summary>
    /// The voxels of <paramref name="mask"/> within the range and within <c>mean ± sigma · SD</c>, both inclusive; the SD is that of
    /// the population. The manual leaves open which voxels give mean and SD where both are asked for: here, those of
    /// <paramref name="mask"/> that are in the range. May come out empty.
    /// </summary>
    /// <exception cref="BadInputException"><c>settings.resegment</c>.</exception>
    public static Mask Resegment(Volume image, Mask mask, ResegmentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var low = settings.Low ?? double.NegativeInfinity;
        var high = settings.High ?? double.PositiveInfinity;
        var result = Within(image.Values, mask.Values, low, high);
        if (settings.Sigma is { } sigma)
        {
            var (mean, deviation) = MeanAndPopulationDeviation(image.Values, result);
            result = Within(image.Values, result, mean - (sigma * deviation), mean + (sigma * deviation));
        }
        return new(mask.Grid, result);
    }

    private static byte[] Within(ReadOnlySpan<double> values, ReadOnlySpan<byte> mask, double low, double high)
    {
        var result = new byte[values.Length];
        for (var v = 0; v < values.Length; v++)
            result[v] = mask[v] != 0 && values[v] >= low && values[v] <= high ? (byte)1 : (byte)0;
        return result;
    }

    internal static (double Mean, double Deviation) MeanAndPopulationDeviation(ReadOnlySpan<double> values, ReadOnlySpan<byte> mask)
    {
        // Two passes: the intensities of a ROI may be large against their spread. An empty mask gives NaN, which keeps nothing.
        double sum = 0, squares = 0;
        var count = 0;
        for (var v = 0; v < values.Length; v++)
        {
            if (mask[v] == 0)
                continue;
            sum += values[v];
            count++;
        }
        var mean = sum / count;
        for (var v = 0; v < values.Length; v++)
            squares += mask[v] != 0 ? (values[v] - mean) * (values[v] - mean) : 0;
        return (mean, Math.Sqrt(squares / count));
    }
}
