using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Fitting;

/// <summary>Folds of subjects, never of rows: lesions of one patient and copies of one case stay together.</summary>
public static class Folds
{
    /// <summary>
    /// Deals shuffled subjects out, those with an event first, so that folds differ by at most one subject in events and in size.
    /// The same for any order of rows. A subject counts as an event if any of its rows is one.
    /// </summary>
    /// <param name="folds">From 2 to the number of subjects.</param>
    public static FoldAssignment Stratified(IReadOnlyList<RowId> rows, BinaryEndpoint endpoint, int folds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var subjects = Subjects.Group(rows);
        if (endpoint.Count != rows.Count)
            throw new ArgumentException($"{endpoint.Count} outcomes for {rows.Count} rows.", nameof(endpoint));
        if (folds < 2 || folds > subjects.Count)
        {
            throw new BadInputException(
                "folds.count", $"{folds} folds of {subjects.Count} patients are not possible; ask for at least 2 and at most as many as patients.");
        }
        var random = new DeterministicRandom(seed);
        var foldOfRow = new int[rows.Count];
        var next = 0;
        foreach (var stratum in (bool[])[true, false])
        {
            var members = subjects.Where(s => HasEvent(s, endpoint) == stratum).ToArray();
            random.Shuffle<SubjectRows>(members);
            foreach (var member in members)
            {
                foreach (var row in member.Rows)
                    foldOfRow[row] = next;
                next = (next + 1) % folds;
            }
        }
        return new FoldAssignment(folds, foldOfRow);
    }

    /// <summary>Independent assignments, each with a seed derived from <paramref name="seed"/>.</summary>
    public static IReadOnlyList<FoldAssignment> Repeated(IReadOnlyList<RowId> rows, BinaryEndpoint endpoint, int folds, int repeats, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var assignments = new FoldAssignment[repeats];
        for (var r = 0; r < repeats; r++)
            assignments[r] = Stratified(rows, endpoint, folds, DeterministicRandom.Derive(seed, "folds", r));
        return assignments;
    }

    /// <summary>How many subjects the rarer class has: more stratified folds than that leave folds without it.</summary>
    public static int RarerClassSubjects(IReadOnlyList<RowId> rows, BinaryEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var subjects = Subjects.Group(rows);
        var events = subjects.Count(s => HasEvent(s, endpoint));
        return Math.Min(events, subjects.Count - events);
    }

    private static bool HasEvent(SubjectRows subject, BinaryEndpoint endpoint) => Array.Exists(subject.Rows, r => endpoint.Values[r]);
}
