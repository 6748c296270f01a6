using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// What boosting lowers. Scores are column-major: of all rows the first output, then the second. Binary: log-odds and deviance;
/// multiclass: logs of odds up to a constant, and deviance; continuous: the value and half the squared error; survival: the log relative hazard
/// and Cox's partial likelihood with Breslow's ties. Rows of weight 0 take no part.
/// </summary>
internal abstract class BoostingLoss
{
    /// <summary>Second derivatives are at least this, as in XGBoost, so that certain rows do not divide by nothing.</summary>
    private const double LeastCurvature = 1e-16;

    /// <summary>How many scores a row has.</summary>
    public virtual int Outputs => 1;

    /// <summary>The scores before any tree.</summary>
    public abstract double[] Start(double[] weights);

    /// <summary>Derivatives of the loss by one output of each row, times its weight.</summary>
    public abstract void Derive(int output, double[] scores, double[] weights, double[] gradient, double[] hessian);

    /// <summary>Total loss of the rows by their weights.</summary>
    public abstract double Of(double[] scores, double[] weights);

    public static BoostingLoss For(Endpoint endpoint) => endpoint switch
    {
        BinaryEndpoint binary => new Logistic(binary.Values),
        MulticlassEndpoint classes => new Softmax(classes.Values, classes.Labels.Count),
        ContinuousEndpoint numbers => new Squared(numbers.Values),
        _ => new Cox((SurvivalEndpoint)endpoint),
    };

    private sealed class Logistic(bool[] y) : BoostingLoss
    {
        public override double[] Start(double[] weights)
        {
            double events = 0, total = 0;
            for (var r = 0; r < y.Length; r++)
            {
                events += y[r] ? weights[r] : 0;
                total += weights[r];
            }
            // One class alone among the rows of an inner fold: half a row of the other.
            events = Math.Clamp(events, 0.5 * total / y.Length, total - (0.5 * total / y.Length));
            return [Math.Log(events / (total - events))];
        }

        public override void Derive(int output, double[] scores, double[] weights, double[] gradient, double[] hessian)
        {
            for (var r = 0; r < y.Length; r++)
            {
                var p = 1 / (1 + Math.Exp(-scores[r]));
                gradient[r] = weights[r] * (p - (y[r] ? 1 : 0));
                hessian[r] = weights[r] * Math.Max(p * (1 - p), LeastCurvature);
            }
        }

