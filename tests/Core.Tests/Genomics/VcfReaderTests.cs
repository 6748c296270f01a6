using System.Text;
using RadiogenomicsCloud.Core.Tests.Tables;
using RadiogenomicsCloud.Genomics;

namespace RadiogenomicsCloud.Core.Tests.Genomics;

public class VcfReaderTests
{
    private const string Version = "##fileformat=VCFv4.2\n";
    private const string Csq = "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. Format: Allele|Consequence|IMPACT|SYMBOL\">\n";
    private const string CsqPick = "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"VEP. Format: Allele|Consequence|SYMBOL|PICK|ALLELE_NUM\">\n";
    private const string Ann = "##INFO=<ID=ANN,Number=.,Type=String,Description=\"Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name'\">\n";
    private const string Columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";

    private const string Multi =
        Version + Csq + Columns + "\tFORMAT\tA\tB\tC\n"
        + "2\t209113112\t.\tC\tT\t.\tPASS\tDP=9;CSQ=T|missense_variant&splice_region_variant|MODERATE|IDH1,T|upstream_gene_variant|MODIFIER|IDH1-AS1\tGT:AD\t0/1:3,4\t0/0:7,0\t./.\n"
        + "17\t7577120\t.\tC\tT\t.\tlow_depth\tCSQ=T|missense_variant|MODERATE|TP53\tGT\t0/1\t0|1\t0/0\n"
        + "17\t7577121\trs1\tG\tA,T\t50\t.\tCSQ=A|synonymous_variant|LOW|TP53,T|stop_gained|HIGH|TP53\tGT\t0/1\t0|2\t2\n"
        + "X\t76\t.\tCA\tC,CAT\t.\tPASS\tCSQ=-|frameshift_variant|HIGH|ATRX,AT|intron_variant|MODIFIER|ATRX\tGT\t0/1\t0/2\t0/0\n"
        + "19\t42\t.\tG\t*,A\t.\tPASS\tCSQ=A|missense_variant|MODERATE|CIC\tGT\t0/1\t0/2\t0/0\n";

    private static MutationCalls Read(string text, string? caseId = null) => VcfReader.Read(TableTestData.Utf8(text), "v.vcf", caseId);

    private static string Genes(MutationCalls calls, string sample) => string.Join(' ', calls.MutatedGenes[sample].Order(StringComparer.Ordinal));

    [Fact]
    public void A_sample_has_the_mutations_of_the_alleles_that_it_carries()
    {
        var calls = Read(Multi);
        Assert.Equal(["A", "B", "C"], calls.Samples);
        Assert.Equal("ATRX IDH1", Genes(calls, "A"));
        Assert.Equal("CIC TP53", Genes(calls, "B"));
        Assert.Equal("TP53", Genes(calls, "C"));
        Assert.Equal(new MutationCounts(5, 1, 0, 4), calls.Counts);
    }

    [Fact]
    public void Filtered_records_count_where_FILTER_is_not_required() =>
        Assert.Equal("ATRX IDH1 TP53", Genes(VcfReader.Read(TableTestData.Utf8(Multi), "v.vcf", options: new() { RequirePass = false }), "A"));

    [Fact]
    public void Snpeff_annotations_are_read_too()
    {
        var calls = Read(Version + Ann + Columns + "\tFORMAT\tA\n1\t5\t.\tC\tT,G\t.\tPASS\tANN=T|missense_variant|MODERATE|NF1|x,G|synonymous_variant|LOW|EGFR|y\tGT\t1/2\n");
        Assert.Equal("NF1", Genes(calls, "A"));
    }

    [Fact]
    public void Picked_transcripts_and_allele_numbers_decide_where_vep_gave_them()
    {
        var calls = Read(Version + CsqPick + Columns + "\tFORMAT\tA\tB\n1\t5\t.\tC\tT,G\t.\tPASS\tCSQ=T|missense_variant|NF1|1|1,T|missense_variant|OTHER||1,G|missense_variant|EGFR|1|2\tGT\t0/1\t0/2\n");
        Assert.Equal("NF1", Genes(calls, "A"));
        Assert.Equal("EGFR", Genes(calls, "B"));
    }

