using System.Text;
using RadiogenomicsCloud.Core.Tests.Tables;
using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Core.Tests.Genomics;

public class MafReaderTests
{
    private const string Header = "#version 2.4\nHugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tFILTER\n";

    private const string Rows =
        Header
        + "IDH1\tMissense_Mutation\tTCGA-AA-0001-01A\tPASS\r\n"
        + "TP53\tSilent\tTCGA-AA-0001-01A\tPASS\n"
        + "ATRX\tNonsense_Mutation\tTCGA-AA-0002-01A\toxog\n"
        + "TP53\tSplice_Site\tTCGA-AA-0002-02A\t.\n"
        + "# a remark\n\n"
        + "CIC\tIntron\tTCGA-AA-0003-01A\t";

    private static readonly string[] Cases = ["TCGA-AA-0001", "TCGA-AA-0002", "TCGA-AA-0003", "TCGA-AA-0004"];

    private static MutationCalls Read(string text, MutationReadOptions? options = null) => MafReader.Read(TableTestData.Utf8(text), "m.maf", options);

    [Fact]
    public void A_row_counts_if_it_passes_and_is_not_silent_and_every_row_names_a_sequenced_sample()
    {
        var calls = Read(Rows);
        Assert.Equal(new MutationCounts(5, 1, 2, 2), calls.Counts);
        Assert.Equal(["TCGA-AA-0001-01A", "TCGA-AA-0002-01A", "TCGA-AA-0002-02A", "TCGA-AA-0003-01A"], calls.Samples);
        Assert.Equal(["IDH1"], calls.MutatedGenes["TCGA-AA-0001-01A"]);
        Assert.Empty(calls.MutatedGenes["TCGA-AA-0002-01A"]);
        Assert.Equal(["ATRX"], Read(Rows, new() { RequirePass = false }).MutatedGenes["TCGA-AA-0002-01A"]);
    }

    [Fact]
    public void Sequenced_without_a_qualifying_mutation_is_0_and_not_sequenced_is_missing()
    {
        var built = MutationTable.Build(Read(Rows), new() { Genes = ["TP53", "IDH1", "NOPE"] }, Cases);
        Assert.Equal(["mut_IDH1", "mut_NOPE", "mut_TP53"], built.Table.Columns.Select(column => column.Name));
        Assert.Equal([1, 0, 0, double.NaN], built.Table.Numeric("mut_IDH1").Values);
        // The recurrence (02) has it, the primary tumour has not.
        Assert.Equal([0, 0, 0, double.NaN], built.Table.Numeric("mut_TP53").Values);
        Assert.Equal(["TCGA-AA-0002-02A"], built.Samples.OtherSamples);
        Assert.Equal(["TCGA-AA-0004"], built.Samples.CasesWithout);
        Assert.Equal(["NOPE", "TP53"], built.BelowMinFrequency);
        Assert.Equal(["NOPE"], built.NeverMutated);
    }

    [Fact]
    public void A_given_list_of_sequenced_samples_adds_to_those_that_the_file_names()
    {
        var built = MutationTable.Build(Read(Rows), new() { Genes = ["IDH1"], SequencedSamples = ["TCGA-AA-0001", "TCGA-AA-0004", "TCGA-AA-0004"] }, Cases);
        Assert.Equal([1, 0, 0, 0], built.Table.Numeric("mut_IDH1").Values);
    }

    [Fact]
    public void Genes_are_taken_by_their_frequency_among_sequenced_cases()
    {
        var calls = Read(Header + string.Concat(Enumerable.Range(0, 4).Select(i => $"A\tMissense_Mutation\tP{i}\tPASS\n")) + "B\tIn_Frame_Del\tP1\tPASS\nC\tSilent\tP5\tPASS\n");
        string[] cases = ["P0", "P1", "P2", "P3", "P5", "P6"];
        Assert.Equal(["mut_A", "mut_B"], MutationTable.Build(calls, new() { MinFrequency = 0.2 }, cases).Table.Columns.Select(column => column.Name));
        var frequent = MutationTable.Build(calls, new() { MinFrequency = 0.21 }, cases);
        Assert.Equal(["mut_A"], frequent.Table.Columns.Select(column => column.Name));
        Assert.Equal(0.8, frequent.Frequencies["A"]);
        Assert.Equal("mutations.min-frequency", Assert.Throws<BadInputException>(() => MutationTable.Build(calls, new() { MinFrequency = 5 }, cases)).Code);
        Assert.Equal("mutations.duplicate-gene", Assert.Throws<BadInputException>(() => MutationTable.Build(calls, new() { Genes = ["A", "A"] }, cases)).Code);
    }

    [Fact]
    public void Files_of_one_case_each_merge_into_the_same_calls()
    {
        var lines = Rows.Split('\n').Skip(2).Where(line => line.Length > 0 && line[0] != '#');
        var merged = MutationCalls.Merge(lines.Select(line => Read(Header + line + "\n")));
        Assert.Equal(Read(Rows).Counts, merged.Counts);
        Assert.Equal(Read(Rows).Samples, merged.Samples);
        foreach (var sample in merged.Samples)
            Assert.Equal(Read(Rows).MutatedGenes[sample], merged.MutatedGenes[sample]);
    }

    [Theory]
    [InlineData("", "maf.no-header")]
    [InlineData("#version 2.4\n", "maf.no-header")]
    [InlineData("Hugo_Symbol\tVariant_Class\tTumor_Sample_Barcode\n", "table.missing-column")]
    [InlineData("Hugo_Symbol\tHugo_Symbol\tTumor_Sample_Barcode\n", "table.duplicate-column")]
    [InlineData(Header + "IDH1\tMissense_Mutation\tP1\n", "table.ragged-row")]
    [InlineData(Header + "IDH1\tMissense_Mutation\tP1\tPASS\tx\n", "table.ragged-row")]
    [InlineData(Header + "IDH1\tMissense_Mutation\t\tPASS\n", "maf.no-sample")]
    [InlineData(Header + "IDH1\tmissense_variant\tP1\tPASS\n", "maf.classification")]
    public void What_is_wrong_with_a_maf_has_a_code(string text, string code) =>
        Assert.Equal(code, Assert.Throws<BadInputException>(() => Read(text)).Code);

    [Fact]
    public void The_line_of_a_fault_is_named_and_a_line_without_end_is_bounded()
    {
        Assert.Equal("m.maf:4", Assert.Throws<BadInputException>(() => Read(Header + "A\tSilent\tP\tPASS\nA\tB\n")).Where);
        var long_ = Header + new string('x', 5000);
        Assert.Equal("text.line-too-long", Assert.Throws<BadInputException>(() => Read(long_, new() { Limits = new TableReadOptions { MaxLineLength = 4000 } })).Code);
    }

    [Fact]
    public void Damaged_files_give_our_errors_only()
    {
        MutatingFuzzer.Run(Encoding.UTF8.GetBytes(Rows), 1500, stream => MutationTable.Build(MafReader.Read(stream, "m.maf"), new(), Cases));
        MutatingFuzzer.Run(TableTestData.Gzip(Encoding.UTF8.GetBytes(Rows)), 500, stream => MafReader.Read(stream, "m.maf.gz"));
    }
}
