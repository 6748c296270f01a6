using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Warnings about what a study of this size can say.</summary>
public static class StudySize
{
    private const int FewOfAClass = 10;
    private const double FewEventsACandidate = 10;
    private const double AnticipatedShare = 0.15;
    private const double AnticipatedAuc = 0.7;

    /// <summary>Fewer than ten subjects of the rarest class (with the event; of a number, all) for each candidate predictor.</summary>
    public static bool AreFew(int informative, int candidates) => informative < FewEventsACandidate * candidates;

    /// <param name="informative">Subjects of the rarest class; for survival, those with the event; of a number, all.</param>
    /// <param name="candidates">Candidate predictors before any selection.</param>
    /// <returns>One sentence each; empty where there is nothing to say.</returns>
    public static IReadOnlyList<string> Warnings(EndpointKind kind, int cases, int informative, int candidates)
    {
        var warnings = new List<string>();
        var who = kind switch
        {
            EndpointKind.Survival => (Are: "have the event", Short: "with the event"),
            EndpointKind.Continuous => (Are: "are in the study", Short: "in the study"),
            EndpointKind.Multiclass => (Are: "are in the rarest class", Short: "in the rarest class"),
            _ => (Are: "are in the rarer class", Short: "in the rarer class"),
        };
        if (informative < FewOfAClass)
            warnings.Add(Text($"Only {informative} patients {who.Are}; every estimate is very uncertain."));
        if (AreFew(informative, candidates))
        {
            // Peduzzi et al., J Clin Epidemiol 1996, 49:1373; a rule of thumb, hence a warning.
            var each = informative / (double)candidates;
            warnings.Add(Text(
                $"{informative} patients {who.Short} for {candidates} candidate predictors, {each:0.##} for each; fewer than {FewEventsACandidate} invite overfitting."));
        }
        if (candidates > cases)
        {
            warnings.Add(
                Text($"{candidates} candidate predictors exceed {cases} cases: optimism-corrected estimates (Harrell, .632, .632+) flatter; ")
                + "read the out-of-bag and nested cross-validated ones.");
        }
        return warnings;
    }

    /// <summary>
    /// Whether the study is as large as Riley's criteria (BMJ 2020, 368:m441) ask for, with what they advise to take where nothing is known
    /// beforehand: an explained variation of 15 % of its maximum, or for several classes an AUC of 0.7 for each pair. Selection does not lessen the
    /// candidates that count.
    /// </summary>
    /// <param name="candidates">Candidate parameters before any selection: a nominal column counts its levels less one.</param>
    /// <returns>A sentence; null where the study is large enough or there are no candidates.</returns>
    public static string? Riley(ResamplingPlan plan, int candidates)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (candidates == 0)
            return null;
        var result = RileyOf(plan, candidates);
        var most = result.Criteria.MaxBy(c => c.Required)!;
        return result.Enough
            ? null
            : Text($"Riley's criteria ask for {result.Required:0} patients for {candidates} candidate predictors ({most.Name}; {Anticipated(plan.Endpoint)} anticipated); ")
                + Text($"the study has {result.Subjects:0}.");
    }

    // Rows stand for subjects: a patient of several cases counts with each, which flatters a little.
    private static RileyResult RileyOf(ResamplingPlan plan, int candidates)
    {
        double rows = plan.Endpoint.Count;
        switch (plan.Endpoint)
        {
            case BinaryEndpoint binary:
                return RileyCriteria.Binary(rows, binary.EventCount, candidates, AnticipatedShare * RileyCriteria.MaximumCoxSnell(binary.EventCount / rows));
            case MulticlassEndpoint multiclass:
                return RileyCriteria.Multiclass([.. multiclass.Labels.Select((_, k) => (double)multiclass.Values.Count(v => v == k))], candidates, AnticipatedAuc);
            case SurvivalEndpoint survival:
                var share = survival.EventCount / rows;
                var maximum = 1 - Math.Exp(2 * ((share * Math.Log(share)) - share));
                return RileyCriteria.Survival(rows, survival.EventCount, survival.Times.Sum(), plan.Horizons[^1], candidates, AnticipatedShare * maximum);
            default:
                var values = ((ContinuousEndpoint)plan.Endpoint).Values;
                return RileyCriteria.Continuous(rows, double.NaN, Math.Sqrt(Moments.SampleVariance(values)), candidates, AnticipatedShare);
        }
    }

    private static string Anticipated(Endpoint endpoint) => endpoint switch
    {
        MulticlassEndpoint => Text($"an AUC of {AnticipatedAuc} for each pair of classes"),
        ContinuousEndpoint => Text($"an R² of {AnticipatedShare}"),
        _ => Text($"{100 * AnticipatedShare:0} % of the greatest R²"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
