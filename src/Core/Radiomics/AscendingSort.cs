using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>
/// Sorts intensities by their bits, least significant digit first, without comparisons: the order of numbers, exactly. Digits that all
/// values share are passed over, and intensities from integers or 32-bit floats share most.
/// </summary>
internal static class AscendingSort
{
    private const int DigitBits = 11;

    private const int Digits = 6;

    private const int Buckets = 1 << DigitBits;

    /// <summary>Below this, counting the digits costs more than it saves.</summary>
    private const int FewValues = 2048;

    /// <summary>Sorts in place; NaN come first or last. −0 becomes 0, which it equals.</summary>
    public static void InPlace(double[] values)
    {
        if (values.Length < FewValues)
        {
            Array.Sort(values);
            return;
        }
        var counts = new int[Digits * Buckets];
        var keys = MemoryMarshal.Cast<double, ulong>(values.AsSpan());
        for (var v = 0; v < keys.Length; v++)
        {
            var key = ToKey(values[v]);
            keys[v] = key;
            for (var digit = 0; digit < Digits; digit++)
                counts[(digit * Buckets) + DigitOf(key, digit)]++;
        }
        var other = new ulong[keys.Length];
        var from = keys;
        var to = other.AsSpan();
        for (var digit = 0; digit < Digits; digit++)
        {
            var starts = counts.AsSpan(digit * Buckets, Buckets);
            if (starts[DigitOf(from[0], digit)] == from.Length)
                continue;
            var next = 0;
            foreach (ref var start in starts)
            {
                var count = start;
                start = next;
                next += count;
            }
            foreach (var key in from)
                to[starts[DigitOf(key, digit)]++] = key;
            var swap = from;
            from = to;
            to = swap;
        }
        for (var v = 0; v < values.Length; v++)
            values[v] = ToValue(from[v]);
    }

    private static int DigitOf(ulong key, int digit) => (int)(key >> (digit * DigitBits)) & (Buckets - 1);

    // Bits in the order of the numbers: negative ones reversed and below the others.
    private static ulong ToKey(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }

    private static double ToValue(ulong key)
    {
        var bits = (long)key;
        return BitConverter.Int64BitsToDouble(bits ^ (~(bits >> 63) | long.MinValue));
    }
}
