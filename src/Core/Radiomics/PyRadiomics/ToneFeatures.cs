using RadiogenomicsCloud.Radiomics.Ngtdm;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// Neighbourhood grey tone differences as in PyRadiomics: every voxel of a level counts, also one without a neighbour, whose
/// difference is 0; busyness is 0 where its denominator is; coarseness has no bound but that of a region without any difference.
/// </summary>
internal static class ToneFeatures
{
    /// <summary>By the standard's tag without aggregation.</summary>
    /// <param name="inSlices">Neighbours within a slice only.</param>
    public static IReadOnlyDictionary<string, double> Of(LevelBox levels, bool inSlices)
    {
        var scan = new AdjacentToneScan(levels);
        var matrix = scan.NewMatrix(inSlices);
        if (inSlices)
        {
            var slice = scan.NewMatrix(inPlane: true);
            scan.Run(slice, () => matrix.Merge(slice), null);
        }
        else
        {
            scan.Run(null, () => { }, matrix);
        }

        // All voxels in place of those with neighbours; they add no difference.
        Array.Clear(matrix.Voxels);
        foreach (var code in levels.Codes)
            matrix.Voxels[code]++;
        matrix.Voxels[0] = 0;
        var values = new double[ToneMeasures.Count];
        ToneMeasures.TryMeasure(matrix, levels.LevelOfCode, values);
        var weighted = 0.0;
        for (var code = 1; code < matrix.Voxels.Length; code++)
            weighted += matrix.Voxels[code] / (double)levels.VoxelCount * matrix.Difference(code);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["ngt_coarseness"] = weighted == 0 ? ToneMeasures.MaximumCoarseness : 1 / weighted,
            ["ngt_contrast"] = values[1],
            ["ngt_busyness"] = double.IsNaN(values[2]) ? 0 : values[2],
            ["ngt_complexity"] = values[3],
            ["ngt_strength"] = values[4],
        };
    }
}
