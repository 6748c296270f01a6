using System.Text;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Service.Tests.Hostile;

/// <summary>Files that are small and ask for much, and texts that other programs would run.</summary>
public class HostileBytesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IReadOnlyList<string> Codes(byte[] bytes, string path = "imaging/P01/1.dcm")
    {
        var findings = new CaseFindings([]);
        new FileCheck("P01", new ArchiveLimits(), requireDeidentified: true, findings).Read(new(path, bytes.Length, "v", null), new MemoryStream(bytes), Cancel);
        return [.. findings.Reasons.Select(r => r.Code)];
    }

    [Fact]
    public void Millions_of_empty_attributes_are_not_read()
    {
        // Eight bytes each, in a sequence of defined length, which is read only when it is looked into.
        const int Attributes = 2_100_000;
        var bytes = new byte[140 + (Attributes * 8) + 20];
        "DICM"u8.CopyTo(bytes.AsSpan(128));
        var at = 132;
        void Put(params byte[] more)
        {
            more.CopyTo(bytes, at);
            at += more.Length;
        }
        Put([0x08, 0, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, .. BitConverter.GetBytes((Attributes * 8) + 8)]);
        Put([0xFE, 0xFF, 0x00, 0xE0, .. BitConverter.GetBytes(Attributes * 8)]);
        for (var n = 0; n < Attributes; n++)
            Put((byte)(n >> 16), 0x10, (byte)n, (byte)(n >> 8), (byte)'L', (byte)'O', 0, 0);
        var explicitly = bytes[..at];
        var before = GC.GetTotalMemory(forceFullCollection: false);
        Assert.Contains("deid.unreadable", Codes(explicitly));
        Assert.True(GC.GetTotalMemory(forceFullCollection: false) - before < 1_500_000_000);
    }

    [Fact]
    public void A_file_that_only_calls_itself_NIfTI_is_no_NIfTI()
    {
        Assert.Equal(["deid.packed"], Codes([.. "PK\u0003\u0004"u8, .. new byte[400]], "imaging/P01/a.nii"));
        Assert.Empty(Codes(new byte[400], "imaging/P01/a.nii"));
        Assert.Empty(Codes([1], "imaging/P01/a.nii.gz"));
        Assert.Equal(["deid.packed"], Codes([0x1F, 0x8B, 8, 0], "imaging/P01/a.nii.gz"));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")", "'=")]
    [InlineData("+1+cmd|'/c calc'!A0", "'+")]
    [InlineData("-2+3", "'-")]
    [InlineData("@SUM(1)", "'@")]
    [InlineData("'=already", "''=")]
    [InlineData("-2.5e-3", "-2")]
    [InlineData("'quoted", "'q")]
    [InlineData("P01", "P0")]
    public void No_text_of_a_table_is_a_formula_and_every_text_comes_back(string text, string begins)
    {
        var table = new CaseTable([text, "other"], [new TextColumn("note", [text, "x"])]);
        var stream = new MemoryStream();
        CaseTableWriter.WriteCsv(stream, table, "case_id");
        var line = Encoding.UTF8.GetString(stream.ToArray()).Split('\n')[1];
        Assert.StartsWith(begins, line.TrimStart('"'), StringComparison.Ordinal);
        stream.Position = 0;
        var read = CaseTableReader.Read(stream, "t.csv", "case_id", textColumns: ["note"]);
        Assert.Equal(table.CaseIds, read.CaseIds);
        Assert.Equal(text, ((TextColumn)read.Columns[0]).Values[0]);
    }
}
