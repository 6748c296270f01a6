using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// What held-out rows of inner folds are judged by, as a loss: less is better. Sums over folds, so that pairs of rows are compared only where
/// one fit scored both.
/// <list type="bullet">
/// <item>deviance: mean −2 log-likelihood of classes, probabilities kept 1e-5 from 0 and 1;</item>
/// <item>brier: mean squared difference of probabilities and class, summed over the classes where there are several;</item>
/// <item>auc: 1 − AUC, direction fixed; of several classes, 1 − the mean over pairs of classes (Hand, Till, Mach Learn 2001, 45:171);</item>
/// <item>mse: mean squared error;</item>
/// <item>concordance: 1 − Harrell's C.</item>
/// </list>
/// Case weights count, save in auc and concordance of pairs, where a pair counts by their product.
/// </summary>
internal sealed class InnerMeasure
{
    public const string Auto = "auto";

    private const double LeastProbability = 1e-5;

    private readonly string name;
    private readonly int classes;
    private readonly double[] sums;
    private readonly double[] totals;

    private InnerMeasure(string name, Endpoint endpoint)
    {
        this.name = name;
        classes = endpoint is MulticlassEndpoint several ? several.Labels.Count : 0;
        var parts = name == "auc" && classes > 0 ? classes * classes : 1;
        (sums, totals) = (new double[parts], new double[parts]);
    }

    public static IReadOnlyList<string> Names { get; } = [Auto, "deviance", "auc", "brier", "mse", "concordance"];

    /// <exception cref="BadInputException">The measure does not suit the endpoint.</exception>
    public static InnerMeasure Of(string name, Endpoint endpoint)
    {
        string[] suited = endpoint.Kind switch
        {
            EndpointKind.Binary or EndpointKind.Multiclass => ["deviance", "auc", "brier"],
            EndpointKind.Continuous => ["mse"],
            _ => ["concordance"],
        };
        if (name != Auto && !suited.Contains(name, StringComparer.Ordinal))
            throw new BadInputException("tuning.measure", $"'{name}' cannot judge predictions of '{endpoint.Name}'; take auto or {string.Join(", ", suited)}.", "measure");
        return new(name == Auto ? suited[0] : name, endpoint);
    }

    public string Name => name;

    /// <summary>The loss over all that was added; NaN where nothing could be judged.</summary>
    public double Loss
    {
        get
        {
            double sum = 0;
            var judged = 0;
            for (var p = 0; p < sums.Length; p++)
            {
                if (!(totals[p] > 0))
                    continue;
                sum += sums[p] / totals[p];
                judged++;
            }
            return judged == 0 ? double.NaN : name is "auc" or "concordance" ? 1 - (sum / judged) : sum / judged;
        }
    }

    /// <param name="weights">Of the rows; null where all weigh the same.</param>
    public void Add(Predictions predictions, Endpoint endpoint, double[]? weights)
    {
        switch (endpoint)
        {
            case BinaryEndpoint binary when name == "auc":
                (var concordant, var pairs) = Auc.Concordance(predictions.Column(0), binary.Values, weights ?? []);
                (sums[0], totals[0]) = (sums[0] + concordant, totals[0] + pairs);
                break;
            case MulticlassEndpoint several when name == "auc":
                AddPairsOfClasses(predictions, several.Values, weights);
                break;
            case SurvivalEndpoint survival:
                AddConcordance(predictions, survival, weights);
                break;
            default:
                for (var r = 0; r < predictions.RowCount; r++)
                {
                    var weight = weights?[r] ?? 1;
                    sums[0] += weight * RowLoss(predictions.Row(r), endpoint, r);
                    totals[0] += weight;
                }
                break;
        }
    }

    private double RowLoss(ReadOnlySpan<double> row, Endpoint endpoint, int r)
    {
        switch (endpoint)
        {
            case BinaryEndpoint binary when name == "brier":
                return Square(row[0] - (binary.Values[r] ? 1 : 0));
            case BinaryEndpoint binary:
                return Deviance(binary.Values[r] ? row[0] : 1 - row[0]);
            case MulticlassEndpoint several when name == "brier":
                var sum = 0.0;
                for (var c = 0; c < row.Length; c++)
                    sum += Square(row[c] - (c == several.Values[r] ? 1 : 0));
                return sum;
            case MulticlassEndpoint several:
                return Deviance(row[several.Values[r]]);
            default:
                return Square(row[0] - ((ContinuousEndpoint)endpoint).Values[r]);
        }
    }

    // The area for class a against class b by the probability of a: Hand and Till's A(a | b), both orders of each pair.
    private void AddPairsOfClasses(Predictions predictions, int[] values, double[]? weights)
    {
        for (var a = 0; a < classes; a++)
        {
            for (var b = 0; b < classes; b++)
            {
                int[] rows = a == b ? [] : [.. Enumerable.Range(0, values.Length).Where(r => values[r] == a || values[r] == b)];
                if (rows.Length == 0)
                    continue;
                var column = predictions.Column(a);
                var (concordant, pairs) = Auc.Concordance(
                    Array.ConvertAll(rows, r => column[r]), Array.ConvertAll(rows, r => values[r] == a), weights is null ? [] : Array.ConvertAll(rows, r => weights[r]));
                sums[(a * classes) + b] += concordant;
                totals[(a * classes) + b] += pairs;
            }
        }
    }

    // Of two rows the earlier event should have the greater risk; at equal times an event comes before a censoring. Equal risks count half.
    private void AddConcordance(Predictions predictions, SurvivalEndpoint survival, double[]? weights)
    {
        for (var i = 0; i < survival.Count; i++)
        {
            for (var j = 0; survival.Events[i] && j < survival.Count; j++)
            {
                var comparable = survival.Times[i] < survival.Times[j] || (survival.Times[i] == survival.Times[j] && !survival.Events[j]);
                if (!comparable)
                    continue;
                var weight = weights is null ? 1 : weights[i] * weights[j];
                var difference = predictions.Row(i)[0] - predictions.Row(j)[0];
                sums[0] += weight * (difference > 0 ? 1 : difference == 0 ? 0.5 : 0);
                totals[0] += weight;
            }
        }
    }

    private static double Deviance(double probability) => -2 * Math.Log(Math.Clamp(probability, LeastProbability, 1 - LeastProbability));

    private static double Square(double value) => value * value;
}
