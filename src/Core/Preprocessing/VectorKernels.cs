using System.Numerics;
using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Preprocessing;

/// <summary>Row operations of separable filters. Multiplication and addition are not fused, so every vector width gives the same bits.</summary>
internal static class VectorKernels
{
    /// <summary>target = source · factor.</summary>
    public static void Scale(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        var from = MemoryMarshal.Cast<double, Vector<double>>(source);
        var to = MemoryMarshal.Cast<double, Vector<double>>(target[..source.Length]);
        for (var v = 0; v < to.Length; v++)
            to[v] = from[v] * factor;
        for (var x = to.Length * Vector<double>.Count; x < source.Length; x++)
            target[x] = source[x] * factor;
    }

    /// <summary>target = target + source · factor.</summary>
    public static void AddScaled(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        var from = MemoryMarshal.Cast<double, Vector<double>>(source);
        var to = MemoryMarshal.Cast<double, Vector<double>>(target[..source.Length]);
        for (var v = 0; v < to.Length; v++)
            to[v] += from[v] * factor;
        for (var x = to.Length * Vector<double>.Count; x < source.Length; x++)
            target[x] += source[x] * factor;
    }

    /// <summary>target = (next − target) · factor.</summary>
    public static void SubtractFromAndScale(ReadOnlySpan<double> next, double factor, Span<double> target)
    {
        var from = MemoryMarshal.Cast<double, Vector<double>>(next);
        var to = MemoryMarshal.Cast<double, Vector<double>>(target[..next.Length]);
        for (var v = 0; v < to.Length; v++)
            to[v] = (from[v] - to[v]) * factor;
        for (var x = to.Length * Vector<double>.Count; x < next.Length; x++)
            target[x] = (next[x] - target[x]) * factor;
    }
}
