namespace RadiogenomicsCloud.Radiomics;

/// <summary>
/// Brings the matrices of directions and slices down to one value of each feature, in the six ways of
/// <see cref="TextureAggregation.OfDirections"/>. Empty matrices take no part in a mean.
/// </summary>
internal static class DirectionalAggregation
{
    /// <param name="matricesFor">Matrices that suit the number of voxels that are, roughly, counted at a time.</param>
    /// <param name="aggregations">Those to compute; the values of the others are left as they are.</param>
    /// <param name="values">
    /// The features of the first aggregation, then of the second, and so on. Where all matrices of one are empty its values are left.
    /// </param>
    public static void Compute(
        LevelBox region,
        DirectedSteps steps,
        Func<int, IDirectionalMatrices> matricesFor,
        IReadOnlyList<string> aggregations,
        Span<double> values)
    {
        var features = values.Length / TextureAggregation.OfDirections.Count;
        var flatAveraged = MeanOf(TextureAggregation.TwoDimensionalAveraged);
        var flatMerged = MeanOf(TextureAggregation.TwoDimensionalSliceMerged);
        var halfAveraged = MeanOf(TextureAggregation.TwoAndAHalfDimensionalDirectionMerged);
        var halfMerged = MeanOf(TextureAggregation.TwoAndAHalfDimensionalMerged);
        var spaceAveraged = MeanOf(TextureAggregation.ThreeDimensionalAveraged);
        var spaceMerged = MeanOf(TextureAggregation.ThreeDimensionalMerged);

        if (flatAveraged is not null || flatMerged is not null)
        {
            var matrices = matricesFor(region.VoxelCount / region.CountK);
            for (var k = 0; k < region.CountK; k++)
            {
                matrices.Count(k, k + 1, steps.InPlaneCount);
                flatAveraged?.AddEach(matrices, steps.InPlaneCount);
                flatMerged?.AddMerged(matrices, steps.InPlaneCount);
            }
        }
        if (halfAveraged is not null || halfMerged is not null || spaceAveraged is not null || spaceMerged is not null)
        {
            var matrices = matricesFor(region.VoxelCount);
            var inSpace = spaceAveraged is not null || spaceMerged is not null;
            matrices.Count(0, region.CountK, inSpace ? steps.Count : steps.InPlaneCount);
            halfAveraged?.AddEach(matrices, steps.InPlaneCount);
            halfMerged?.AddMerged(matrices, steps.InPlaneCount);
            spaceAveraged?.AddEach(matrices, steps.Count);
            spaceMerged?.AddMerged(matrices, steps.Count);
        }
        ReadOnlySpan<MatrixMeans?> means = [flatAveraged, flatMerged, halfAveraged, halfMerged, spaceAveraged, spaceMerged];
        for (var a = 0; a < means.Length; a++)
            means[a]?.Write(values.Slice(a * features, features));

        MatrixMeans? MeanOf(string aggregation) => aggregations.Contains(aggregation) ? new(features) : null;
    }

    /// <summary>The mean of each feature over the matrices that are not empty.</summary>
    private sealed class MatrixMeans(int features)
    {
        private readonly FeatureMeans means = new(features);
        private readonly double[] one = new double[features];

        public void AddEach(IDirectionalMatrices matrices, int directions)
        {
            for (var direction = 0; direction < directions; direction++)
            {
                if (matrices.TryMeasure(direction, one))
                    means.Add(one);
            }
        }

        public void AddMerged(IDirectionalMatrices matrices, int directions)
        {
            if (matrices.TryMeasureMerged(directions, one))
                means.Add(one);
        }

        public void Write(Span<double> values) => means.Write(values);
    }
}