    [Fact]
    public void A_file_of_one_case_counts_under_the_case_whatever_its_tumour_sample_is_called()
    {
        const string record = "1\t5\t.\tC\tT\t.\tPASS\tCSQ=T|missense_variant|MODERATE|NF1";
        const string pair = "\tFORMAT\tnormal\ts77\n" + record + "\tGT\t0/0\t0/1\n";
        foreach (var text in new[]
        {
            Version + Csq + Columns + "\n" + record + "\n",
            Version + Csq + Columns + "\tFORMAT\ts77\n" + record + "\tGT\t0/1\n",
            Version + Csq + Columns + "\tFORMAT\ts77\n" + record + "\tAD\t3,4\n",
            Version + Csq + "##tumor_sample=s77\n" + Columns + pair,
            Version + Csq + "##normal_sample=normal\n" + Columns + pair,
            Version + Csq + Columns + "\tFORMAT\tNORMAL\tTUMOR\n" + record + "\tGT\t0/0\t0/1\n",
        })
        {
            var calls = Read(text, "P1");
            Assert.Equal(["P1"], calls.Samples);
            Assert.Equal("NF1", Genes(calls, "P1"));
        }
        Assert.Equal("vcf.no-sample", Assert.Throws<BadInputException>(() => Read(Version + Csq + Columns + pair, "P1")).Code);
    }

    [Fact]
    public void A_file_without_records_names_its_samples_as_sequenced() =>
        Assert.Empty(Read(Version + Columns + "\tFORMAT\tA\n").MutatedGenes["A"]);

    [Fact]
    public void Bgzip_members_are_read_as_one_file()
    {
        var bytes = Encoding.UTF8.GetBytes(Multi);
        var gzip = TableTestData.Gzip(bytes[..200], bytes[200..500], bytes[500..], []);
        Assert.Equal("CIC TP53", Genes(VcfReader.Read(new MemoryStream(gzip), "v.vcf.gz"), "B"));
    }

    [Theory]
    [InlineData("", "vcf.version")]
    [InlineData("##fileformat=VCFv3.3\n", "vcf.version")]
    [InlineData(Version, "vcf.no-header")]
    [InlineData(Version + "1\t5\t.\tC\tT\t.\tPASS\t.\n", "vcf.no-header")]
    [InlineData(Version + "#CHROM\tPOS\n", "vcf.no-header")]
    [InlineData(Version + Columns + "\n", "vcf.no-sample")]
    [InlineData(Version + Columns + "\tFORMAT\tA\tA\n", "table.duplicate-column")]
    [InlineData(Version + Columns + "\tFORMAT\tA\n1\t5\t.\tC\tT\t.\tPASS\t.\tGT\t0/1\n", "vcf.no-annotation")]
    [InlineData(Version + Csq + Columns + "\tFORMAT\tA\n1\t5\t.\tC\tT\t.\tPASS\t.\tGT\n", "table.ragged-row")]
    [InlineData(Version + Csq + Columns + "\tFORMAT\tA\n1\t5\t.\tC\tT\t.\tPASS\t.\tGT\t0/2\n", "vcf.genotype")]
    [InlineData(Version + Csq + Columns + "\tFORMAT\tA\tB\n1\t5\t.\tC\tT\t.\tPASS\t.\tAD\t1\t2\n", "vcf.no-genotype")]
    [InlineData(Version + "##INFO=<ID=CSQ,Description=\"Format: Allele|Consequence|Gene\">\n" + Columns + "\tFORMAT\tA\n", "vcf.no-annotation")]
    public void What_is_wrong_with_a_vcf_has_a_code(string text, string code) =>
        Assert.Equal(code, Assert.Throws<BadInputException>(() => Read(text)).Code);

    [Fact]
    public void Records_with_absurdly_many_alleles_are_refused()
    {
        var text = Version + Csq + Columns + "\tFORMAT\tA\n1\t5\t.\tC\t" + string.Join(',', Enumerable.Repeat("T", 2000)) + "\t.\tPASS\t.\tGT\t0/1\n";
        Assert.Equal("vcf.too-many-alleles", Assert.Throws<BadInputException>(() => Read(text)).Code);
    }

    [Fact]
    public void Damaged_files_give_our_errors_only()
    {
        var bytes = Encoding.UTF8.GetBytes(Multi);
        MutatingFuzzer.Run(bytes, 1500, stream => VcfReader.Read(stream, "v.vcf"));
        MutatingFuzzer.Run(TableTestData.Gzip(bytes[..700], bytes[700..]), 500, stream => VcfReader.Read(stream, "v.vcf.gz"));
    }
}
