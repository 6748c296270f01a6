namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>What the standard's co-occurrence features do not give.</summary>
internal static class CoOccurrenceDeviations
{
    /// <summary>The mean over the directions that have pairs, or of all directions in one matrix; NaN beyond the limit of levels.</summary>
    public static double Mcc(PyRadiomicsInput input)
    {
        if (input.Levels is not { } levels || levels.OccupiedCount > MaximalCorrelation.MaximumLevels)
            return double.NaN;
        var n = levels.OccupiedCount;
        var counts = new long[n * n];
        var (sum, matrices) = (0.0, 0);
        foreach (var direction in NeighbourPairs.Directions(input.InSlices))
        {
            if (!NeighbourPairs.Look(levels, direction).HasPairs)
                continue;
            matrices++;
            NeighbourPairs.Count(levels, direction, counts);
            if (input.Settings.MergeDirections)
                continue;
            sum += MaximalCorrelation.Of(counts, n);
            Array.Clear(counts);
        }
        if (matrices == 0)
            return double.NaN;
        return input.Settings.MergeDirections ? MaximalCorrelation.Of(counts, n) : sum / matrices;
    }

    /// <summary>The standard's mean with 0 in place of 1 for each direction whose pairs all have one level.</summary>
    public static double Imc1(PyRadiomicsInput input)
    {
        var standard = input.Value("cm_info_corr1");
        if (double.IsNaN(standard) || input.Levels is not { } levels)
            return standard;
        var (flat, matrices) = (0, 0);
        foreach (var direction in NeighbourPairs.Directions(input.InSlices))
        {
            var (hasPairs, isFlat) = NeighbourPairs.Look(levels, direction);
            matrices += hasPairs ? 1 : 0;
            flat += hasPairs && isFlat ? 1 : 0;
        }
        // Merged directions are flat together only where the one level that has pairs is the same; 1 is what the standard gives then.
        return input.Settings.MergeDirections
            ? flat == matrices && standard == 1 ? 0 : standard
            : standard - ((double)flat / matrices);
    }
}
