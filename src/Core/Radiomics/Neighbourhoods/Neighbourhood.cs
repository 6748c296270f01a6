namespace RadiogenomicsCloud.Radiomics.Neighbourhoods;

/// <summary>
/// The neighbours of a voxel in the matrices of neighbourhoods (NGTDM, NGLDM): all steps m ≠ 0 with ‖m‖ ≤ δ, and the weight of each.
/// In order of k, then j, then i, so that a step and its opposite are mirror images in the list.
/// Source: IBSI reference manual, sections IPET and REK0, "Distances and distance weighting".
/// </summary>
internal sealed class Neighbourhood
{
    private Neighbourhood(IReadOnlyList<(int I, int J, int K)> steps, double[] weights)
    {
        Steps = steps;
        Weights = weights;
    }

    public IReadOnlyList<(int I, int J, int K)> Steps { get; }

    /// <summary>w(m) of each step; all 1 where nothing is weighted.</summary>
    public double[] Weights { get; }

    /// <param name="inPlane">Only steps within a slice.</param>
    public static Neighbourhood Of(NeighbourSettings settings, bool inPlane)
    {
        var reach = settings.Distance;
        var steps = new List<(int I, int J, int K)>();
        for (var k = inPlane ? 0 : -reach; k <= (inPlane ? 0 : reach); k++)
        {
            for (var j = -reach; j <= reach; j++)
            {
                for (var i = -reach; i <= reach; i++)
                {
                    if ((i, j, k) != (0, 0, 0) && IsWithin((i, j, k), settings.Norm, reach))
                        steps.Add((i, j, k));
                }
            }
        }
        return new(steps, [.. steps.Select(m => Weight(Length(m, settings.WeightNorm), settings.Weight))]);
    }

    /// <summary>Distance in <see cref="LevelBox.Codes"/> of each step.</summary>
    /// <param name="region">With a margin of at least the distance.</param>
    public int[] OffsetsIn(LevelBox region) => [.. Steps.Select(m => m.I + (m.J * region.StrideJ) + (m.K * region.StrideK))];

    // In integers, so that no rounding decides whether a voxel at exactly the distance is a neighbour.
    private static bool IsWithin((int I, int J, int K) m, DistanceNorm norm, int reach) => norm switch
    {
        DistanceNorm.Manhattan => Math.Abs(m.I) + Math.Abs(m.J) + Math.Abs(m.K) <= reach,
        DistanceNorm.Euclidean => (m.I * m.I) + (m.J * m.J) + (m.K * m.K) <= reach * reach,
        _ => true,
    };

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
