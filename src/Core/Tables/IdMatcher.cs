namespace RadiogenomicsCloud.Tables;

/// <summary>How the ids of one source (a table, a mutation file) relate to the cohort's case ids.</summary>
/// <param name="SourceIdByCase">The id that stands for each matched case.</param>
/// <param name="CasesWithout">Cases that the source does not name, in the cohort's order.</param>
/// <param name="Unmatched">Ids of the source that name no case, in the source's order: not used.</param>
/// <param name="OtherSamples">Further samples of a matched case (recurrences, other vials), not used.</param>
/// <param name="NearMisses">Pairs that a person should look at, never joined.</param>
public sealed record IdMatch(
    IReadOnlyDictionary<string, string> SourceIdByCase,
    IReadOnlyList<string> CasesWithout,
    IReadOnlyList<string> Unmatched,
    IReadOnlyList<string> OtherSamples,
    IReadOnlyList<NearMiss> NearMisses)
{
    /// <summary>The source's table with one row for each of <paramref name="caseIds"/>; a case without a match is missing throughout.</summary>
    public CaseTable Align(CaseTable source, IReadOnlyList<string> caseIds)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(caseIds);
        var rows = new int[caseIds.Count];
        for (var r = 0; r < rows.Length; r++)
            rows[r] = SourceIdByCase.TryGetValue(caseIds[r], out var id) ? source.IndexOf(id) : -1;
        return new CaseTable(caseIds, source.Columns.Select(column => column.SelectRows(rows)).ToArray());
    }
}

/// <summary>
/// Matches ids exactly after trimming; a tumour barcode matches its 12-character case id, the primary tumour first where a case has
/// several samples. Nothing is joined by guess: an <c>id_map</c> joins what near misses show.
/// </summary>
public static class IdMatcher
{
    /// <param name="caseIds">The cohort's ids, unique.</param>
    /// <param name="caseSource">Where they stand, for messages: <c>clinical.csv</c>.</param>
    /// <param name="ids">The other source's ids, unique.</param>
    /// <param name="source">Where those stand.</param>
    /// <param name="idMap">From an id of the source (or the case part of a barcode) to a case id.</param>
    /// <exception cref="BadInputException">
    /// <c>ids.map-target</c>: the map sends an id of the source to something that is no case; <c>ids.two-for-one</c>: two ids, not two
    /// samples of one barcode, stand for one case.
    /// </exception>
    public static IdMatch Match(
        IReadOnlyList<string> caseIds, string caseSource, IReadOnlyList<string> ids, string source, IReadOnlyDictionary<string, string>? idMap = null)
    {
        ArgumentNullException.ThrowIfNull(caseIds);
        ArgumentNullException.ThrowIfNull(ids);
        var cases = caseIds.ToHashSet(StringComparer.Ordinal);
        var candidates = new Dictionary<string, List<Candidate>>(StringComparer.Ordinal);
        var unmatched = new List<string>();
        foreach (var id in ids)
        {
            if (Resolve(id.Trim(), cases, idMap, source) is not { } found)
            {
                unmatched.Add(id);
                continue;
            }
            if (!candidates.TryGetValue(found.Case, out var list))
                candidates[found.Case] = list = [];
            list.Add(new Candidate(id, found.Barcode));
        }

        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        var others = new List<string>();
        foreach (var caseId in caseIds)
        {
            if (!candidates.TryGetValue(caseId, out var list))
                continue;
            list.Sort();
            if (list.Count > 1 && list.Any(candidate => candidate.Barcode is null))
                throw new BadInputException(
                    "ids.two-for-one",
                    $"{CellText.Quote(list[0].Id)} and {CellText.Quote(list[1].Id)} of {source} both stand for case {CellText.Quote(caseId)}; remove one.",
                    source);
            chosen[caseId] = list[0].Id;
            others.AddRange(list.Skip(1).Select(candidate => candidate.Id));
        }
        return new IdMatch(
            chosen,
            caseIds.Where(id => !chosen.ContainsKey(id)).ToList(),
            unmatched,
            others,
            NearMissFinder.Find(caseIds, caseSource, ids, source, chosen.Keys.ToHashSet(StringComparer.Ordinal), unmatched.ToHashSet(StringComparer.Ordinal)));
    }

    private static (string Case, TumourBarcode? Barcode)? Resolve(
        string id, HashSet<string> cases, IReadOnlyDictionary<string, string>? idMap, string source)
    {
        var barcode = TumourBarcode.TryParse(id);
        if (Mapped(id, cases, idMap, source) is { } mapped)
            return (mapped, barcode);
        if (cases.Contains(id))
            return (id, null);
        if (barcode is not { IsTumour: true })
            return null;
        var caseId = Mapped(barcode.CaseId, cases, idMap, source) ?? barcode.CaseId;
        return cases.Contains(caseId) ? (caseId, barcode) : null;
    }

    private static string? Mapped(string id, HashSet<string> cases, IReadOnlyDictionary<string, string>? idMap, string source)
    {
        if (idMap is null || !idMap.TryGetValue(id, out var target))
            return null;
        return cases.Contains(target)
            ? target
            : throw new BadInputException(
                "ids.map-target",
                $"id_map sends {CellText.Quote(id)} of {source} to {CellText.Quote(target)}, which is no case of the cohort.",
                source);
    }

    /// <summary>Ordered by preference: primary tumour, other sample types upwards, then the barcode's own order (vial, aliquot).</summary>
    private readonly record struct Candidate(string Id, TumourBarcode? Barcode) : IComparable<Candidate>
    {
        public int CompareTo(Candidate other)
        {
            var byType = (Barcode?.SampleType ?? 0).CompareTo(other.Barcode?.SampleType ?? 0);
            return byType != 0 ? byType : string.CompareOrdinal(Id, other.Id);
        }
    }
}
