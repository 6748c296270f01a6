using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Tables;
using static RadiogenomicsCloud.Core.Tests.Tables.TableTestData;

namespace RadiogenomicsCloud.Core.Tests.Tables;

public class CaseTableReaderTests
{
    [Fact]
    public void Columns_are_numeric_where_every_filled_cell_is_a_finite_number_else_text()
    {
        var table = Csv("case_id,a,b,c,d\n 1 ,1.5,x,,1\n002,NA,2,NaN,1e999\n3,-2e-3,,nan,2\n");
        Assert.Equal(["1", "002", "3"], table.CaseIds);
        Assert.Equal([1.5, double.NaN, -0.002], table.Numeric("a").Values);
        Assert.Equal(["x", "2", null], table.Texts("b"));
        Assert.All(table.Numeric("c").Values, value => Assert.True(double.IsNaN(value)));
        Assert.Equal(["1", "1e999", "2"], table.Texts("d"));
        Assert.Equal(1, table.Column("a").MissingCount);
        Assert.Equal(1, table.Column("b").MissingCount);
    }

    [Fact]
    public void Quoted_fields_hold_delimiters_line_breaks_and_doubled_marks()
    {
        var table = Csv("\"case_id\",note\r\nA,\"x, \"\"y\"\"\nz\"\r\n\r\nB,5\" lesion\r\n");
        Assert.Equal(["x, \"y\"\nz", "5\" lesion"], table.Texts("note"));
    }

    [Fact]
    public void A_byte_order_mark_a_quoted_header_and_gzip_change_nothing()
    {
        var plain = Encoding.UTF8.GetBytes("\"case_id\",größe\nA,1\n");
        byte[] marked = [.. Encoding.UTF8.Preamble, .. plain];
        foreach (var (bytes, path) in new[] { (plain, "a.csv"), (marked, "a.csv"), (Gzip(plain), "a.csv.gz"), (Gzip(marked), "a.CSV.GZ"), (Gzip(plain[..9], plain[9..]), "a.csv.gz") })
            Assert.Equal([1.0], CaseTableReader.Read(new MemoryStream(bytes), path, "case_id").Numeric("größe").Values);
    }

    [Fact]
    public void Tab_is_the_delimiter_of_tsv_and_txt_and_an_empty_cell_beside_a_tab_survives()
    {
        foreach (var path in new[] { "a.tsv", "a.txt" })
            Assert.Equal([double.NaN, 2.0], CaseTableReader.Read(Utf8("case_id\tx\ty\nA\t\t1\nB\t2\t\n"), path, "case_id").Numeric("x").Values);
    }

    [Fact]
    public void A_decimal_point_is_a_point_whatever_the_locale()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = comma;
        try
        {
            var table = Csv("case_id,x,y\nA,1.5,\"1,5\"\n");
            Assert.Equal([1.5], table.Numeric("x").Values);
            Assert.IsType<TextColumn>(table.Column("y"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Rows_that_a_spreadsheet_left_empty_are_skipped() =>
        Assert.Equal(["A"], Csv("case_id,x\nA,1\n,\n , \n").CaseIds);

    [Fact]
    public void A_duplicate_case_is_refused_with_its_id_and_both_lines()
    {
        var error = Fails("case_id,x\nA,1\nB,2\n\n A ,3\n");
        Assert.Equal("table.duplicate-case", error.Code);
        Assert.Contains("'A'", error.Message, StringComparison.Ordinal);
        Assert.Contains("lines 2 and 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_of_a_ragged_row_counts_line_breaks_inside_quotes()
    {
        var error = Fails("case_id,x\nA,\"1\n2\"\nB,2,3\n");
        Assert.Equal("table.ragged-row", error.Code);
        Assert.Equal("clinical.csv:4", error.Where);
    }

    [Theory]
    [InlineData("", "table.empty")]
    [InlineData("case_id,x,x\n", "table.duplicate-column")]
    [InlineData("case_id,,x\n", "table.blank-column")]
    [InlineData("case_id,x\n,1\n", "table.missing-case-id")]
    [InlineData("case_id,x\nNA,1\n", "table.missing-case-id")]
    [InlineData("case_id,x\nA,\"1\nB,2\n", "table.malformed")]
    [InlineData("case_id,x\nA,\"1\"2\n", "table.malformed")]
    [InlineData("case_id;x\nA;2\n", "table.wrong-delimiter")]
    [InlineData("id,x\nA,2\n", "table.missing-column")]
    public void What_is_wrong_with_a_table_has_a_code_and_names_the_file(string text, string code)
    {
        var error = Fails(text);
        Assert.Equal(code, error.Code);
        Assert.Contains("clinical.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_that_does_not_name_a_delimiter_is_refused() =>
        Assert.Equal("table.extension", Fails("case_id,x\nA,1\n", "clinical.xlsx").Code);

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        foreach (var bytes in new[] { Encoding.Latin1.GetBytes("case_id,x\nA,größe\n"), Encoding.Unicode.GetBytes("\uFEFFcase_id,x\nA,1\n") })
            Assert.Equal("text.not-utf8", Assert.Throws<BadInputException>(() => CaseTableReader.Read(new MemoryStream(bytes), "a.csv", "case_id")).Code);
    }

    [Fact]
    public void A_missing_column_is_answered_with_the_nearest_and_with_those_there_are()
    {
        var error = Assert.Throws<BadInputException>(() => Csv("case_id,lung_metastases,age\nA,1,2\n").Column("lung_metastasis"));
        Assert.Equal("table.missing-column", error.Code);
        Assert.Contains("did you mean 'lung_metastases'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("lung_metastases, age", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_kept()
    {
        static string Code(TableReadOptions options) =>
            Assert.Throws<BadInputException>(() => CaseTableReader.Read(Utf8("case_id,x,y\nA,123456,1\nB,2,3\n"), "a.csv", "case_id", options)).Code;
        Assert.Equal("table.too-wide", Code(new() { MaxColumns = 2 }));
        Assert.Equal("table.too-large", Code(new() { MaxCells = 5 }));
        Assert.Equal("table.field-too-long", Code(new() { MaxFieldLength = 5 }));
        Assert.Equal("text.too-large", Code(new() { MaxBytes = 20 }));
    }

    [Fact]
    public void Text_in_numeric_columns_becomes_missing_only_on_request_and_is_listed()
    {
        var table = Csv("case_id,score,grade\nA,1,G2\nB,few pictures,G3\nC,3,4\n");
        Assert.Equal("table.not-numeric", Assert.Throws<BadInputException>(() => table.Numeric("score")).Code);
        Assert.Equal([new UnparseableCell("score", "B", "few pictures")], NumericCoercion.UnparseableCells(table, "score"));
        var (coerced, missing) = NumericCoercion.Coerce(table);
        Assert.Equal([new UnparseableCell("score", "B", "few pictures")], missing);
        Assert.Equal([1, double.NaN, 3], coerced.Numeric("score").Values);
        Assert.IsType<TextColumn>(coerced.Column("grade"));
    }
}
