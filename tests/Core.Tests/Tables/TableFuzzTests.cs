using System.Text;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Core.Tests.Tables;

public class TableFuzzTests
{
    private static readonly byte[] Table = Encoding.UTF8.GetBytes(
        "case_id,x,\"a, b\",note\n" + string.Concat(Enumerable.Range(0, 30).Select(r => $"P{r},{r * 0.37},NA,\"re \"\"mark\"\" {r}\"\n")));

    [Fact]
    public void Damaged_tables_give_our_errors_only() =>
        MutatingFuzzer.Run(Table, 1500, stream => Use(CaseTableReader.Read(stream, "a.csv", "case_id")));

    [Fact]
    public void Damaged_compressed_tables_give_our_errors_only() =>
        MutatingFuzzer.Run(TableTestData.Gzip(Table), 700, stream => Use(CaseTableReader.Read(stream, "a.csv.gz", "case_id")));

    [Fact]
    public void Damaged_artifacts_give_our_errors_only()
    {
        using var stream = new MemoryStream();
        CaseTableSerializer.Write(stream, CaseTableReader.Read(new MemoryStream(Table), "a.csv", "case_id"));
        MutatingFuzzer.Run(stream.ToArray(), 1500, damaged => Use(CaseTableSerializer.Read(damaged)));
    }

    // What follows the reading must not fall over odd ids and labels either.
    private static void Use(CaseTable table)
    {
        IdMatcher.Match(["P1", "P2", "P3"], "a", table.CaseIds, "b");
        NumericCoercion.Coerce(table);
        foreach (var column in table.Columns)
        {
            var thrown = Record.Exception(() => EndpointReader.Binary(table, column.Name));
            Assert.True(thrown is null or BadInputException, thrown?.ToString());
        }
    }
}