        public override double Of(double[] scores, double[] weights)
        {
            var loss = 0.0;
            for (var r = 0; r < y.Length; r++)
            {
                var margin = y[r] ? scores[r] : -scores[r];
                // log(1 + exp(−m)) without overflow.
                loss += weights[r] * (Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin))));
            }
            return loss;
        }
    }

    private sealed class Squared(double[] y) : BoostingLoss
    {
        public override double[] Start(double[] weights)
        {
            double sum = 0, total = 0;
            for (var r = 0; r < y.Length; r++)
            {
                sum += weights[r] * y[r];
                total += weights[r];
            }
            return [sum / total];
        }

        public override void Derive(int output, double[] scores, double[] weights, double[] gradient, double[] hessian)
        {
            for (var r = 0; r < y.Length; r++)
            {
                gradient[r] = weights[r] * (scores[r] - y[r]);
                hessian[r] = weights[r];
            }
        }

        public override double Of(double[] scores, double[] weights)
        {
            var loss = 0.0;
            for (var r = 0; r < y.Length; r++)
                loss += weights[r] * (scores[r] - y[r]) * (scores[r] - y[r]) / 2;
            return loss;
        }
    }

    private sealed class Softmax(int[] y, int classes) : BoostingLoss
    {
        public override int Outputs => classes;

        public override double[] Start(double[] weights)
        {
            var (sums, total) = (new double[classes], 0.0);
            for (var r = 0; r < y.Length; r++)
            {
                sums[y[r]] += weights[r];
                total += weights[r];
            }
            // A class that no row has: half a row.
            return [.. sums.Select(s => Math.Log(Math.Max(s / total, 0.5 / y.Length)))];
        }

        public override void Derive(int output, double[] scores, double[] weights, double[] gradient, double[] hessian)
        {
            for (var r = 0; r < y.Length; r++)
            {
                var p = Math.Exp(scores[(output * y.Length) + r] - LogSum(scores, r));
                gradient[r] = weights[r] * (p - (y[r] == output ? 1 : 0));
                hessian[r] = weights[r] * Math.Max(2 * p * (1 - p), LeastCurvature);
            }
        }

        public override double Of(double[] scores, double[] weights)
        {
            var loss = 0.0;
            for (var r = 0; r < y.Length; r++)
                loss += weights[r] * (LogSum(scores, r) - scores[(y[r] * y.Length) + r]);
            return loss;
        }

        private double LogSum(double[] scores, int row)
        {
            var greatest = double.NegativeInfinity;
            for (var k = 0; k < classes; k++)
                greatest = Math.Max(greatest, scores[(k * y.Length) + row]);
            var sum = 0.0;
            for (var k = 0; k < classes; k++)
                sum += Math.Exp(scores[(k * y.Length) + row] - greatest);
            return greatest + Math.Log(sum);
        }
    }

    private sealed class Cox(SurvivalEndpoint endpoint) : BoostingLoss
    {
        private readonly EventGrid grid = new(endpoint);

        public override double[] Start(double[] weights) => [0];

        public override void Derive(int output, double[] scores, double[] weights, double[] gradient, double[] hessian)
        {
            var (deaths, risk, shift) = Breslow.RiskSets(grid, scores, weights);
            var (first, second) = (new double[deaths.Length + 1], new double[deaths.Length + 1]);
            for (var t = 0; t < deaths.Length; t++)
            {
                first[t + 1] = first[t] + (deaths[t] > 0 ? deaths[t] / risk[t] : 0);
                second[t + 1] = second[t] + (deaths[t] > 0 ? deaths[t] / (risk[t] * risk[t]) : 0);
            }
            for (var r = 0; r < scores.Length; r++)
            {
                var relative = Math.Exp(scores[r] - shift);
                var reached = grid.Reached[r];
                gradient[r] = weights[r] * ((relative * first[reached]) - (grid.Events[r] ? 1 : 0));
                hessian[r] = weights[r] * Math.Max((relative * first[reached]) - (weights[r] * relative * relative * second[reached]), LeastCurvature);
            }
        }

        public override double Of(double[] scores, double[] weights)
        {
            var (deaths, risk, shift) = Breslow.RiskSets(grid, scores, weights);
            var loss = 0.0;
            for (var t = 0; t < deaths.Length; t++)
                loss += deaths[t] > 0 ? deaths[t] * (Math.Log(risk[t]) + shift) : 0;
            for (var r = 0; r < scores.Length; r++)
                loss -= grid.Events[r] ? weights[r] * scores[r] : 0;
            return loss;
        }
    }
}

/// <summary>Breslow's sums over risk sets.</summary>
internal static class Breslow
{
    /// <summary>At each time of an event the weight of those who have it and Σ w exp(score − shift) of those at risk.</summary>
    public static (double[] Deaths, double[] Risk, double Shift) RiskSets(EventGrid grid, double[] scores, double[] weights)
    {
        var (deaths, risk, shift) = (new double[grid.Times.Length], new double[grid.Times.Length], scores.Max());
        for (var r = 0; r < scores.Length; r++)
        {
            var at = grid.Reached[r] - 1;
            if (at < 0)
                continue;
            risk[at] += weights[r] * Math.Exp(scores[r] - shift);
            if (grid.Events[r])
                deaths[at] += weights[r];
        }
        for (var t = risk.Length - 2; t >= 0; t--)
            risk[t] += risk[t + 1];
        return (deaths, risk, shift);
    }

    /// <summary>Cumulative hazard of a score of 0 at the times of events.</summary>
    public static double[] Baseline(EventGrid grid, double[] scores, double[] weights)
    {
        var (deaths, risk, shift) = RiskSets(grid, scores, weights);
        var hazard = new double[deaths.Length];
        for (var t = 0; t < hazard.Length; t++)
            hazard[t] = (t > 0 ? hazard[t - 1] : 0) + (deaths[t] > 0 ? deaths[t] / risk[t] * Math.Exp(-shift) : 0);
        return hazard;
    }
}
