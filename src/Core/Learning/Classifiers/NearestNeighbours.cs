using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// k nearest neighbours by Euclidean distance, as R's <c>class::knn(use.all = TRUE)</c>: whatever is as near as the k-th neighbour takes part
/// in the vote too (squared distances within 1e-4 of each other are equal). The probability of a class is its share of the votes, the
/// expected value of a continuous endpoint their mean; weights are votes. Columns are standardised by mean and sample standard deviation
/// unless <c>scale</c> is off; columns without differences are left out. Fewer rows than k all vote. Missing and infinite values are refused.
/// The fitted model holds the training rows.
/// </summary>
internal sealed class NearestNeighbours(OptionValues options) : IModelLearner
{
    public const string RegistryName = "knn";

    public static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "k nearest neighbours; the fitted model holds the training rows.",
    [
        new("k", OptionType.Integer, 5, 1, 1000, null, "Neighbours that vote.") { Search = new(1, 25) },
        new("scale", OptionType.Boolean, true, null, null, null, "Standardise the columns before distances are measured."),
    ])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass, EndpointKind.Continuous],
    };

    private readonly int k = options.Integer("k");
    private readonly bool scale = options.Boolean("scale");

    public string Name => RegistryName;

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Endpoint is SurvivalEndpoint)
            throw Values.WrongEndpoint(training, Name, "a binary, multiclass or continuous endpoint");
        Values.RequireDifferences(training);
        cancel.ThrowIfCancellationRequested();
        training = CanonicalOrder.Of(training);
        var scaling = ColumnScaling.Fit(training.Predictors, Name, scale);
        var (classes, outcome) = training.Endpoint is ContinuousEndpoint numbers ? (1, numbers.Values) : Votes(ClassRows.From(training, Name));
        var weights = training.Weights ?? [.. outcome.Select(_ => 1.0)];
        return new FittedNearestNeighbours(
            training.Endpoint.Kind, classes, k, scaling, scaling.Apply(training.Predictors), outcome, weights, Subjects.Of(training.Predictors.Rows));
    }

    private static (int Classes, double[] Outcome) Votes(ClassRows rows) => (rows.Count, Array.ConvertAll(rows.Of, c => (double)c));
}
