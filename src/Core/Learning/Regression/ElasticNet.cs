using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Elastic-net logistic regression (see <see cref="LogisticPath"/>), λ and α chosen on stratified folds of the training rows that keep
/// subjects whole. Of several α the one with the least loss at its best λ is taken, the first of equals. Fewer than two subjects in a
/// class leave nothing to tune on: then, and where no fold can be judged, the model is the prevalence alone. Missing and infinite values are refused.
/// </summary>
public sealed class ElasticNet(ElasticNetOptions options) : IModelLearner
{
    public string Name => ElasticNetOptions.RegistryName;

    IFittedModel IModelLearner.Fit(TrainingSet training, CancellationToken cancel) => Fit(training, cancel);

    /// <exception cref="BadInputException">The rows are all of one class, or a value is missing or infinite.</exception>
    public FittedElasticNet Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var outcome = Values.Binary(training, Name);
        var predictors = training.Predictors;
        RefuseNotFinite(predictors);
        var folds = InnerFolds(predictors, outcome, training.Seed);
        (double Loss, double Alpha, bool Converged, LogisticPathPoint Point)? best = null;
        foreach (var alpha in options.Alphas)
        {
            var settings = options.PathSettings(alpha);
            var path = LogisticPath.Fit(predictors.All, outcome.Values, [], settings, cancel);
            var lambdas = path.Points.Select(p => p.Lambda).ToArray();
            var curve = ElasticNetTuning.Evaluate(predictors, outcome.Values, folds, lambdas, settings, options.ByAuc, cancel);
            var loss = curve.Loss.Length == 0 ? double.PositiveInfinity : curve.Loss[curve.Best];
            if (best is null || loss < best.Value.Loss)
                best = (loss, alpha, path.Converged, path.Points[options.OneStandardError ? curve.OneStandardError : curve.Best]);
        }
        return FittedElasticNet.Of(predictors, best!.Value.Alpha, best.Value.Converged, best.Value.Point);
    }

    private IReadOnlyList<FoldAssignment> InnerFolds(Predictors predictors, BinaryEndpoint outcome, ulong seed)
    {
        var rarer = Folds.RarerClassSubjects(predictors.Rows, outcome);
        return predictors.ColumnCount == 0 || rarer < 2
            ? []
            : Folds.Repeated(predictors.Rows, outcome, Math.Min(options.Folds, rarer), options.Repeats, DeterministicRandom.Derive(seed, "elastic_net", 0));
    }

    private static void RefuseNotFinite(Predictors predictors)
    {
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            foreach (var value in predictors.Column(c))
            {
                if (!double.IsFinite(value))
                {
                    throw new BadInputException(
                        "learning.not_finite",
                        $"Column '{predictors.Columns[c]}' has a missing or infinite value; put median_imputation before the elastic net.",
                        predictors.Columns[c]);
                }
            }
        }
    }
}
