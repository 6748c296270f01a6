using System.Text;
using RadiogenomicsCloud.Tables;
using static RadiogenomicsCloud.Core.Tests.Tables.TableTestData;

namespace RadiogenomicsCloud.Core.Tests.Tables;

public class GzipTextTests
{
    private static byte[] Table(int rows)
    {
        var text = new StringBuilder("case_id,x\n");
        for (var r = 0; r < rows; r++)
            text.Append('P').Append(r).Append(',').Append(r * 7919 % 1009).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(20_000)]
    public void Members_are_read_through_to_the_last_byte(int rows)
    {
        var bytes = Table(rows);
        var gzip = Gzip(bytes[..(bytes.Length / 2)], bytes[(bytes.Length / 2)..], []);
        Assert.Equal(rows, CaseTableReader.Read(new MemoryStream(gzip), "a.csv.gz", "case_id").CaseCount);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_never_read_as_a_shorter_one()
    {
        var gzip = Gzip(Table(40));
        for (var length = 0; length < gzip.Length; length++)
        {
            var cut = new MemoryStream(gzip, 0, length);
            var error = Assert.Throws<BadInputException>(() => CaseTableReader.Read(cut, "a.csv.gz", "case_id"));
            // Nothing at all is an empty table; anything else is half a file.
            Assert.Equal(length == 0 ? "table.empty" : "text.bad-gzip", error.Code);
        }
    }

    [Fact]
    public void What_is_not_gzip_and_what_follows_gzip_are_refused()
    {
        byte[] trailing = [.. Gzip(Table(4)), 1, 2, 3];
        foreach (var bytes in new[] { Table(3), trailing })
            Assert.Equal("text.bad-gzip", Assert.Throws<BadInputException>(() => CaseTableReader.Read(new MemoryStream(bytes), "a.csv.gz", "case_id")).Code);
    }

    [Fact]
    public void A_decompression_bomb_is_refused_early()
    {
        var bomb = Gzip(new byte[64 << 20]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<BadInputException>(() => CaseTableReader.Read(new MemoryStream(bomb), "a.csv.gz", "case_id"));
        Assert.Equal("text.compression-ratio", error.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
    }
}
