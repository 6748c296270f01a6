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
    private double sum;
    private double total;
    private MulticlassAuc? classes;

    private InnerMeasure(string name) => this.name = name;

    public static IReadOnlyList<string> Names { get; } = [Auto, "deviance", "auc", "brier", "mse", "concordance"];

    /// <summary>The measures that suit a kind of endpoint, that of <see cref="Auto"/> first.</summary>
    public static IReadOnlyList<string> Suited(EndpointKind kind) => kind switch
    {
        EndpointKind.Binary or EndpointKind.Multiclass => ["deviance", "auc", "brier"],
        EndpointKind.Continuous => ["mse"],
        _ => ["concordance"],
    };

    /// <exception cref="BadInputException">The measure does not suit the endpoint.</exception>
    public static InnerMeasure Of(string name, Endpoint endpoint)
    {
        var suited = Suited(endpoint.Kind);
        if (name != Auto && !suited.Contains(name, StringComparer.Ordinal))
            throw new BadInputException("tuning.measure", $"'{name}' cannot judge predictions of '{endpoint.Name}'; take auto or {string.Join(", ", suited)}.", "measure");
        return new(name == Auto ? suited[0] : name);
    }

    public string Name => name;

    /// <summary>The loss over all that was added; NaN where nothing could be judged.</summary>
    public double Loss => name switch
    {
        "auc" when classes is not null => 1 - classes.HandTill,
        _ when !(total > 0) => double.NaN,
        "auc" or "concordance" => 1 - (sum / total),
        _ => sum / total,
    };

    /// <param name="weights">Of the rows; null where all weigh the same.</param>
    public void Add(Predictions predictions, Endpoint endpoint, double[]? weights)
    {
        switch (endpoint)
        {
            case BinaryEndpoint binary when name == "auc":
                (var concordant, var pairs) = Auc.Concordance(predictions.Column(0), binary.Values, weights ?? []);
                (sum, total) = (sum + concordant, total + pairs);
                break;
            case MulticlassEndpoint several when name == "auc":
                var part = MulticlassAuc.Of(predictions.All, several.Values, several.Labels.Count, weights ?? []);
                classes = classes is null ? part : classes + part;
                break;
            case SurvivalEndpoint survival:
                var counts = SurvivalConcordance.Harrell(survival.Times, survival.Events, predictions.Column(0), weights ?? []);
                (sum, total) = (sum + counts.Credit, total + counts.Pairs);
                break;
            default:
                for (var r = 0; r < predictions.RowCount; r++)
                {
                    var weight = weights?[r] ?? 1;
                    sum += weight * RowLoss(predictions.Row(r), endpoint, r);
                    total += weight;
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
                var squares = 0.0;
                for (var c = 0; c < row.Length; c++)
                    squares += Square(row[c] - (c == several.Values[r] ? 1 : 0));
                return squares;
            case MulticlassEndpoint several:
                return Deviance(row[several.Values[r]]);
            default:
                return Square(row[0] - ((ContinuousEndpoint)endpoint).Values[r]);
        }
    }

    private static double Deviance(double probability) => -2 * Math.Log(Math.Clamp(probability, LeastProbability, 1 - LeastProbability));

    private static double Square(double value) => value * value;
}
