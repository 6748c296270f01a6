using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Kernels over vectors padded with zeros to a multiple of four. The vector width is fixed at 256 bits and products are not fused,
/// so that sums are formed in the same order, hence are the same, on every machine.
/// </summary>
internal static class PaddedKernels
{
    private const int Width = 4;

    public static int PaddedLength(int length) => checked((length + Width - 1) / Width * Width);

    /// <summary>Σ aᵢ bᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var left = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var right = MemoryMarshal.Cast<double, Vector256<double>>(b)[..left.Length];
        // Four sums, because one would wait for each addition before the next.
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        var i = 0;
        for (; i + 3 < left.Length; i += 4)
        {
            s0 += left[i] * right[i];
            s1 += left[i + 1] * right[i + 1];
            s2 += left[i + 2] * right[i + 2];
            s3 += left[i + 3] * right[i + 3];
        }
        for (; i < left.Length; i++)
            s0 += left[i] * right[i];
        return Vector256.Sum((s0 + s1) + (s2 + s3));
    }

    /// <summary>Σ vᵢ xᵢ².</summary>
    public static double WeightedSquares(ReadOnlySpan<double> v, ReadOnlySpan<double> x)
    {
        var weights = MemoryMarshal.Cast<double, Vector256<double>>(v);
        var values = MemoryMarshal.Cast<double, Vector256<double>>(x)[..weights.Length];
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] * (values[i] * values[i]);
        return Vector256.Sum(sum);
    }

    /// <summary>Σ aᵢ.</summary>
    public static double Sum(ReadOnlySpan<double> a)
    {
        var values = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < values.Length; i++)
            sum += values[i];
        return Vector256.Sum(sum);
    }

    /// <summary>r ← r − d·v∘x.</summary>
    public static void SubtractScaledProduct(Span<double> r, double d, ReadOnlySpan<double> v, ReadOnlySpan<double> x)
    {
        var target = MemoryMarshal.Cast<double, Vector256<double>>(r);
        var weights = MemoryMarshal.Cast<double, Vector256<double>>(v)[..target.Length];
        var values = MemoryMarshal.Cast<double, Vector256<double>>(x)[..target.Length];
        var scale = Vector256.Create(d);
        for (var i = 0; i < target.Length; i++)
            target[i] -= scale * (weights[i] * values[i]);
    }

    /// <summary>a ← a + d·x.</summary>
    public static void AddScaled(Span<double> a, double d, ReadOnlySpan<double> x)
    {
        var target = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var values = MemoryMarshal.Cast<double, Vector256<double>>(x)[..target.Length];
        var scale = Vector256.Create(d);
        for (var i = 0; i < target.Length; i++)
            target[i] += scale * values[i];
    }
}
