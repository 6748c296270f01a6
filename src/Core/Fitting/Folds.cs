using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Fitting;

/// <summary>Folds of subjects, never of rows: lesions of one patient and copies of one case stay together.</summary>
public static class Folds
{
    private const int Tertiles = 3;

    /// <summary>
    /// Deals shuffled subjects out, stratum after stratum, so that folds differ by at most one subject in size and in each stratum.
    /// The strata are events, then others, of a binary and of a survival endpoint (a subject counts as an event if any of its rows is one);
    /// the classes of a multiclass endpoint (a subject of several classes counts for the first of them); and the thirds of a continuous
    /// endpoint, by the lower median of the subject's rows. The same for any order of rows.
    /// </summary>
    /// <param name="folds">From 2 to the number of subjects.</param>
    public static FoldAssignment Stratified(IReadOnlyList<RowId> rows, Endpoint endpoint, int folds, ulong seed)
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
        foreach (var members in Strata(subjects, endpoint))
        {
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
    public static IReadOnlyList<FoldAssignment> Repeated(IReadOnlyList<RowId> rows, Endpoint endpoint, int folds, int repeats, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var assignments = new FoldAssignment[repeats];
        for (var r = 0; r < repeats; r++)
            assignments[r] = Stratified(rows, endpoint, folds, DeterministicRandom.Derive(seed, "folds", r));
        return assignments;
    }

    /// <summary>
    /// The greatest count of stratified folds that leaves none without what it must show: subjects of the rarer class of two, of the rarest
    /// class (of those that occur) of several, with an event of survival, all subjects of a continuous endpoint.
    /// </summary>
    public static int RarerClassSubjects(IReadOnlyList<RowId> rows, Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var subjects = Subjects.Group(rows);
        var sizes = Strata(subjects, endpoint).Select(members => members.Length);
        return endpoint switch
        {
            BinaryEndpoint => sizes.Min(),
            MulticlassEndpoint => sizes.Where(size => size > 0).DefaultIfEmpty(0).Min(),
            SurvivalEndpoint => sizes.First(),
            _ => subjects.Count,
        };
    }

    private static IEnumerable<SubjectRows[]> Strata(IReadOnlyList<SubjectRows> subjects, Endpoint endpoint)
    {
        var (count, stratum) = endpoint switch
        {
            BinaryEndpoint binary => (2, [.. subjects.Select(s => HasEvent(s, binary.Values) ? 0 : 1)]),
            SurvivalEndpoint survival => (2, [.. subjects.Select(s => HasEvent(s, survival.Events) ? 0 : 1)]),
            MulticlassEndpoint classes => (classes.Labels.Count, [.. subjects.Select(s => s.Rows.Min(r => classes.Values[r]))]),
            ContinuousEndpoint numbers => (Tertiles, TertileOf(subjects, numbers.Values)),
            _ => throw new ArgumentException($"'{endpoint.Name}' is of no known kind.", nameof(endpoint)),
        };
        return Enumerable.Range(0, count).Select(wanted => subjects.Where((_, s) => stratum[s] == wanted).ToArray());
    }

    private static bool HasEvent(SubjectRows subject, bool[] isEvent) => Array.Exists(subject.Rows, r => isEvent[r]);

    private static int[] TertileOf(IReadOnlyList<SubjectRows> subjects, double[] values)
    {
        // An order statistic, because a mean would depend on the order and the number of copies by its rounding.
        double[] lowerMedian = [.. subjects.Select(s => s.Rows.Select(r => values[r]).Order().ElementAt((s.Rows.Length - 1) / 2))];
        var tertile = new int[subjects.Count];
        var rank = 0;
        foreach (var subject in Enumerable.Range(0, subjects.Count).OrderBy(s => lowerMedian[s]))
            tertile[subject] = rank++ * Tertiles / subjects.Count;
        return tertile;
    }
}
