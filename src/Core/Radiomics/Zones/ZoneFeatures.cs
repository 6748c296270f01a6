namespace RadiogenomicsCloud.Radiomics.Zones;

/// <summary>What the two families of zones share: features of the matrix of each slice averaged, of the slices' matrix, of the volume's.</summary>
internal static class ZoneFeatures
{
    /// <summary>The features of a family in each of the three aggregations.</summary>
    /// <param name="prefix">Of the tags, with its underscore.</param>
    public static IReadOnlyList<FeatureDefinition> Definitions(
        string family, string prefix, IReadOnlyList<(string Tag, string Code, string Name)> measures) =>
    [
        .. from aggregation in TextureAggregation.OfZones
           from measure in measures
           select new FeatureDefinition($"{prefix}{measure.Tag}_{aggregation}", measure.Code, measure.Name, family, aggregation, Unit: "1"),
    ];

    /// <param name="measureSlices">Size or distance of each zone of <see cref="FeatureInput.SliceZones"/>.</param>
    /// <param name="measureVolume">Likewise of <see cref="FeatureInput.VolumeZones"/>.</param>
    public static void Compute(
        FeatureInput input, FamilyValues values, Func<ZoneMap, int[]> measureSlices, Func<ZoneMap, int[]> measureVolume)
    {
        if (input.Levels is not { } region)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }
        var tally = new MatrixTally();
        var counter = new ZoneCounter(region, tally);
        var averaged = input.IsWanted(TextureAggregation.TwoDimensional);
        var merged = input.IsWanted(TextureAggregation.TwoAndAHalfDimensional);
        if (averaged || merged)
        {
            var zones = input.SliceZones!;
            var measures = measureSlices(zones);
            if (averaged)
                Average(zones, measures, counter, tally, values.Values[..MatrixTally.FeatureCount]);
            if (merged)
                Merge(zones, measures, counter, tally, region, values.Values.Slice(MatrixTally.FeatureCount, MatrixTally.FeatureCount));
        }
        if (input.IsWanted(TextureAggregation.ThreeDimensional))
        {
            var zones = input.VolumeZones!;
            Merge(zones, measureVolume(zones), counter, tally, region, values.Values[(2 * MatrixTally.FeatureCount)..]);
        }
    }

    private static void Merge(
        ZoneMap zones, ReadOnlySpan<int> measures, ZoneCounter counter, MatrixTally tally, LevelBox region, Span<double> values)
    {
        tally.Reset();
        counter.Count(zones.Codes, measures);
        tally.TryMeasure(values, region.VoxelCount);
    }

    /// <summary>The mean over the slices that have voxels: a slice without any has no matrix.</summary>
    private static void Average(ZoneMap zones, ReadOnlySpan<int> measures, ZoneCounter counter, MatrixTally tally, Span<double> values)
    {
        Span<double> one = stackalloc double[MatrixTally.FeatureCount];
        var means = new FeatureMeans(one.Length);
        for (var part = 0; part < zones.PartCount; part++)
        {
            var range = zones.Part(part);
            var voxels = 0L;
            foreach (var size in zones.Sizes.AsSpan(range))
                voxels += size;
            if (voxels == 0)
                continue;
            tally.Reset();
            counter.Count(zones.Codes.AsSpan(range), measures[range]);
            tally.TryMeasure(one, voxels);
            means.Add(one);
        }
        means.Write(values);
    }
}
