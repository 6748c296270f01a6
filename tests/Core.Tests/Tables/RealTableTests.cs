using RadiogenomicsCloud.Tables;
using RadiogenomicsCloud.Tests;
using static RadiogenomicsCloud.Core.Tests.Tables.TableTestData;

namespace RadiogenomicsCloud.Core.Tests.Tables;

/// <summary>
/// Expected numbers: python3's csv module over the same files, a cell missing if strip() is '' or 'NA' or lower() is 'nan', a number if
/// float() takes it and math.isfinite; sums by math.fsum.
/// </summary>
public class RealTableTests
{
    [Fact]
    public void The_glioma_clinical_table_is_typed_and_its_missing_cells_are_counted()
    {
        var table = ReadFile(ReferenceData.Require("tcga-lgg/clinical.csv"), "case_id");
        Assert.Equal(90, table.CaseCount);
        Assert.Equal(
            ["codel_1p19q", "pfs_event", "pfs_days", "idh1_mutated", "idh_1p19q_subtype_code", "death", "os_days", "age_years", "karnofsky"],
            table.Columns.OfType<NumericColumn>().Select(column => column.Name));
        Assert.Equal(22, table.Columns.OfType<TextColumn>().Count());
        foreach (var (name, missing) in new[] { ("codel_1p19q", 1), ("pfs_days", 6), ("karnofsky", 26), ("tert_promoter", 82), ("radiation", 41), ("pharma", 44), ("rnaseq_cluster", 15), ("grade", 0) })
            Assert.Equal(missing, table.Column(name).MissingCount);
        Assert.Equal("Supratentorial, Frontal Lobe", table.Texts("location")[0]);
    }

    [Fact]
    public void Its_endpoints_are_read_with_their_classes()
    {
        var table = ReadFile(ReferenceData.Require("tcga-lgg/clinical.csv"), "case_id");
        var idh = EndpointReader.Binary(table, "idh1_mutated");
        Assert.Equal((63, 26, 1), (idh.Values.Count(v => v), idh.Values.Count(v => !v), idh.MissingCaseIds.Count));
        Assert.Equal(["TCGA-DU-7014"], idh.MissingCaseIds);
        Assert.Equal("Mutant", EndpointReader.Binary(table, "tp53", "Mutant").EventLabel);
        Assert.Equal("endpoint.too-many-classes", Assert.Throws<BadInputException>(() => EndpointReader.Binary(table, "histology")).Code);
    }

    [Fact]
    public void The_semantic_table_lists_its_remarks_and_its_four_near_misses()
    {
        var clinical = ReadFile(ReferenceData.Require("tcga-lgg/clinical.csv"), "case_id");
        var semantic = ReadFile(ReferenceData.Require("tcga-lgg/semantic.csv"), "case_id");
        Assert.Equal((124, 26), (semantic.CaseCount, semantic.Columns.Count));
        Assert.Equal(["vasari_f1", "vasari_f29"], semantic.Columns.OfType<TextColumn>().Select(column => column.Name));

        var (numeric, cells) = NumericCoercion.Coerce(semantic);
        Assert.All(numeric.Columns, column => Assert.IsType<NumericColumn>(column));
        Assert.Equal(
            [
                new("vasari_f1", "TCGA-FG-5963", "few pictures"), new("vasari_f1", "TCGA-FG-5965", "few pictures, only enhanced"),
                new("vasari_f1", "TCGA-Ht-7469", "只有T2"), new("vasari_f1", "TCGA-Ht-7607", "post surgery, few pictures"),
                new("vasari_f29", "TCGA-FG-5965", "n/a"), new("vasari_f29", "TCGA-Ht-7470", "n/a"),
            ],
            cells.OrderBy(cell => cell.Column.Length).ThenBy(cell => cell.CaseId, StringComparer.Ordinal).ToArray());

        var match = IdMatcher.Match(clinical.CaseIds, "clinical.csv", semantic.CaseIds, "semantic.csv");
        Assert.Equal(86, match.SourceIdByCase.Count);
        Assert.Equal(["TCGA-EZ-7264", "TCGA-FG-A4MT", "TCGA-FG-A4MU", "TCGA-FG-A60K"], match.CasesWithout.Order(StringComparer.Ordinal));
        Assert.Equal(38, match.Unmatched.Count);
        Assert.Equal(
            [
                ("TCGA-EZ-7264", "TCGA-EZ-7264A", "suffix 'A'"), ("TCGA-FG-A4MT", "TCGA-FG-A4Mt", "letter case"),
                ("TCGA-FG-A4MU", "TCGA-FG-A4Mu", "letter case"), ("TCGA-FG-A60K", "TCGA-FG-A60k", "letter case"),
            ],
            match.NearMisses.Select(miss => (miss.IdA, miss.IdB, miss.Why)).Order());
    }

    [Fact]
    public void The_lung_radiomics_table_is_read_to_the_last_digit()
    {
        var table = ReadFile(ReferenceData.Require("nsclc/radiomics.csv"), "ID");
        Assert.Equal((44, 1522), (table.CaseCount, table.Columns.Count));
        var columns = table.Columns.Cast<NumericColumn>().ToList();
        Assert.Equal(84, columns.Count(column => column.Values.Distinct().Count() == 1));
        Assert.Equal(0.862046939, table.Numeric("original_shape_Elongation").Values[table.IndexOf("LUNG1")]);
        Assert.Equal(6860688018085.29, columns.SelectMany(column => column.Values).Order().Sum(), 0.5);
    }

    [Fact]
    public void The_sarcoma_endpoint_has_nineteen_events()
    {
        var endpoint = EndpointReader.Binary(ReadFile(ReferenceData.Require("sts/clinical.csv"), "case_id"), "lung_metastasis");
        Assert.Equal((19, 51), (endpoint.Values.Count(v => v), endpoint.CaseIds.Count));
    }
}
