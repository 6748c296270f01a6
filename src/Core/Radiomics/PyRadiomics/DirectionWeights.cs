using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>What the matrix of a direction counts for where the directions are merged, by the length of its step in mm.</summary>
public enum PyRadiomicsWeighting
{
    /// <summary>All the same (<c>no_weighting</c>).</summary>
    None,

    /// <summary>By the sum of the three distances (<c>manhattan</c>).</summary>
    Manhattan,

    /// <summary>By the root of the sum of their squares (<c>euclidean</c>).</summary>
    Euclidean,

    /// <summary>By the largest of them (<c>infinity</c>).</summary>
    Infinity,
}

/// <summary>PyRadiomics' weights: of run lengths the length d of the step, of co-occurrence exp(−d²).</summary>
internal static class DirectionWeights
{
    public static DirectedSteps OfRuns(GridGeometry grid, PyRadiomicsWeighting weighting) => Weighted(grid, weighting, d => d);

    // Far steps count for nothing at all in double precision, but a matrix must be of something.
    public static DirectedSteps OfPairs(GridGeometry grid, PyRadiomicsWeighting weighting) =>
        Weighted(grid, weighting, d => Math.Max(Math.Exp(-d * d), 1e-300));

    private static DirectedSteps Weighted(GridGeometry grid, PyRadiomicsWeighting weighting, Func<double, double> weight) => new(
        LevelBox.DirectionVectors,
        [.. LevelBox.DirectionVectors.Select(m => weighting == PyRadiomicsWeighting.None ? 1 : weight(Length(m, grid, weighting)))]);

    private static double Length((int I, int J, int K) step, GridGeometry grid, PyRadiomicsWeighting weighting)
    {
        var (x, y, z) = (Math.Abs(step.I) * grid.SpacingI, Math.Abs(step.J) * grid.SpacingJ, Math.Abs(step.K) * grid.SpacingK);
        return weighting switch
        {
            PyRadiomicsWeighting.Manhattan => x + y + z,
            PyRadiomicsWeighting.Euclidean => Math.Sqrt((x * x) + (y * y) + (z * z)),
            _ => Math.Max(x, Math.Max(y, z)),
        };
    }
}
