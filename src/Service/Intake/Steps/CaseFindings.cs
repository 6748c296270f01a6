namespace RadiogenomicsCloud.Service.Intake;

/// <summary>Collects what was found of the files of a case; the same finding of many files is one with a count.</summary>
internal sealed class CaseFindings(IReadOnlyList<IntakeReason> known)
{
    private readonly Dictionary<(string Code, string Message), IntakeReason> reasons = [];
    private readonly Dictionary<(string Code, string Message), IntakeReason> warnings = [];

    /// <summary>In the order in which they were found, at most <see cref="IntakeErrors.MostReasons"/>.</summary>
    public IReadOnlyList<IntakeReason> Reasons => [.. known.Concat(reasons.Values).Take(IntakeErrors.MostReasons)];

    public IReadOnlyList<IntakeReason> Warnings => [.. warnings.Values.Take(IntakeErrors.MostReasons)];

    public void Add(IntakeReason reason, bool forbids)
    {
        var found = forbids ? reasons : warnings;
        var key = (reason.Code, reason.Message);
        found[key] = found.TryGetValue(key, out var first) ? first with { Count = first.Count + 1 } : reason;
    }
}
