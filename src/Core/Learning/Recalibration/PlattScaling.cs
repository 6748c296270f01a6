using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The probability expit(slope · score + intercept), by maximum likelihood against targets that are kept from 0 and 1 as if one more row of
/// each class had been seen (Platt 1999; Newton's method with backtracking of Lin, Lin, Weng, Machine Learning 2007, 68:267).
/// </summary>
/// <param name="Slope">Not negative: a greater score is never a lesser probability.</param>
internal sealed record PlattScaling(double Slope, double Intercept)
{
    private const int GreatestSteps = 100;

    /// <summary>
    /// The least slope, per standard deviation of the scores. Where held-out scores order the rows no better than chance or worse, the
    /// probability is all but the prevalence, and yet cases stay in the order of their scores.
    /// </summary>
    private const double LeastStandardisedSlope = 0.01;

    /// <summary>The probability of the event.</summary>
    public double Apply(double score) => LogisticRecalibration.Expit((Slope * score) + Intercept);

    /// <param name="weights">Of the rows; empty where all weigh the same.</param>
    public static PlattScaling Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights)
    {
        double events = 0, others = 0;
        for (var r = 0; r < isEvent.Length; r++)
        {
            var weight = weights.IsEmpty ? 1 : weights[r];
            if (isEvent[r])
                events += weight;
            else
                others += weight;
        }
        var targets = new double[scores.Length];
        for (var r = 0; r < targets.Length; r++)
            targets[r] = isEvent[r] ? (events + 1) / (events + 2) : 1 / (others + 2);
        // On the scale of the scores' own spread Newton's method starts well and thresholds mean something.
        var (centre, spread) = (Moments.Mean(scores), Math.Sqrt(Moments.PopulationVariance(scores)));
        var start = Math.Log((events + 1) / (others + 1));
        if (!(spread > 1e-12 * Math.Max(1, Math.Abs(centre))))
            return new(0, start);
        var standardised = new double[scores.Length];
        for (var r = 0; r < standardised.Length; r++)
            standardised[r] = (scores[r] - centre) / spread;
        var (slope, intercept) = Newton(standardised, targets, weights, 0, start, fixedSlope: false);
        if (slope < LeastStandardisedSlope)
            (slope, intercept) = Newton(standardised, targets, weights, LeastStandardisedSlope, start, fixedSlope: true);
        return new(slope / spread, intercept - (slope * centre / spread));
    }

    private static (double Slope, double Intercept) Newton(
        double[] scores, double[] targets, ReadOnlySpan<double> weights, double slope, double intercept, bool fixedSlope)
    {
        var loss = Loss(scores, targets, weights, slope, intercept);
        for (var step = 0; step < GreatestSteps; step++)
        {
            double g0 = 0, g1 = 0, h00 = 1e-12, h01 = 0, h11 = 1e-12;
            for (var r = 0; r < scores.Length; r++)
            {
                var weight = weights.IsEmpty ? 1 : weights[r];
                var p = LogisticRecalibration.Expit((slope * scores[r]) + intercept);
                var (residual, information) = (weight * (p - targets[r]), weight * p * (1 - p));
                g0 += residual;
                g1 += residual * scores[r];
                h00 += information;
                h01 += information * scores[r];
                h11 += information * scores[r] * scores[r];
            }
            var determinant = (h00 * h11) - (h01 * h01);
            var (d0, d1) = fixedSlope ? (-g0 / h00, 0.0) : (-((h11 * g0) - (h01 * g1)) / determinant, -((h00 * g1) - (h01 * g0)) / determinant);
            var descent = (g0 * d0) + (g1 * d1);
            if (!(descent < -1e-18))
                break;
            var size = 1.0;
            for (; size > 1e-10; size /= 2)
            {
                var next = Loss(scores, targets, weights, slope + (size * d1), intercept + (size * d0));
                if (next < loss + (1e-4 * size * descent))
                {
                    (slope, intercept, loss) = (slope + (size * d1), intercept + (size * d0), next);
                    break;
                }
            }
            if (size <= 1e-10)
                break;
        }
        return (slope, intercept);
    }

    /// <summary>Minus the log-likelihood.</summary>
    private static double Loss(double[] scores, double[] targets, ReadOnlySpan<double> weights, double slope, double intercept)
    {
        var sum = 0.0;
        for (var r = 0; r < scores.Length; r++)
        {
            var eta = (slope * scores[r]) + intercept;
            sum += (weights.IsEmpty ? 1 : weights[r]) * (Math.Max(eta, 0) - (targets[r] * eta) + Math.Log(1 + Math.Exp(-Math.Abs(eta))));
        }
        return sum;
    }
}
