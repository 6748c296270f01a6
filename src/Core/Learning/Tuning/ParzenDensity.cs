using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// A mixture of one kernel at each point and the uniform density, all of equal weight. A kernel is a product over parameters: a Gaussian cut
/// off at 0 and 1, or for a choice the point's value with a share spread over all (Aitchison, Aitken, Biometrika 1976, 63:413). The width in
/// a parameter follows the points' spread by Scott's rule.
/// </summary>
internal sealed class ParzenDensity
{
    private readonly SearchSpace space;
    private readonly double[][] points;
    private readonly double[] widths;
    private readonly double[] logMass;

    public ParzenDensity(SearchSpace space, double[][] points)
    {
        (this.space, this.points) = (space, points);
        widths = new double[space.Dimension];
        for (var d = 0; d < widths.Length; d++)
        {
            // The uniform prior counts as a point, so that equal points do not make the width vanish.
            double[] column = [.. points.Select(p => p[d])];
            var spread = Math.Sqrt(((Moments.PopulationVariance(column) * column.Length) + (1.0 / 12)) / (column.Length + 1));
            // A kernel narrower than a value's cell would never leave it.
            var least = 1.0 / (space.Parameters[d].Levels ?? long.MaxValue);
            widths[d] = Math.Max(spread * Math.Pow(column.Length, -1.0 / (space.Dimension + 4)), least);
        }
        logMass = new double[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            for (var d = 0; d < widths.Length; d++)
            {
                if (space.Parameters[d].IsOrdered)
                    logMass[i] += Math.Log(widths[d] * (Normal.Cdf((1 - points[i][d]) / widths[d]) - Normal.Cdf(-points[i][d] / widths[d])) * Math.Sqrt(2 * Math.PI));
            }
        }
    }

    public double[] Draw(DeterministicRandom random)
    {
        var component = random.NextInt(points.Length + 1);
        if (component == points.Length)
            return Search.Uniform(space.Dimension, random);
        var drawn = new double[space.Dimension];
        for (var d = 0; d < drawn.Length; d++)
        {
            var centre = points[component][d];
            if (!space.Parameters[d].IsOrdered)
            {
                drawn[d] = random.NextDouble() < Spread ? random.NextDouble() : centre;
                continue;
            }
            do
            {
                drawn[d] = centre + (widths[d] * random.NextGaussian());
            }
            while (!(drawn[d] >= 0 && drawn[d] <= 1));
        }
        return drawn;
    }

    public double Log(double[] point)
    {
        var logs = new double[points.Length + 1];
        for (var i = 0; i < points.Length; i++)
        {
            logs[i] = -logMass[i];
            for (var d = 0; d < point.Length; d++)
            {
                if (space.Parameters[d].IsOrdered)
                {
                    var z = (point[d] - points[i][d]) / widths[d];
                    logs[i] -= 0.5 * z * z;
                }
                else
                {
                    // Relative to the uniform density, under which each level has 1 / levels.
                    logs[i] += Math.Log(Spread + (point[d] == points[i][d] ? (1 - Spread) * space.Parameters[d].Levels!.Value : 0));
                }
            }
        }
        var greatest = logs.Max();
        return greatest + Math.Log(logs.Sum(l => Math.Exp(l - greatest)) / logs.Length);
    }

    /// <summary>Share of a choice's kernel that is spread over all levels.</summary>
    private double Spread => 1.0 / (points.Length + 1);
}
