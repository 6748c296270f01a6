using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// What a plain regression says of its own certainty, as R's <c>vcov</c> and <c>logLik</c>. It holds for predictors that were chosen before the data
/// were seen, not for those that a selection in the same rows has left.
/// </summary>
/// <param name="Terms">Names of the estimates; <c>(intercept)</c> for that, <c>class:column</c> of several classes.</param>
/// <param name="Estimates">One a term.</param>
/// <param name="Covariance">terms × terms, row after row; from the information matrix, of a linear regression with the unbiased residual variance.</param>
/// <param name="LogLikelihood">At the estimates; of survival the log partial likelihood.</param>
/// <param name="NullLogLikelihood">Of the model without predictors.</param>
/// <param name="Parameters">How many parameters the likelihood was made greatest over, for AIC and likelihood-ratio tests (of a linear regression with
/// the residual variance, as R's <c>logLik</c>).</param>
/// <param name="Observations">Rows, of survival events: what BIC counts.</param>
/// <param name="Aliased">Columns that depend on others before them, hence have no estimate.</param>
public sealed record Inference(
    IReadOnlyList<string> Terms,
    double[] Estimates,
    double[] Covariance,
    double LogLikelihood,
    double NullLogLikelihood,
    int Parameters,
    int Observations,
    IReadOnlyList<string> Aliased)
{
    /// <summary>−2 ℓ + 2 parameters.</summary>
    public double Aic => (-2 * LogLikelihood) + (2 * Parameters);

    /// <summary>−2 ℓ + ln(observations) parameters.</summary>
    public double Bic => (-2 * LogLikelihood) + (Math.Log(Observations) * Parameters);

    public double StandardError(int term) => Math.Sqrt(Covariance[(term * Terms.Count) + term]);

    /// <summary>Wald's z of an estimate.</summary>
    public double Z(int term) => Estimates[term] / StandardError(term);

    /// <summary>Two-sided Wald test of an estimate by the normal distribution.</summary>
    public double PValue(int term) => Normal.TwoSidedP(Z(term));

    internal void WriteTo(JsonObject json) => json["inference"] = JsonSerializer.SerializeToNode(new
    {
        terms = Terms,
        estimates = Estimates,
        covariance = Covariance,
        log_likelihood = LogLikelihood,
        null_log_likelihood = NullLogLikelihood,
        parameters = Parameters,
        observations = Observations,
        aliased = Aliased,
    });

    internal static Inference Read(JsonElement json)
    {
        var inference = PlainJson.Property(json, "inference");
        var terms = PlainJson.Names(inference, "terms");
        return new(
            terms,
            PlainJson.Numbers(inference, "estimates", terms.Length),
            PlainJson.Numbers(inference, "covariance", terms.Length * (long)terms.Length),
            PlainJson.Number(inference, "log_likelihood"),
            PlainJson.Number(inference, "null_log_likelihood"),
            Count(inference, "parameters"),
            Count(inference, "observations"),
            PlainJson.Names(inference, "aliased"));
    }

    private static int Count(JsonElement json, string name) =>
        PlainJson.Number(json, name) is var number and >= 0 and <= int.MaxValue && number == Math.Floor(number)
            ? (int)number
            : throw PlainJson.Invalid(name, "is no count");
}
