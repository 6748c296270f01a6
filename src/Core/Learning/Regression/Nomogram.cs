namespace RadiogenomicsCloud.Learning;

/// <summary>The points of one predictor: a straight line over its range.</summary>
/// <param name="Low">Least value of the range.</param>
/// <param name="High">Greatest value.</param>
/// <param name="PointsAtLow">At <paramref name="Low"/>; 0 where the weight is positive.</param>
/// <param name="PointsAtHigh">At <paramref name="High"/>.</param>
public sealed record NomogramAxis(string Column, double Low, double High, double PointsAtLow, double PointsAtHigh)
{
    /// <summary>The points of a value, also outside the range.</summary>
    public double Points(double value) => PointsAtLow + ((PointsAtHigh - PointsAtLow) * (value - Low) / (High - Low));
}

/// <summary>
/// The numbers of a nomogram of a linear model without interactions, as R's <c>rms::nomogram</c> defines it: the predictor of the greatest effect over
/// its range has 100 points there, others in proportion, each at least 0 within its range. Points of all predictors add up to the total.
/// </summary>
/// <param name="PointsPerUnit">Points of one unit of the linear predictor.</param>
/// <param name="LinearPredictorAtZero">The linear predictor of a total of 0 points.</param>
public sealed record Nomogram(IReadOnlyList<NomogramAxis> Axes, double PointsPerUnit, double LinearPredictorAtZero)
{
    private const double GreatestPoints = 100;

    /// <param name="ranges">Least and greatest value of each column that has a weight.</param>
    /// <exception cref="ArgumentException">No column has an effect over its range.</exception>
    public static Nomogram Of(ILinearModel model, IReadOnlyDictionary<string, (double Low, double High)> ranges)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(ranges);
        var used = model.Coefficients.Where(c => ranges[c.Column].High > ranges[c.Column].Low && c.Value != 0).ToArray();
        if (used.Length == 0)
            throw new ArgumentException("No column has an effect over its range.", nameof(model));
        var scale = GreatestPoints / used.Max(c => Math.Abs(c.Value) * (ranges[c.Column].High - ranges[c.Column].Low));
        var atZero = model.Intercept;
        foreach (var c in model.Coefficients)
            atZero += c.Value * (c.Value >= 0 ? ranges[c.Column].Low : ranges[c.Column].High);
        return new([.. used.Select(Axis)], scale, atZero);

        NomogramAxis Axis(Coefficient c)
        {
            var (low, high) = ranges[c.Column];
            var points = scale * Math.Abs(c.Value) * (high - low);
            return c.Value > 0 ? new(c.Column, low, high, 0, points) : new(c.Column, low, high, points, 0);
        }
    }

    /// <summary>The linear predictor (log-odds, expected value or log relative hazard) of a total of points.</summary>
    public double LinearPredictor(double totalPoints) => LinearPredictorAtZero + (totalPoints / PointsPerUnit);

    /// <summary>The probability of the event at a total of points, of a logistic regression.</summary>
    public double Probability(double totalPoints) => Statistics.LogisticRecalibration.Expit(LinearPredictor(totalPoints));

    /// <summary>The probability of no event up to a time at a total of points, of a Cox regression with this baseline.</summary>
    public double Survival(double totalPoints, BaselineHazard baseline, double time)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return baseline.Survival(time, LinearPredictor(totalPoints));
    }
}
