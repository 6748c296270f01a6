using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>Findings in words.</summary>
internal static class Sentences
{
    private const int Listed = 8;

    public static string Of(NearMiss miss) =>
        $"'{miss.IdB}' of {miss.SourceB} nearly matches case '{miss.IdA}' of {miss.SourceA} ({miss.Why}); it was not joined: use id_map if they are the same.";

    /// <summary>"A, B and 3 more".</summary>
    public static string List(IReadOnlyList<string> items) =>
        string.Join(", ", items.Take(Listed)) + (items.Count > Listed ? $" and {items.Count - Listed} more" : "");

    /// <summary>How many cases are not analysed and where they were lost; empty where none is.</summary>
    public static string Lost(IReadOnlyList<CaseRecord> records)
    {
        var lost = records.Where(r => r.Status != CaseStatus.Analysed).GroupBy(r => (r.Status, r.Stage))
            .OrderByDescending(g => g.Key.Status).ThenBy(g => g.Key.Stage, StringComparer.Ordinal)
            .Select(g => FormattableString.Invariant($"{g.Count()} {(g.Key.Status == CaseStatus.Failed ? "failed" : "excluded")} ({g.Key.Stage})")).ToList();
        return lost.Count == 0
            ? ""
            : FormattableString.Invariant($"{records.Count(r => r.Status == CaseStatus.Analysed)} of {records.Count} cases are in the map: {string.Join(", ", lost)}.");
    }

    /// <summary>What the matching of a source's ids found.</summary>
    public static IEnumerable<string> Of(IdMatch match, string source)
    {
        foreach (var miss in match.NearMisses)
            yield return Of(miss);
        if (match.OtherSamples.Count > 0)
            yield return $"{source} has further samples of cases, not used: {List(match.OtherSamples)}.";
        if (match.Unmatched.Count > 0)
            yield return $"{source} has {match.Unmatched.Count} ids that name no case of the cohort: {List(match.Unmatched)}.";
    }
}
