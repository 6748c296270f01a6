using System.Globalization;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>Makes the document of a map from its statistics.</summary>
internal sealed class MapWriter(MapInput input, MapStatistics statistics, int workers)
{
    private readonly MapPairs pairs = input.Pairs;
    private readonly AssociationSettings settings = input.Pairs.Settings;

    public AssociationDocument Write(IReadOnlyList<GeneSet> sets, CancellationToken cancel)
    {
        var notes = input.Notes.ToList();
        var (smallestOfRow, smallestOfColumn) = Smallest();
        var imagingGroups = Groups(pairs.Imaging, smallestOfRow, "imaging", notes, cancel);
        var molecularGroups = Groups(pairs.Molecular, smallestOfColumn, "molecular", notes, cancel);
        var edges = Edges(cancel);
        Count(notes, edges.Count);
        var (rows, columns) = (Foremost(imagingGroups, smallestOfRow), Foremost(molecularGroups, smallestOfColumn));
        var picture = PictureMaker.Of(
            pairs, statistics.P, rows, columns, statistics.IsCalled, r => input.Imaging.Mapped[r], c => input.Molecular.Mapped[c]);
        var enrichment = Enrich(sets, rows, imagingGroups.Count, notes, cancel);
        var groupOfRow = GroupOf(imagingGroups, pairs.Imaging.Length);
        var groupOfColumn = GroupOf(molecularGroups, pairs.Molecular.Length);
        return new(
            pairs.Cases, Features(input.Imaging, groupOfRow), Features(input.Molecular, groupOfColumn),
            [.. (input.Covariates?.Columns ?? []).Select(c => c.Name)], settings, statistics.Sorted.Count, statistics.Calls, edges,
            Named(imagingGroups, input.Imaging), Named(molecularGroups, input.Molecular), Findings(edges, groupOfRow, groupOfColumn), picture, enrichment,
            notes);
    }

    private List<AssociationEdge> Edges(CancellationToken cancel)
    {
        var kept = EdgeSelection.Of(statistics.P, input.Imaging, input.Molecular, statistics.Sorted, statistics.Kept);
        var results = new PairResult[kept.Count];
        Workers.ForEach(kept.Count, workers, pairs.NewTester, (tester, e) => results[e] = tester.Test(
            pairs.Imaging[kept[e].Row], pairs.Molecular[kept[e].Column], null, null, residuals: false, details: true), cancel);
        var stability = settings.Resamples == 0 || kept.Count == 0 ? null : EdgeStability.Of(
            pairs, [.. kept.Select((e, i) => (e.Row, e.Column, results[i].Signed))], input.Covariates, statistics.Threshold, workers, cancel);
        var edges = new List<AssociationEdge>(kept.Count);
        for (var e = 0; e < kept.Count; e++)
        {
            var (row, column, p) = kept[e];
            var result = results[e];
            edges.Add(new(
                input.Imaging.Mapped[row], input.Molecular.Mapped[column], result.Measure, result.Cases, result.Effect, result.Low, result.High, p,
                statistics.Sorted.Q(p), statistics.Permuted?.FamilyWiseP(p), statistics.Permuted?.FalseDiscoveryRate(p), stability?[e]));
        }
        return edges;
    }

