using System.Globalization;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>Warnings about what a study of this size can say.</summary>
public static class StudySize
{
    private const int FewOfAClass = 10;
    private const double FewEventsACandidate = 10;

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
        if (candidates > 0 && informative / (double)candidates < FewEventsACandidate)
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

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
