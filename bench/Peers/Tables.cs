using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>The tables of docs/performance.md, as Markdown.</summary>
internal static class Tables
{
    private const string Absent = "–";

    public static string BesidePeers(IEnumerable<CaseResult> results) => Table(
        ["case", "ROI voxels", "PyRadiomics: all / without shape", "MIRP", "Pictologics", "ours", "times faster than Pictologics",
            $"{TwinResult.Pairs}: Pictologics", "ours", "peak memory, MiB: total / with Moran + Geary"],
        from r in results
        let peer = PeerFigures.Of(r.Case.Name)
        select (string[])
        [
            r.Case.Name, Whole(r.Voxels), peer is null ? Absent : $"{Whole(peer.PyRadiomics.All)} / {Whole(peer.PyRadiomics.WithoutShape)}",
            Whole(peer?.Mirp), Whole(peer?.Pictologics), Time(r.Total), peer is null ? Absent : Time(peer.Pictologics / r.Total),
            Whole(peer?.PictologicsPairs), Time(r.Pairs), $"{Whole(r.PeakWithoutPairs)} / {Whole(r.PeakWithPairs)}",
        ]);

    public static string Families(IEnumerable<CaseResult> results) => Table(
        ["case", .. FeatureCatalogue.Families.Select(f => f.Key)],
        from r in results select (string[])[r.Case.Name, .. r.Families.Select(Time)]);

    public static string Twins(IEnumerable<TwinResult> twins) => Table(
        ["family or features", "region", "naive twin", "ours", "ratio", "largest relative difference"],
        from t in twins
        select (string[])[t.Name, t.Region, Time(t.Naive), Time(t.Ours), Whole(t.Naive / t.Ours), t.Difference.ToString("0e+0", CultureInfo.InvariantCulture)]);

    public static string GrowthBySize(IReadOnlyList<CaseResult> results) => Table(
        ["edge", "ROI voxels n", "total", "ns / (n log₂ n)", TwinResult.Pairs, "ns / (n log₂ n)"],
        from r in results
        select (string[])
        [
            Whole(r.Case.Edge), Whole(r.Voxels), Time(r.Total), Time(Growth.Normalised(r.Voxels, r.Total)), Time(r.Pairs),
            Time(Growth.Normalised(r.Voxels, r.Pairs)),
        ]);

    public static string GrowthExponents(IReadOnlyList<CaseResult> results)
    {
        var columns = FeatureCatalogue.Families.Select((f, index) => (Name: f.Key, Time: (Func<CaseResult, double>)(r => r.Families[index])))
            .Append((Name: "total", Time: r => r.Total))
            .Append((Name: TwinResult.Pairs, Time: r => r.Pairs));
        return Table(
            ["part", "exponent over all sizes", "exponent over the three largest"],
            from column in columns
            let points = results.Select(r => (r.Voxels, column.Time(r))).ToList()
            select (string[])[column.Name, Exponent(points), Exponent([.. points.TakeLast(3)])]);
    }

    private static string Exponent(IReadOnlyList<(int, double)> points) => Growth.Exponent(points).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Table(IReadOnlyList<string> header, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        Row(header);
        Row([.. header.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in rows)
            Row(row);
        return text.ToString();

        void Row(IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static string Whole(double? value) => value is { } number ? number.ToString("#,##0", CultureInfo.InvariantCulture) : Absent;

    private static string Time(double value) =>
        value.ToString(Math.Abs(value) switch { < 0.1 => "0.000", < 1 => "0.00", < 100 => "0.0", _ => "#,##0" }, CultureInfo.InvariantCulture);
}
