namespace RadiogenomicsCloud.Radiomics;

/// <summary>
/// The steps along which the matrices with directions (GLCM, GLRLM) are made, and what a direction's matrix is multiplied by when
/// matrices are merged. A step m and its opposite −m are one direction; the directions within a slice come first.
/// Source: IBSI reference manual, "Grid distances" (MPUJ), "Distance weighting" (6CK8), and the sections on distances of LFYI and TP0I.
/// </summary>
internal sealed class DirectedSteps
{
    /// <param name="vectors">One of each pair ±m, those with K = 0 first.</param>
    /// <param name="weights">One a vector, positive.</param>
    public DirectedSteps(IReadOnlyList<(int I, int J, int K)> vectors, IReadOnlyList<double> weights)
    {
        Vectors = vectors;
        Weights = [.. weights];
        InPlaneCount = vectors.TakeWhile(m => m.K == 0).Count();
        Reach = (int)vectors.Max(m => Length(m, DistanceNorm.Chebyshev));
    }

    public IReadOnlyList<(int I, int J, int K)> Vectors { get; }

    /// <summary>w of each direction; all 1 where nothing is weighted.</summary>
    public double[] Weights { get; }

    public int Count => Vectors.Count;

    public int InPlaneCount { get; }

    /// <summary>The margin that a <see cref="LevelBox"/> needs.</summary>
    public int Reach { get; }

    /// <summary>Steps of the co-occurrence matrix, for settings that <see cref="FeatureSettingsValidation"/> accepts.</summary>
    /// <remarks>
    /// The Chebyshev norm, the standard's default, has the 13 vectors of distance 1 multiplied by the distance, 4 of them in plane.
    /// The other norms have the vectors to all voxels at the distance: of that Manhattan length, or of a Euclidean length above
    /// distance − 1 up to distance.
    /// </remarks>
    public static DirectedSteps OfPairs(NeighbourSettings? settings)
    {
        var wanted = settings ?? new();
        return Weighted(
            wanted.Norm == DistanceNorm.Chebyshev
                ? [.. LevelBox.DirectionVectors.Select(m => (m.I * wanted.Distance, m.J * wanted.Distance, m.K * wanted.Distance))]
                : [.. AtDistance(wanted.Distance, wanted.Norm)],
            wanted);
    }

    /// <summary>Directions of runs: always the 13 of Chebyshev distance 1; only the weights can be chosen.</summary>
    public static DirectedSteps OfRuns(NeighbourSettings? settings) => Weighted(LevelBox.DirectionVectors, settings ?? new());

    /// <summary>Distance in <see cref="LevelBox.Codes"/> of each step.</summary>
    /// <param name="region">With a margin of at least <see cref="Reach"/>.</param>
    public int[] OffsetsIn(LevelBox region) => [.. Vectors.Select(m => m.I + (m.J * region.StrideJ) + (m.K * region.StrideK))];

    private static DirectedSteps Weighted(IReadOnlyList<(int I, int J, int K)> vectors, NeighbourSettings settings) =>
        new(vectors, [.. vectors.Select(m => Weight(Length(m, settings.WeightNorm), settings.Weight))]);

    private static IEnumerable<(int I, int J, int K)> AtDistance(int distance, DistanceNorm norm) =>
        from k in Enumerable.Range(0, distance + 1)
        from j in Enumerable.Range(-distance, (2 * distance) + 1)
        from i in Enumerable.Range(-distance, (2 * distance) + 1)
        let m = (I: i, J: j, K: k)
        where (m.K, m.J, m.I).CompareTo((0, 0, 0)) > 0
        let length = Length(m, norm)
        where length > distance - 1 && length <= distance
        select m;

    private static double Length((int I, int J, int K) m, DistanceNorm norm) => norm switch
    {
        DistanceNorm.Manhattan => Math.Abs(m.I) + Math.Abs(m.J) + Math.Abs(m.K),
        DistanceNorm.Euclidean => Math.Sqrt((m.I * m.I) + (m.J * m.J) + (m.K * m.K)),
        _ => Math.Max(Math.Abs(m.I), Math.Max(Math.Abs(m.J), Math.Abs(m.K))),
    };

    private static double Weight(double length, DistanceWeight weight) => weight switch
    {
        DistanceWeight.Inverse => 1 / length,
        DistanceWeight.Gaussian => Math.Exp(-length * length),
        _ => 1,
    };
}
