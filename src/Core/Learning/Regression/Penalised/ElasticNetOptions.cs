using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>What inner folds are judged by.</summary>
public enum TuningMeasure
{
    /// <summary>−2 log-likelihood of rows held out; of a number the mean square error.</summary>
    Deviance,

    /// <summary>1 − AUC; binary endpoints.</summary>
    Auc,

    /// <summary>1 − Harrell's C; survival.</summary>
    CIndex,
}

/// <summary>Validated options of the elastic net, the lasso and ridge regression.</summary>
/// <param name="Name">In the registry.</param>
/// <param name="Alphas">Mixing parameters to choose among; 1 is the lasso, 0 ridge.</param>
/// <param name="OneStandardError">The simplest model within one standard error of the best, instead of the best.</param>
/// <param name="Ties">Of events at the same time; survival alone.</param>
public sealed record ElasticNetOptions(
    string Name,
    IReadOnlyList<double> Alphas,
    int LambdaCount,
    int Folds,
    int Repeats,
    bool OneStandardError,
    TuningMeasure Measure,
    double Threshold,
    TieMethod Ties)
{
    internal const string RegistryName = "elastic_net";

    internal const string LassoName = "lasso";

    internal const string RidgeName = "ridge";

    internal static readonly OptionDescriptor TiesOption = new(
        "ties", OptionType.String, "efron", null, null, ["efron", "breslow"], "What a survival model makes of events at the same time.");

    private static readonly OptionDescriptor AlphaOption =
        new("alpha", OptionType.NumberList, new[] { 0.5 }, 0, 1, null, "Share of the lasso penalty: one number, or several to choose among.")
        {
            Search = new(0, 1),
        };

    private static readonly OptionDescriptor[] Common =
    [
        new("nlambda", OptionType.Integer, 100, 5, 1000, null, "Length of the penalty path."),
        new("folds", OptionType.Integer, 5, 2, 100, null, "Inner folds for tuning; at most as many are used as the rarer class has patients."),
        new("repeats", OptionType.Integer, 1, 1, 100, null, "How often the inner folds are drawn."),
        new("lambda", OptionType.String, "min", null, null, ["min", "1se"], "Best penalty, or the greatest within one standard error of the best."),
        new("measure", OptionType.String, "deviance", null, null, ["deviance", "auc", "c_index"], "What the inner folds are judged by; auc for a binary endpoint, c_index for survival."),
        new("thresh", OptionType.Number, 1e-7, 1e-16, 0.01, null, "Convergence threshold, as R's glmnet; its default too."),
        TiesOption,
    ];

    internal static readonly RegistryEntry Entry = new(
        RegistryName,
        RegistryKind.Model,
        "Logistic, multinomial, linear or Cox regression with an elastic-net penalty, tuned on inner folds that keep patients whole.",
        [AlphaOption, .. Common]);

    internal static readonly RegistryEntry LassoEntry = new(
        LassoName, RegistryKind.Model, "Logistic, multinomial, linear or Cox regression with a lasso penalty: the elastic net of alpha 1.", Common);

    internal static readonly RegistryEntry RidgeEntry = new(
        RidgeName, RegistryKind.Model, "Logistic, multinomial, linear or Cox regression with a ridge penalty: the elastic net of alpha 0.", Common);

    public static ElasticNetOptions From(OptionValues options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Of(RegistryName, options.NumberList("alpha"), options);
    }

    internal static ElasticNetOptions Of(string name, double[] alphas, OptionValues options) => new(
        name,
        alphas,
        options.Integer("nlambda"),
        options.Integer("folds"),
        options.Integer("repeats"),
        options.String("lambda") == "1se",
        options.String("measure") switch { "auc" => TuningMeasure.Auc, "c_index" => TuningMeasure.CIndex, _ => TuningMeasure.Deviance },
        options.Number("thresh"),
        TiesOf(options));

    internal static TieMethod TiesOf(OptionValues options) => options.String("ties") == "breslow" ? TieMethod.Breslow : TieMethod.Efron;

    internal PathSettings PathSettings(double alpha) => new(alpha, LambdaCount, Threshold: Threshold);
}
