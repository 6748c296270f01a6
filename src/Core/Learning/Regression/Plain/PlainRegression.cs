using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Logistic, multinomial, linear or Cox regression of all columns, without penalty: see <see cref="PlainFit"/>, also for what is refused. Columns
/// that depend on others before them are dropped, as R does. Missing and infinite values are refused; case weights are honoured.
/// </summary>
public sealed class PlainRegression : IModelLearner
{
    internal const string RegistryName = "regression";

    internal static readonly RegistryEntry Entry = new(
        RegistryName,
        RegistryKind.Model,
        "Logistic, multinomial, linear or Cox regression of all columns by maximum likelihood; refused where the columns are too many or separate the classes.",
        [ElasticNetOptions.TiesOption]);

    private readonly TieMethod ties;

    public PlainRegression(OptionValues options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ties = ElasticNetOptions.TiesOf(options);
    }

    public string Name => RegistryName;

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        LinearScore.RefuseNotFinite(training.Predictors, Name);
        var fit = PlainFit.Of(training, ties, cancel);
        if (training.Endpoint.Kind is EndpointKind.Multiclass)
            return FittedMultinomial.Of(Name, training.Predictors, fit.Scores, null, fit.Inference);
        var score = fit.Scores[0];
        var part = LinearPart.Of(training.Predictors, training.Endpoint.Kind, score.Intercept, score.Indexes, score.Coefficients, fit.Baseline);
        return new FittedRegression(part, fit.Inference, Subjects.Of(training.Predictors.Rows));
    }
}
