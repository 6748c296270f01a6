using System.Globalization;

namespace RadiogenomicsCloud.Validation;

/// <summary>Warnings about what a study of this size can say.</summary>
public static class StudySize
{
    private const int FewOfAClass = 10;
    private const double FewEventsACandidate = 10;

    /// <param name="rarerClass">Subjects of the rarer class.</param>
    /// <param name="candidates">Candidate predictors before any selection.</param>
    /// <returns>One sentence each; empty where there is nothing to say.</returns>
    public static IReadOnlyList<string> Warnings(int cases, int rarerClass, int candidates)
    {
        var warnings = new List<string>();
        if (rarerClass < FewOfAClass)
            warnings.Add(Text($"Only {rarerClass} patients are in the rarer class; every estimate is very uncertain."));
        if (candidates > 0 && rarerClass / (double)candidates < FewEventsACandidate)
        {
            // Peduzzi et al., J Clin Epidemiol 1996, 49:1373; a rule of thumb, hence a warning.
            var each = rarerClass / (double)candidates;
            warnings.Add(Text(
                $"{rarerClass} patients in the rarer class for {candidates} candidate predictors, {each:0.##} for each; fewer than {FewEventsACandidate} invite overfitting."));
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
