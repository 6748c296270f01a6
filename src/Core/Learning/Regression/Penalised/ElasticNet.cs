using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Logistic, multinomial, linear or Cox regression with an elastic-net penalty (see <see cref="PathSolver"/>), λ and α chosen on stratified folds of
/// the training rows that keep subjects whole. Of several α the one with the least loss at its best λ is taken, the first of equals. Fewer than
/// two subjects in a class, or with an event, leave nothing to tune on: then, and where no fold can be judged, the model knows no predictor.
/// Missing and infinite values are refused; case weights are honoured.
/// </summary>
public sealed class ElasticNet(ElasticNetOptions options) : IModelLearner
{
    public string Name => options.Name;

    /// <exception cref="BadInputException">The endpoint is the same in all rows, or a value is missing or infinite.</exception>
    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        RefuseMeasure(training);
        Values.RequireDifferences(training);
        var predictors = training.Predictors;
        LinearScore.RefuseNotFinite(predictors, Name);
        var settings = options.Alphas.Select(options.PathSettings).ToArray();
        var design = StandardisedDesign.Create(predictors.All, predictors.RowCount, training.Weights);
        var paths = settings.Select(s => PenalisedPath.Fit(design, training.Endpoint, options.Ties, null, s, cancel)).ToArray();
        var curves = ElasticNetTuning.Evaluate(
            training, InnerFolds(training), [.. settings.Select((s, a) => (s, paths[a].Points.Select(p => p.Lambda).ToArray()))], options.Measure, options.Ties, cancel);
        var best = 0;
        for (var a = 1; a < curves.Length; a++)
        {
            if (LossOf(curves[a]) < LossOf(curves[best]))
                best = a;
        }
        var point = paths[best].Points[options.OneStandardError ? curves[best].OneStandardError : curves[best].Best];
        var penalty = new PenaltyChoice(options.Alphas[best], point.Lambda, paths[best].Converged);
        return training.Endpoint.Kind is EndpointKind.Multiclass
            ? FittedMultinomial.Of(Name, predictors, point.Scores, penalty, null)
            : new FittedElasticNet(Name, penalty, PartOf(training, design, point.Scores[0]), Subjects.Of(predictors.Rows));
    }

    private static double LossOf(TuningCurve curve) => curve.Loss.Length == 0 ? double.PositiveInfinity : curve.Loss[curve.Best];

    private LinearPart PartOf(TrainingSet training, StandardisedDesign design, ScorePoint score)
    {
        if (training.Endpoint is not SurvivalEndpoint survival)
            return LinearPart.Of(training.Predictors, training.Endpoint.Kind, score.Intercept, score.Indexes, score.Coefficients, null);
        // The intercept is that of the centred columns: the risk of a case of average values is 0.
        var linear = LinearScore.Of(training.Predictors, [.. score.Indexes.Select(c => training.Predictors.Columns[c])], score.Intercept, score.Coefficients);
        var likelihood = new PartialLikelihood(survival.Times, survival.Events, design.Weights, options.Ties);
        likelihood.MoveTo(linear);
        return LinearPart.Of(training.Predictors, EndpointKind.Survival, score.Intercept, score.Indexes, score.Coefficients, likelihood.Baseline());
    }

    private IReadOnlyList<FoldAssignment> InnerFolds(TrainingSet training)
    {
        var rows = training.Predictors.Rows;
        var most = Folds.RarerClassSubjects(rows, training.Endpoint);
        // Of several classes a rare one may be wanting in a fold; the others still tell.
        if (training.Endpoint is MulticlassEndpoint)
            most = Math.Max(most, Math.Min(2, Subjects.Of(rows).Count));
        return training.Predictors.ColumnCount == 0 || most < 2
            ? []
            : Folds.Repeated(rows, training.Endpoint, Math.Min(options.Folds, most), options.Repeats, DeterministicRandom.Derive(training.Seed, "elastic_net", 0));
    }

    private void RefuseMeasure(TrainingSet training)
    {
        var fits = options.Measure switch
        {
            TuningMeasure.Auc => training.Endpoint.Kind is EndpointKind.Binary,
            TuningMeasure.CIndex => training.Endpoint.Kind is EndpointKind.Survival,
            _ => true,
        };
        if (!fits)
        {
            throw new BadInputException(
                "learning.measure", $"The measure that '{Name}' is tuned by does not fit the endpoint '{training.Endpoint.Name}'; take deviance.", training.Endpoint.Name);
        }
    }
}
