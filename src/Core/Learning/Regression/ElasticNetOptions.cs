using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Validated options of the elastic net.</summary>
/// <param name="Alphas">Mixing parameters to choose among; 1 is the lasso, 0 ridge.</param>
/// <param name="OneStandardError">The simplest model within one standard error of the best, instead of the best.</param>
/// <param name="ByAuc">Tune by the AUC of the inner folds instead of their deviance.</param>
public sealed record ElasticNetOptions(
    IReadOnlyList<double> Alphas, int LambdaCount, int Folds, int Repeats, bool OneStandardError, bool ByAuc, double Threshold)
{
    internal const string RegistryName = "elastic_net";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "Logistic regression with an elastic-net penalty, tuned on inner folds that keep patients whole.",
    [
        new("alpha", OptionType.NumberList, new[] { 0.5 }, 0, 1, null, "Share of the lasso penalty: one number, or several to choose among."),
        new("nlambda", OptionType.Integer, 100, 5, 1000, null, "Length of the penalty path."),
        new("folds", OptionType.Integer, 5, 2, 100, null, "Inner folds for tuning; at most as many are used as the rarer class has patients."),
        new("repeats", OptionType.Integer, 1, 1, 100, null, "How often the inner folds are drawn."),
        new("lambda", OptionType.String, "min", null, null, ["min", "1se"], "Best penalty, or the greatest within one standard error of the best."),
        new("measure", OptionType.String, "deviance", null, null, ["deviance", "auc"], "What the inner folds are judged by."),
        new("thresh", OptionType.Number, 1e-7, 1e-16, 0.01, null, "Convergence threshold, as R's glmnet; its default too."),
    ])
    {
        Endpoints = [EndpointKind.Binary],
    };

    public static ElasticNetOptions From(OptionValues options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(
            options.NumberList("alpha"),
            options.Integer("nlambda"),
            options.Integer("folds"),
            options.Integer("repeats"),
            options.String("lambda") == "1se",
            options.String("measure") == "auc",
            options.Number("thresh"));
    }

    internal PathSettings PathSettings(double alpha) => new(alpha, LambdaCount, Threshold: Threshold);
}
