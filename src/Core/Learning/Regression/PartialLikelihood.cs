namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Cox's partial likelihood of right-censored times with case weights, by linear predictor: value, gradient, diagonal of the Hessian, and the
/// cumulative baseline hazard. Weighted Efron ties as R's <c>survival</c>: each of d tied events has their mean weight. Rows are sorted once.
/// </summary>
internal sealed class PartialLikelihood
{
    // e^-300 can be squared and inverted.
    private const double GreatestSpan = 300;

    private readonly int[] order;             // rows by descending time
    private readonly int[] groupEnd;          // places in order where a distinct time ends, latest first
    private readonly double[] times;
    private readonly bool[] events;
    private readonly double[] weights;
    private readonly TieMethod ties;
    private readonly double[] risk;           // w exp(η − greatest η)
    private readonly double[] atRisk;         // of each distinct time, Σ risk from it on
    private readonly double[] current;        // η, but for what is too far below the greatest to matter
    private double greatest;

    public PartialLikelihood(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights, TieMethod ties)
    {
        this.times = times.ToArray();
        this.events = events.ToArray();
        this.weights = weights[..times.Length].ToArray();
        this.ties = ties;
        var sortable = this.times;
        order = [.. Enumerable.Range(0, times.Length).OrderByDescending(i => sortable[i])];
        var ends = new List<int>();
        for (var k = 1; k <= order.Length; k++)
        {
            if (k == order.Length || sortable[order[k]] != sortable[order[k - 1]])
                ends.Add(k);
        }
        groupEnd = [.. ends];
        risk = new double[times.Length];
        atRisk = new double[groupEnd.Length];
        current = new double[times.Length];
    }

    /// <summary>Takes the linear predictors of the rows.</summary>
    public void MoveTo(ReadOnlySpan<double> linear)
    {
        greatest = double.NegativeInfinity;
        for (var i = 0; i < risk.Length; i++)
            greatest = Math.Max(greatest, linear[i]);
        var sum = 0.0;
        for (int g = 0, k = 0; g < groupEnd.Length; g++)
        {
            for (; k < groupEnd[g]; k++)
            {
                var row = order[k];
                current[row] = Math.Max(linear[row], greatest - GreatestSpan);
                sum += risk[row] = weights[row] * Math.Exp(current[row] - greatest);
            }
            atRisk[g] = sum;
        }
    }

    /// <summary>The log partial likelihood.</summary>
    public double LogLikelihood()
    {
        var sum = 0.0;
        for (var g = 0; g < groupEnd.Length; g++)
        {
            var (count, weight, dying) = Deaths(g);
            if (count == 0)
                continue;
            for (var k = GroupStart(g); k < groupEnd[g]; k++)
            {
                if (events[order[k]])
                    sum += weights[order[k]] * (current[order[k]] - greatest);
            }
            if (ties is TieMethod.Breslow)
            {
                sum -= weight * Math.Log(atRisk[g]);
                continue;
            }
            for (var l = 0; l < count; l++)
                sum -= weight / count * Math.Log(atRisk[g] - ((double)l / count * dying));
        }
        return sum;
    }

    /// <summary>The log likelihood of a model that tells all times apart: what ties leave.</summary>
    public double SaturatedLogLikelihood()
    {
        var sum = 0.0;
        for (var g = 0; g < groupEnd.Length; g++)
        {
            var (count, weight, _) = Deaths(g);
            if (count == 0)
                continue;
            if (ties is TieMethod.Breslow)
            {
                sum -= weight * Math.Log(weight);
                continue;
            }
            for (var l = 0; l < count; l++)
                sum -= weight / count * Math.Log(weight * (1 - ((double)l / count)));
        }
        return sum;
    }

