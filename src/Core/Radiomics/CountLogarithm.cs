namespace RadiogenomicsCloud.Radiomics;

/// <summary>Base-2 logarithm of counts, most of which are small integers: those are looked up, with the same bits.</summary>
internal static class CountLogarithm
{
    private static readonly double[] Known = [.. Enumerable.Range(0, 4096).Select(n => Math.Log2(n))];

    /// <param name="count">Positive.</param>
    public static double Log2(double count)
    {
        var whole = (int)Math.Min(count, int.MaxValue);
        return whole == count && (uint)whole < (uint)Known.Length ? Known[whole] : Math.Log2(count);
    }
}
