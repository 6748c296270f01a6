using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Core.Tests.Tables;

public class IdMatcherTests
{
    private static IdMatch Match(string[] cases, string[] ids, Dictionary<string, string>? map = null) =>
        IdMatcher.Match(cases, "clinical.csv", ids, "other.csv", map);

    [Fact]
    public void Ids_match_exactly_after_trimming_and_near_misses_are_listed_but_never_joined()
    {
        var match = Match(["A-1", "B-2", "C-3"], [" A-1 ", "b-2", "D-4"]);
        Assert.Equal(["A-1"], match.SourceIdByCase.Keys);
        Assert.Equal(["B-2", "C-3"], match.CasesWithout);
        Assert.Equal(["b-2", "D-4"], match.Unmatched);
        Assert.Equal([new NearMiss("B-2", "clinical.csv", "b-2", "other.csv", "letter case")], match.NearMisses);
    }

    [Theory]
    [InlineData("STS_001", "STS-001", "separators")]
    [InlineData("STS_001", "STS001", "separators")]
    [InlineData("STS_001", "sts 001", "letter case, separators")]
    [InlineData("STS_001", "STS_1", "leading zeros")]
    [InlineData("TCGA-EZ-7264", "TCGA-EZ-7264A", "suffix 'A'")]
    [InlineData("TCGA-CS-4938", "tcga.cs.4938.01", "letter case, separators, suffix '01'")]
    [InlineData("P1_baseline", "P1", "suffix 'baseline'")]
    [InlineData("P1", "P10", null)]
    [InlineData("P1", "P11", null)]
    [InlineData("P1_1", "P11", null)]
    [InlineData("A", "AB", null)]
    public void A_near_miss_says_why(string a, string b, string? why)
    {
        Assert.Equal(why, Match([a], [b]).NearMisses.SingleOrDefault()?.Why);
        Assert.Equal(why, Match([b], [a]).NearMisses.SingleOrDefault()?.Why);
    }

    [Fact]
    public void Many_ids_alike_cost_no_square_of_their_number()
    {
        var cases = Enumerable.Range(0, 30_000).Select(i => Spread(i, "-._ ")).ToArray();
        var ids = Enumerable.Range(0, 30_000).Select(i => Spread(i, "_.- ")).Select(id => id + "-x").ToArray();
        Assert.Equal(1000, Match(cases, ids).NearMisses.Count);

        // Distinct spellings of the one id P1 by the separators between its letters.
        static string Spread(int number, string separators)
        {
            var id = new System.Text.StringBuilder("P");
            for (; number > 0; number /= 4)
                id.Append(separators[number % 4]);
            return id.Append('1').ToString();
        }
    }

    [Fact]
    public void A_barcode_matches_its_case_and_the_primary_tumour_comes_first()
    {
        var match = Match(
            ["TCGA-AA-0001", "TCGA-AA-0002", "TCGA-AA-0003"],
            ["TCGA-AA-0001-02A-11D-1", "TCGA-AA-0001-01B-11D-1", "TCGA-AA-0001-01A-11D-1", "TCGA-AA-0002-02A", "TCGA-AA-0003-10A"]);
        Assert.Equal("TCGA-AA-0001-01A-11D-1", match.SourceIdByCase["TCGA-AA-0001"]);
        Assert.Equal("TCGA-AA-0002-02A", match.SourceIdByCase["TCGA-AA-0002"]);
        Assert.Equal(["TCGA-AA-0001-01B-11D-1", "TCGA-AA-0001-02A-11D-1"], match.OtherSamples);
        Assert.Equal(["TCGA-AA-0003-10A"], match.Unmatched);
    }

    [Theory]
    [InlineData("TCGA-AA-0001")]
    [InlineData("TCGA-AA-0001A-01")]
    [InlineData("tcga-AA-0001-01A")]
    [InlineData("TCGA-AA-0001-01AB")]
    [InlineData("TCGA-AA-0001-1A")]
    public void What_only_resembles_a_barcode_is_none(string text) => Assert.Null(TumourBarcode.TryParse(text));

    [Fact]
    public void An_id_map_joins_and_must_lead_to_a_case()
    {
        var map = new Dictionary<string, string> { ["b-2"] = "B-2", ["TCGA-XX-0009"] = "A-1", ["elsewhere"] = "nowhere" };
        var match = Match(["A-1", "B-2"], ["b-2", "TCGA-XX-0009-01A"], map);
        Assert.Equal("b-2", match.SourceIdByCase["B-2"]);
        Assert.Equal("TCGA-XX-0009-01A", match.SourceIdByCase["A-1"]);
        Assert.Empty(match.NearMisses);
        Assert.Equal("ids.map-target", Assert.Throws<BadInputException>(() => Match(["A-1"], ["elsewhere"], map)).Code);
        Assert.Equal("ids.two-for-one", Assert.Throws<BadInputException>(() => Match(["A-1", "B-2"], ["b-2", "B-2"], map)).Code);
    }

    [Fact]
    public void Aligning_puts_the_source_on_the_rows_of_the_cohort()
    {
        var source = new CaseTable(["TCGA-AA-0002-01A", "TCGA-AA-0001-01A"], [new NumericColumn("x", [2, 1])]);
        string[] cases = ["TCGA-AA-0001", "TCGA-AA-0002", "TCGA-AA-0003"];
        Assert.Equal([1, 2, double.NaN], Match(cases, [.. source.CaseIds]).Align(source, cases).Numeric("x").Values);
    }
}
