using System.Text;
using RadiogenomicsCloud.Core.Tests.Tables;
using RadiogenomicsCloud.Genomics;

namespace RadiogenomicsCloud.Core.Tests.Genomics;

public class MolecularMatrixReaderTests
{
    private static readonly string[] Cases = ["P1", "P2", "P3"];

    private static MolecularMatrix Read(string text, string path = "expression.csv", Dictionary<string, string>? map = null) =>
        MolecularMatrixReader.Read(TableTestData.Utf8(text), path, MolecularMatrixReader.ExpressionPrefix, Cases, map);

    private static string Code(string text) => Assert.Throws<BadInputException>(() => Read(text)).Code;

    [Theory]
    [InlineData("ID,TP53,EGFR\nP3,3,30\nP9,9,90\nP1,1,NA\n", true)]
    [InlineData(",TP53,EGFR\nP3,3,30\nP1,1,\n", true)]
    [InlineData("TP53,EGFR\nP3,3,30\nP1,1,NaN\n", true)]
    [InlineData("gene,P3,P9,P1\nTP53,3,9,1\nEGFR,30,90,NA\n", false)]
    [InlineData("gene,entrez,P3,P1,description\nTP53,ENSG1,3,1,tumour protein\nEGFR,1956,30,,\"receptor, EGF\"\n", false)]
    public void Cases_by_genes_and_genes_by_cases_give_the_same_table(string text, bool casesAreRows)
    {
        var matrix = Read(text);
        Assert.Equal(casesAreRows, matrix.CasesAreRows);
        Assert.Equal(Cases, matrix.Table.CaseIds);
        Assert.Equal(["expr_TP53", "expr_EGFR"], matrix.Table.Columns.Select(column => column.Name));
        Assert.Equal([1, double.NaN, 3], matrix.Table.Numeric("expr_TP53").Values);
        Assert.Equal([double.NaN, double.NaN, 30], matrix.Table.Numeric("expr_EGFR").Values);
        Assert.Equal(["P2"], matrix.Samples.CasesWithout);
    }

    [Fact]
    public void Of_a_gene_that_stands_several_times_the_one_of_highest_mean_over_the_cases_is_kept_and_reported()
    {
        var matrix = Read("gene,P1,P2,P3,Z\nA,1,1,1,0\nB,5,5,5,0\nA,2,NA,2,0\nA,0,0,0,999\nC,NA,,NA,1\nC,7,NA,NA,1\n");
        Assert.Equal(["expr_B", "expr_A", "expr_C"], matrix.Table.Columns.Select(column => column.Name));
        Assert.Equal([2, double.NaN, 2], matrix.Table.Numeric("expr_A").Values);
        Assert.Equal([7, double.NaN, double.NaN], matrix.Table.Numeric("expr_C").Values);
        Assert.Equal([new DuplicateGene("A", 3), new DuplicateGene("C", 2)], matrix.Duplicates);
        var transposed = Read("ID,A,A\nP1,1,5\nP2,1,5\n");
        Assert.Equal([5, 5, double.NaN], transposed.Table.Numeric("expr_A").Values);
    }

    [Fact]
    public void Barcodes_and_the_id_map_join()
    {
        var matrix = MolecularMatrixReader.Read(
            TableTestData.Utf8("gene\tTCGA-AA-0001-02A\tTCGA-AA-0001-01A\tx7\nA\t2\t1\t3\n"),
            "cn.tsv", MolecularMatrixReader.CopyNumberPrefix, ["TCGA-AA-0001", "TCGA-AA-0007"], new Dictionary<string, string> { ["x7"] = "TCGA-AA-0007" });
        Assert.Equal([1.0, 3.0], matrix.Table.Numeric("cn_A").Values);
        Assert.Equal(["TCGA-AA-0001-02A"], matrix.Samples.OtherSamples);
    }

    [Theory]
    [InlineData("ID,P1,B\nP1,1,2\n", "matrix.ambiguous")]
    [InlineData("ID,A,B\np1,1,2\n", "matrix.no-case")]
    [InlineData("ID,A,B\nP1,1,2\nP1,1,2\n", "table.duplicate-case")]
    [InlineData("gene,P1,P1\nA,1,2\n", "table.duplicate-case")]
    [InlineData("gene,P1,P2\nA,1,high\n", "matrix.not-numeric")]
    [InlineData("ID,A,B\nP1,1,inf\n", "matrix.not-numeric")]
    [InlineData("ID,A,\nP1,1,2\n", "matrix.blank-gene")]
    [InlineData("gene,P1,P2\n,1,2\n", "table.missing-case-id")]
    [InlineData("gene,P1,P2\nA,1,2\nB,1\n", "table.ragged-row")]
    [InlineData("gene,P1,P2\nA,1\n", "table.ragged-row")]
    [InlineData("gene,P1,P2\n", "table.empty")]
    public void What_is_wrong_with_a_matrix_has_a_code(string text, string code) => Assert.Equal(code, Code(text));

    [Fact]
    public void A_matrix_of_no_case_names_the_nearest_ids() =>
        Assert.Contains("'p1' and case 'P1' (letter case)", Assert.Throws<BadInputException>(() => Read("ID,A\np1,1\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_files_give_our_errors_only()
    {
        var bytes = Encoding.UTF8.GetBytes("gene,P1,P2,P3\n" + string.Concat(Enumerable.Range(0, 20).Select(g => $"G{g},{g * 0.5},NA,{g * g}\n")));
        MutatingFuzzer.Run(bytes, 1500, stream => MolecularMatrixReader.Read(stream, "e.csv", "expr_", Cases));
        MutatingFuzzer.Run(TableTestData.Gzip(bytes), 500, stream => MolecularMatrixReader.Read(stream, "e.csv.gz", "expr_", Cases));
    }
}
