namespace RadiogenomicsCloud.Statistics;

/// <summary>A maximum likelihood estimate and its standard error from the information matrix; NaN where it does not exist.</summary>
public readonly record struct MaximumLikelihood(double Value, double StandardError)
{
    public static readonly MaximumLikelihood Undefined = new(double.NaN, double.NaN);
}

/// <summary>
/// Calibration by logistic regression of the outcome on the logit of the predicted probability (Cox, Biometrika 1958, 45:562; Steyerberg,
/// Clinical Prediction Models, 2nd ed., 15.3), as R's <c>glm(y ~ lp, family = binomial)</c> and <c>glm(y ~ 1, offset = lp)</c>.
/// </summary>
public static class LogisticRecalibration
{
    private const int MaximumIterations = 100;

    /// <summary>
    /// The logit of a probability; probabilities nearer than 1e-10 to 0 or 1 are moved there first, so that a certain prediction stays finite.
    /// </summary>
    public static double Logit(double probability)
    {
        var p = Math.Clamp(probability, 1e-10, 1 - 1e-10);
        return Math.Log(p / (1 - p));
    }

    /// <summary>1 / (1 + exp(−x)).</summary>
    public static double Expit(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>
    /// Calibration in the large: the intercept with the slope held at 1; 0 is ideal, positive means that risks are predicted too low.
    /// Undefined if a class is absent.
    /// </summary>
    public static MaximumLikelihood InTheLarge(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default)
    {
        Check(probabilities, isEvent, weights);
        double intercept = 0, information = 0;
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            var score = 0.0;
            information = 0;
            for (var i = 0; i < probabilities.Length; i++)
            {
                var weight = weights.IsEmpty ? 1 : weights[i];
                var mean = Expit(Logit(probabilities[i]) + intercept);
                score += weight * ((isEvent[i] ? 1 : 0) - mean);
                information += weight * mean * (1 - mean);
            }
            // A long first step can overshoot; the score is monotone, so that bounded steps always arrive.
            var step = Math.Clamp(score / information, -2, 2);
            intercept += step;
            if (Math.Abs(step) < 1e-12)
                return new(intercept, 1 / Math.Sqrt(information));
        }
        return MaximumLikelihood.Undefined;
    }

    /// <summary>
    /// Calibration slope; 1 is ideal, below 1 means too extreme predictions, as overfitting gives. Undefined if a class is absent, the
    /// predictions do not vary, or they separate the classes.
    /// </summary>
    public static MaximumLikelihood Slope(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default)
    {
        Check(probabilities, isEvent, weights);
        double intercept = 0, slope = 0;
        var likelihood = double.NegativeInfinity;
        double stepIntercept = 0, stepSlope = 0;
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            double score0 = 0, score1 = 0, i00 = 0, i01 = 0, i11 = 0, current = 0;
            for (var i = 0; i < probabilities.Length; i++)
            {
                var weight = weights.IsEmpty ? 1 : weights[i];
                var x = Logit(probabilities[i]);
                var eta = intercept + (slope * x);
                var mean = Expit(eta);
                // log(1 + e^−|η|) keeps the likelihood finite for any η.
                current += weight * ((isEvent[i] ? Math.Min(eta, 0) : Math.Min(-eta, 0)) - Math.Log(1 + Math.Exp(-Math.Abs(eta))));
                var residual = weight * ((isEvent[i] ? 1 : 0) - mean);
                var information = weight * mean * (1 - mean);
                score0 += residual;
                score1 += residual * x;
                i00 += information;
                i01 += information * x;
                i11 += information * x * x;
            }
            if (current < likelihood - (1e-12 * Math.Abs(likelihood)))
            {
                stepIntercept /= 2;
                stepSlope /= 2;
                intercept -= stepIntercept;
                slope -= stepSlope;
                continue;
            }
            likelihood = current;
            var determinant = (i00 * i11) - (i01 * i01);
            if (!(determinant > 1e-12 * i00 * i11))
                break;
            stepIntercept = ((i11 * score0) - (i01 * score1)) / determinant;
            stepSlope = ((i00 * score1) - (i01 * score0)) / determinant;
            intercept += stepIntercept;
            slope += stepSlope;
            if (Math.Abs(slope) > 1e4)
                break;
            if (Math.Abs(stepSlope) < 1e-11 * (1 + Math.Abs(slope)) && Math.Abs(stepIntercept) < 1e-11 * (1 + Math.Abs(intercept)))
                return new(slope, Math.Sqrt(i00 / determinant));
        }
        return MaximumLikelihood.Undefined;
    }

    private static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights)
    {
        if (probabilities.Length != isEvent.Length || (!weights.IsEmpty && weights.Length != probabilities.Length))
        {
            throw new ArgumentException(
                $"{probabilities.Length} probabilities, {isEvent.Length} outcomes and {weights.Length} weights do not match.", nameof(isEvent));
        }
        foreach (var p in probabilities)
            if (!(p is >= 0 and <= 1))
                throw new ArgumentException("A predicted probability is missing or outside [0, 1].", nameof(probabilities));
    }
}
