using RadiogenomicsCloud.Core.Tests.Tables;
using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Tables;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Genomics;

/// <summary>
/// Expected numbers: python3 with gzip and csv.DictReader(delimiter='\t') over the lines that do not begin with '#': rows by
/// FILTER == 'PASS', then by Variant_Classification in the nine non-silent ones; status by Tumor_Sample_Barcode[:12] where [13:15] == '01'.
/// </summary>
public class RealGenomicsTests
{
    private static (CaseTable Clinical, MutationCalls Calls) Glioma()
    {
        var clinical = TableTestData.ReadFile(ReferenceData.Require("tcga-lgg/clinical.csv"), "case_id");
        using var stream = File.OpenRead(ReferenceData.Require("tcga-lgg/mutations.maf.gz"));
        return (clinical, MafReader.Read(stream, "mutations.maf.gz"));
    }

    [Fact]
    public void The_glioma_mutations_are_counted_as_an_independent_reader_counts_them()
    {
        var (clinical, calls) = Glioma();
        Assert.Equal(new MutationCounts(8387, 4129, 1286, 2972), calls.Counts);
        Assert.Equal(97, calls.Samples.Count);

        var built = MutationTable.Build(calls, new(), clinical.CaseIds);
        Assert.Equal(["TCGA-DU-7014"], built.Samples.CasesWithout);
        Assert.Equal(8, built.Samples.OtherSamples.Count);
        Assert.All(built.Samples.OtherSamples, sample => Assert.Equal(2, TumourBarcode.TryParse(sample)!.SampleType));
        Assert.Empty(built.Samples.Unmatched);
        Assert.Equal(
            ["ATRX", "CIC", "DNAH5", "EGFR", "FUBP1", "IDH1", "MUC16", "NF1", "NOTCH1", "PIK3CA", "PIK3R1", "SMARCA4", "TP53", "TTN"],
            built.Frequencies.Keys.Order(StringComparer.Ordinal));
        foreach (var (gene, count) in new[] { ("IDH1", 64), ("TP53", 47), ("ATRX", 36), ("CIC", 14), ("EGFR", 8) })
            Assert.Equal(count, built.Table.Numeric("mut_" + gene).Values.Count(value => value == 1));
        Assert.Equal(2341, MutationTable.Build(calls, new() { MinFrequency = 0 }, clinical.CaseIds).Table.Columns.Count);
    }

    [Fact]
    public void Idh1_status_agrees_with_the_clinical_table_in_all_cases_but_one()
    {
        var (clinical, calls) = Glioma();
        var called = MutationTable.Build(calls, new() { Genes = ["IDH1"] }, clinical.CaseIds).Table.Numeric("mut_IDH1").Values;
        var recorded = clinical.Numeric("idh1_mutated").Values;
        var compared = clinical.CaseIds.Index().Where(row => !double.IsNaN(called[row.Index]) && !double.IsNaN(recorded[row.Index])).ToList();
        Assert.Equal(89, compared.Count);
        Assert.Equal(["TCGA-DU-6399"], compared.Where(row => called[row.Index] != recorded[row.Index]).Select(row => row.Item));
    }

    [Fact]
    public void The_lung_expression_matrix_is_read_to_the_last_digit_either_way_round()
    {
        var path = ReferenceData.Require("nsclc/expression.csv");
        var cases = TableTestData.ReadFile(ReferenceData.Require("nsclc/radiomics.csv"), "ID").CaseIds;
        using var stream = File.OpenRead(path);
        var matrix = MolecularMatrixReader.Read(stream, "expression.csv", MolecularMatrixReader.ExpressionPrefix, cases);
        Assert.True(matrix.CasesAreRows);
        Assert.Equal((44, 5159), (matrix.Table.CaseCount, matrix.Table.Columns.Count));
        Assert.Empty(matrix.Samples.CasesWithout);
        Assert.Empty(matrix.Duplicates);
        Assert.Equal(51.9796, matrix.Table.Numeric("expr_A2M").Values[matrix.Table.IndexOf("LUNG1")]);
        Assert.Equal(4.5475, matrix.Table.Numeric("expr_ZFYVE20").Values[matrix.Table.IndexOf("LUNG9")]);
        // math.fsum of all cells.
        Assert.Equal(2220228.152178397, matrix.Table.Columns.Cast<NumericColumn>().SelectMany(column => column.Values).Sum(), 1e-6);

        var rows = File.ReadLines(path).Select(line => line.Split(',')).ToList();
        var transposed = string.Concat(Enumerable.Range(0, rows[0].Length).Select(c => string.Join(',', rows.Select(row => row[c])) + "\n"));
        var turned = MolecularMatrixReader.Read(TableTestData.Utf8(transposed), "expression.csv", MolecularMatrixReader.ExpressionPrefix, cases);
        Assert.False(turned.CasesAreRows);
        foreach (var (c, column) in matrix.Table.Columns.Index())
            Assert.Equal(((NumericColumn)column).Values, ((NumericColumn)turned.Table.Columns[c]).Values);
    }
}