    /// <summary>Derivative and negative second derivative of the log likelihood by the linear predictor of each row.</summary>
    public void Derivatives(Span<double> gradient, Span<double> information)
    {
        double hazard = 0, squares = 0;
        for (var g = groupEnd.Length - 1; g >= 0; g--)
        {
            var (count, weight, dying) = Deaths(g);
            double hazardOfDying = hazard, squaresOfDying = squares;
            if (count > 0 && ties is TieMethod.Breslow)
            {
                hazardOfDying = hazard += weight / atRisk[g];
                squaresOfDying = squares += weight / (atRisk[g] * atRisk[g]);
            }
            else
            {
                for (var l = 0; l < count; l++)
                {
                    var left = 1 - ((double)l / count);
                    var denominator = atRisk[g] - ((double)l / count * dying);
                    var step = weight / count / denominator;
                    hazard += step;
                    squares += step / denominator;
                    hazardOfDying += step * left;
                    squaresOfDying += step / denominator * left * left;
                }
            }
            for (var k = GroupStart(g); k < groupEnd[g]; k++)
            {
                var row = order[k];
                var (h, s) = events[row] ? (hazardOfDying, squaresOfDying) : (hazard, squares);
                gradient[row] = (events[row] ? weights[row] : 0) - (risk[row] * h);
                information[row] = (risk[row] * h) - (risk[row] * risk[row] * s);
            }
        }
    }

    /// <summary>
    /// The information matrix of coefficients of <paramref name="columns"/> (column-major, rows of this likelihood), negative second derivatives.
    /// </summary>
    public double[,] Information(double[][] columns)
    {
        var p = columns.Length;
        var information = new double[p, p];
        var sums = new double[p];
        var products = new double[p, p];
        var dyingSums = new double[p];
        var dyingProducts = new double[p, p];
        for (var g = 0; g < groupEnd.Length; g++)
        {
            var (count, weight, dying) = Deaths(g);
            Array.Clear(dyingSums);
            Array.Clear(dyingProducts);
            for (var k = GroupStart(g); k < groupEnd[g]; k++)
            {
                var row = order[k];
                for (var a = 0; a < p; a++)
                {
                    var first = risk[row] * columns[a][row];
                    sums[a] += first;
                    for (var b = 0; b <= a; b++)
                        products[a, b] += first * columns[b][row];
                    if (!events[row])
                        continue;
                    dyingSums[a] += first;
                    for (var b = 0; b <= a; b++)
                        dyingProducts[a, b] += first * columns[b][row];
                }
            }
            var terms = count == 0 ? 0 : ties is TieMethod.Breslow ? 1 : count;
            for (var l = 0; l < terms; l++)
            {
                var gone = (double)l / terms;
                var denominator = atRisk[g] - (gone * dying);
                for (var a = 0; a < p; a++)
                {
                    var mean = (sums[a] - (gone * dyingSums[a])) / denominator;
                    for (var b = 0; b <= a; b++)
                    {
                        var other = (sums[b] - (gone * dyingSums[b])) / denominator;
                        information[a, b] += weight / terms * (((products[a, b] - (gone * dyingProducts[a, b])) / denominator) - (mean * other));
                    }
                }
            }
        }
        for (var a = 0; a < p; a++)
        {
            for (var b = 0; b < a; b++)
                information[b, a] = information[a, b];
        }
        return information;
    }

    /// <summary>The cumulative hazard of a row whose linear predictor is 0, at the times of events, ascending.</summary>
    public BaselineHazard Baseline()
    {
        var at = new List<double>();
        var cumulative = new List<double>();
        var sum = 0.0;
        var unit = Math.Exp(-greatest);
        for (var g = groupEnd.Length - 1; g >= 0; g--)
        {
            var (count, weight, dying) = Deaths(g);
            if (count == 0)
                continue;
            if (ties is TieMethod.Breslow)
            {
                sum += weight / atRisk[g];
            }
            else
            {
                for (var l = 0; l < count; l++)
                    sum += weight / count / (atRisk[g] - ((double)l / count * dying));
            }
            at.Add(times[order[GroupStart(g)]]);
            cumulative.Add(sum * unit);
        }
        return new BaselineHazard([.. at], [.. cumulative]);
    }

    private int GroupStart(int group) => group == 0 ? 0 : groupEnd[group - 1];

    /// <summary>Number, weight and risk of the events at a distinct time.</summary>
    private (int Count, double Weight, double Risk) Deaths(int group)
    {
        var count = 0;
        double weight = 0, dying = 0;
        for (var k = GroupStart(group); k < groupEnd[group]; k++)
        {
            var row = order[k];
            if (!events[row])
                continue;
            count++;
            weight += weights[row];
            dying += risk[row];
        }
        return (count, weight, dying);
    }
}