    private void Count(List<string> notes, int kept)
    {
        var undefined = statistics.P.LongLength - statistics.Sorted.Count;
        if (undefined > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{MapInput.Count(undefined, "pair")} not tested: fewer than {settings.FewestCases} cases with both values, constant among them, or no test for their scales."));
        if (statistics.Permuted is not null && settings.Level * (settings.Permutations + 1) < 1)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{MapInput.Count(settings.Permutations, "permutation")} cannot call a pair family-wise at {settings.Level}; at least {Math.Ceiling((1 / settings.Level) - 1e-9) - 1} are needed."));
        var calls = Math.Max(statistics.Calls.BenjaminiHochberg, Math.Max(statistics.Calls.FamilyWise ?? 0, statistics.Calls.PermutationFdr ?? 0));
        if (calls > kept)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{calls} pairs are called; the {kept} of the smallest p are kept."));
    }

    private IReadOnlyList<FeatureGroup> Groups(MapFeature[] features, double[] smallest, string name, List<string> notes, CancellationToken cancel)
    {
        if (features.Length <= FeatureGrouping.MostFeatures)
            return FeatureGrouping.Of(features, pairs.Cases, settings, workers, cancel);
        int[] order = [.. Enumerable.Range(0, features.Length).OrderBy(i => smallest[i]).ThenBy(i => i)];
        var grouped = order[..FeatureGrouping.MostFeatures];
        Array.Sort(grouped);
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"The {grouped.Length} {name} features of the smallest p are grouped by their correlation; the other {features.Length - grouped.Length} are groups by themselves."));
        var groups = FeatureGrouping.Of([.. grouped.Select(i => features[i])], pairs.Cases, settings, workers, cancel);
        return
        [
            .. groups.Select(g => new FeatureGroup(grouped[g.Representative], [.. g.Members.Select(m => grouped[m])])),
            .. order[FeatureGrouping.MostFeatures..].Order().Select(i => new FeatureGroup(i, [i])),
        ];
    }

    // Representatives of the groups in which the smallest p lie.
    private static int[] Foremost(IReadOnlyList<FeatureGroup> groups, double[] smallest) =>
    [
        .. groups.Select(g => (g.Representative, P: g.Members.Min(m => smallest[m]))).OrderBy(g => g.P).ThenBy(g => g.Representative)
            .Take(PictureMaker.Most).Select(g => g.Representative),
    ];

    private List<EnrichmentResult> Enrich(IReadOnlyList<GeneSet> sets, int[] rows, int groups, List<string> notes, CancellationToken cancel)
    {
        if (sets.Count == 0)
            return [];
        var enrichment = new SetEnrichment(input.Molecular, sets, settings.Seed);
        if (enrichment.IsEmpty)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"No gene set has at least {SetEnrichment.FewestGenes} genes of the map."));
            return [];
        }
        if (rows.Length < groups)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Gene sets are tested with the {rows.Length} imaging groups of the smallest p, of {groups}."));
        var found = new List<EnrichmentResult>[rows.Length];
        Workers.ForEach(rows.Length, workers, pairs.NewTester, (tester, r) =>
        {
            var row = rows[r];
            var signed = Array.ConvertAll(
                pairs.Molecular, f => tester.Test(pairs.Imaging[row], f, null, null, residuals: false, details: false).Signed);
            var p = statistics.P.AsSpan(row * pairs.Molecular.Length, pairs.Molecular.Length).ToArray();
            found[r] = [.. enrichment.Of(input.Imaging.Mapped[row], p, signed, statistics.LargestDiscovery)];
        }, cancel);
        // All sets and features of one method are one family.
        return
        [
            .. found.SelectMany(f => f).GroupBy(f => f.Method).SelectMany(method =>
            {
                EnrichmentResult[] all = [.. method];
                var q = Multiplicity.BenjaminiHochberg(Array.ConvertAll(all, f => f.P));
                return all.Select((f, i) => f with { Q = q[i] });
            }).OrderBy(f => f.Method, StringComparer.Ordinal).ThenBy(f => f.P).ThenBy(f => f.Imaging).ThenBy(f => f.Set, StringComparer.Ordinal),
        ];
    }

    private List<GroupFinding> Findings(List<AssociationEdge> edges, int[] groupOfRow, int[] groupOfColumn)
    {
        var (rowOf, columnOf) = (Positions(input.Imaging), Positions(input.Molecular));
        return
        [
            .. edges.Select((edge, index) => (edge, index)).Where(e => statistics.IsCalled(e.edge.P))
                .GroupBy(e => (Row: groupOfRow[rowOf[e.edge.Imaging]], Column: groupOfColumn[columnOf[e.edge.Molecular]]))
                .Select(g => new GroupFinding(g.Key.Row, g.Key.Column, g.First().index, g.Count())).OrderBy(f => f.Leading),
        ];
    }

    private (double[] Rows, double[] Columns) Smallest()
    {
        var (rows, columns) = (new double[pairs.Imaging.Length], new double[pairs.Molecular.Length]);
        Array.Fill(rows, 2);
        Array.Fill(columns, 2);
        for (var r = 0; r < rows.Length; r++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                var p = statistics.P[((long)r * columns.Length) + c];
                if (p < rows[r])
                    rows[r] = p;
                if (p < columns[c])
                    columns[c] = p;
            }
        }
        return (rows, columns);
    }

    private static int[] GroupOf(IReadOnlyList<FeatureGroup> groups, int features)
    {
        var groupOf = new int[features];
        for (var g = 0; g < groups.Count; g++)
        {
            foreach (var member in groups[g].Members)
                groupOf[member] = g;
        }
        return groupOf;
    }

    private static Dictionary<int, int> Positions(MapSide side) => side.Mapped.Select((column, position) => (column, position)).ToDictionary(m => m.column, m => m.position);

    private static IReadOnlyList<FeatureGroup> Named(IReadOnlyList<FeatureGroup> groups, MapSide side) =>
        [.. groups.Select(g => new FeatureGroup(side.Mapped[g.Representative], [.. g.Members.Select(m => side.Mapped[m])]))];

    private static IReadOnlyList<MappedFeature> Features(MapSide side, int[] groupOf)
    {
        var positions = Positions(side);
        return
        [
            .. side.Block.Columns.Select((c, i) => new MappedFeature(
                c.Name, c.Source, c.Scale, side.Present[i], positions.TryGetValue(i, out var position) ? groupOf[position] : -1, side.Reasons[i])),
        ];
    }
}
