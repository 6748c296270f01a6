namespace RadiogenomicsCloud.Learning;

/// <summary>Outcomes as trees sum them up.</summary>
internal static class TreeOutcome
{
    /// <summary>The values less their mean, so that sums of squares do not cancel.</summary>
    public static double[] Centred(double[] values)
    {
        var mean = 0.0;
        foreach (var value in values)
            mean += value / values.Length;
        return [.. values.Select(v => v - mean)];
    }
}
