using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Weighs rows so that all classes weigh the same: n / (classes · rows of the class), of mean 1 (scikit-learn's <c>balanced</c>). Weights that
/// the rows have already are multiplied. Nothing is drawn and no row is made, hence the safest answer; the model must honour weights.
/// </summary>
public sealed class ClassWeights : IRowBalancer
{
    internal const string RegistryName = "class_weights";

    internal static readonly RegistryEntry Entry = new(RegistryName, RegistryKind.Balance, "Weighs rows so that all classes weigh the same.", [])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass],
    };

    public string Name => RegistryName;

    public TrainingSet Balance(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var classes = BalanceClasses.Of(training, Name);
        double rows = classes.ClassOfRow.Length, present = classes.Counts.Count(c => c > 0);
        double[] weights = [.. classes.ClassOfRow.Select((k, r) => rows / (present * classes.Counts[k]) * (training.Weights?[r] ?? 1))];
        var mean = weights.Sum() / rows;
        return training with { Weights = Array.ConvertAll(weights, w => w / mean) };
    }
}
