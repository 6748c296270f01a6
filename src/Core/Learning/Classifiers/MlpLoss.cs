using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The mean loss of a row by the outputs of a network: minus the log-likelihood of a logistic, multinomial or (with its variance left aside)
/// normal model, or of Cox's partial likelihood with Efron's ties.
/// </summary>
/// <param name="present">The classes that outputs stand for, where there are several.</param>
/// <param name="centre">Of a continuous endpoint, which is standardised.</param>
internal sealed class MlpLoss(Endpoint endpoint, double[]? weights, int[] present, double centre, double scale)
{
    private readonly double[] weights = weights ?? [.. Enumerable.Repeat(1.0, endpoint.Count)];
    private readonly PartialLikelihood? partial = endpoint is SurvivalEndpoint survival
        ? new(survival.Times, survival.Events, weights ?? [.. Enumerable.Repeat(1.0, endpoint.Count)], TieMethod.Efron)
        : null;

    /// <summary>Returns the loss and leaves its derivatives by the outputs in <paramref name="errors"/>.</summary>
    public double Evaluate(RowMatrix outputs, RowMatrix errors)
    {
        if (partial is not null)
            return Cox(partial, outputs, errors);
        var loss = 0.0;
        for (var r = 0; r < outputs.RowCount; r++)
        {
            var error = errors.Row(r)[..outputs.ColumnCount];
            loss += weights[r] * Row(r, outputs.Row(r)[..outputs.ColumnCount], error);
            foreach (ref var value in error)
                value *= weights[r] / outputs.RowCount;
        }
        return loss / outputs.RowCount;
    }

    /// <summary>The cumulative hazard at an output of 0; of survival alone.</summary>
    public BaselineHazard? Baseline(RowMatrix outputs)
    {
        if (partial is null)
            return null;
        partial.MoveTo(First(outputs));
        return partial.Baseline();
    }

    private double Row(int row, ReadOnlySpan<double> output, Span<double> error)
    {
        switch (endpoint)
        {
            case BinaryEndpoint binary:
                error[0] = LogisticRecalibration.Expit(output[0]) - (binary.Values[row] ? 1 : 0);
                return Math.Max(output[0], 0) - (binary.Values[row] ? output[0] : 0) + Math.Log(1 + Math.Exp(-Math.Abs(output[0])));
            case MulticlassEndpoint classes:
                var own = Array.IndexOf(present, classes.Values[row]);
                var greatest = double.NegativeInfinity;
                foreach (var value in output)
                    greatest = Math.Max(greatest, value);
                var sum = 0.0;
                for (var k = 0; k < output.Length; k++)
                    sum += error[k] = Math.Exp(output[k] - greatest);
                for (var k = 0; k < output.Length; k++)
                    error[k] = (error[k] / sum) - (k == own ? 1 : 0);
                return greatest + Math.Log(sum) - output[own];
            default:
                error[0] = output[0] - ((((ContinuousEndpoint)endpoint).Values[row] - centre) / scale);
                return 0.5 * error[0] * error[0];
        }
    }

    private static double Cox(PartialLikelihood partial, RowMatrix outputs, RowMatrix errors)
    {
        partial.MoveTo(First(outputs));
        var gradient = new double[outputs.RowCount];
        partial.Derivatives(gradient, new double[outputs.RowCount]);
        for (var r = 0; r < gradient.Length; r++)
            errors.Row(r)[0] = -gradient[r] / gradient.Length;
        return -partial.LogLikelihood() / gradient.Length;
    }

    private static double[] First(RowMatrix outputs)
    {
        var first = new double[outputs.RowCount];
        for (var r = 0; r < first.Length; r++)
            first[r] = outputs.Row(r)[0];
        return first;
    }
}
