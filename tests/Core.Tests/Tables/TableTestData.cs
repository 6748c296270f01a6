using System.IO.Compression;
using System.Text;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Core.Tests.Tables;

internal static class TableTestData
{
    public static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(params byte[][] members)
    {
        using var memory = new MemoryStream();
        foreach (var member in members)
            using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true))
                gzip.Write(member);
        return memory.ToArray();
    }

    public static CaseTable Csv(string text) => CaseTableReader.Read(Utf8(text), "clinical.csv", "case_id");

    public static BadInputException Fails(string text, string path = "clinical.csv") =>
        Assert.Throws<BadInputException>(() => CaseTableReader.Read(Utf8(text), path, "case_id"));

    public static CaseTable ReadFile(string path, string caseIdColumn)
    {
        using var stream = File.OpenRead(path);
        return CaseTableReader.Read(stream, Path.GetFileName(path), caseIdColumn);
    }

    public static IReadOnlyList<string?> Texts(this CaseTable table, string column) => Assert.IsType<TextColumn>(table.Column(column)).Values;
}
