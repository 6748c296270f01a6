namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// PyRadiomics leaves out directions in which no line holds two voxels of the region. In such a direction every voxel is a run of its
/// own, so that its features are known from the grey levels alone and can be taken out of the standard's mean.
/// </summary>
internal sealed class RunDeviations
{
    private readonly Dictionary<string, double> _ofSingles;
    private readonly int _all;
    private readonly int _thin;

    private RunDeviations(Dictionary<string, double> ofSingles, int all, int thin, string? missing)
    {
        _ofSingles = ofSingles;
        _all = all;
        _thin = thin;
        Missing = missing;
    }

    /// <summary>Why no feature has a value; null where each has one.</summary>
    public string? Missing { get; }

    /// <summary>Null where nothing deviates.</summary>
    public static RunDeviations? Of(PyRadiomicsInput input, IReadOnlyList<PyRadiomicsFeature> wanted)
    {
        if (!wanted.Any(f => f.Class == PyRadiomicsCatalogue.Glrlm) || input.Levels is not { } levels)
            return null;
        var (all, thin) = (0, 0);
        foreach (var direction in NeighbourPairs.Directions(input.InSlices))
        {
            all++;
            thin += NeighbourPairs.HasLineOfTwo(levels, direction) ? 0 : 1;
        }
        var missing = thin == all ? "no line in any direction holds two voxels of the region"
            : thin > 0 && input.Settings.MergeDirections ? "directions in which no line holds two voxels cannot be taken out of merged directions"
            : null;
        return thin == 0 ? null : new(OfSingles(levels), all, thin, missing);
    }

    public double Value(PyRadiomicsFeature feature, double standard) => Missing is not null
        ? double.NaN
        : ((_all * standard) - (_thin * _ofSingles[feature.Name])) / (_all - _thin);

    private static Dictionary<string, double> OfSingles(LevelBox levels)
    {
        var voxels = new long[levels.OccupiedCount + 1];
        foreach (var code in levels.Codes)
            voxels[code]++;
        double n = levels.VoxelCount;
        double squares = 0, mean = 0, variance = 0, entropy = 0, low = 0, high = 0;
        for (var code = 1; code < voxels.Length; code++)
        {
            var (p, level) = (voxels[code] / n, (double)levels.LevelOfCode[code]);
            squares += p * p;
            mean += p * level;
            entropy -= p * Math.Log2(p);
            low += p / (level * level);
            high += p * level * level;
        }
        for (var code = 1; code < voxels.Length; code++)
            variance += voxels[code] / n * (levels.LevelOfCode[code] - mean) * (levels.LevelOfCode[code] - mean);
        return new(StringComparer.Ordinal)
        {
            ["GrayLevelNonUniformity"] = squares * n,
            ["GrayLevelNonUniformityNormalized"] = squares,
            ["GrayLevelVariance"] = variance,
            ["HighGrayLevelRunEmphasis"] = high,
            ["LongRunEmphasis"] = 1,
            ["LongRunHighGrayLevelEmphasis"] = high,
            ["LongRunLowGrayLevelEmphasis"] = low,
            ["LowGrayLevelRunEmphasis"] = low,
            ["RunEntropy"] = entropy,
            ["RunLengthNonUniformity"] = n,
            ["RunLengthNonUniformityNormalized"] = 1,
            ["RunPercentage"] = 1,
            ["RunVariance"] = 0,
            ["ShortRunEmphasis"] = 1,
            ["ShortRunHighGrayLevelEmphasis"] = high,
            ["ShortRunLowGrayLevelEmphasis"] = low,
        };
    }
}
