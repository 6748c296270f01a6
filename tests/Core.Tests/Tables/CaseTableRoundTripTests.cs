using System.Security.Cryptography;
using CsCheck;
using Parquet;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Core.Tests.Tables;

public class CaseTableRoundTripTests
{
    private static readonly CaseTable Example = new(
        ["A", "b, c"],
        [new NumericColumn("x", [0.1, double.NaN]), new TextColumn("note \"q\"", [null, "line\nbreak"]), new NumericColumn("y", [-0.0, 1e-310])]);

    // Every finite bit pattern and missing; text as a reader could have given it.
    private static readonly Gen<CaseTable> AnyTable =
        from cases in Gen.Int[0, 6]
        from columns in Gen.Int[0, 5]
        from numbers in Gen.Long.Array[cases * columns]
        from texts in Gen.String[Gen.Char["ab,\"\n é"], 0, 6].Array[cases * columns]
        from kinds in Gen.Bool.Array[columns]
        select Make(cases, columns, numbers, texts, kinds);

    [Fact]
    public void The_artifact_gives_back_every_bit() => AnyTable.Sample(
        table =>
        {
            using var stream = new MemoryStream();
            CaseTableSerializer.Write(stream, table);
            stream.Position = 0;
            AssertSame(table, CaseTableSerializer.Read(stream));
            Assert.Equal(stream.Length, stream.Position);
        },
        iter: 500);

    [Fact]
    public void Csv_gives_back_every_bit_of_tables_without_wholly_numeric_text() => AnyTable.Sample(
        table =>
        {
            using var stream = new MemoryStream();
            CaseTableWriter.WriteCsv(stream, table);
            stream.Position = 0;
            var read = CaseTableReader.Read(stream, "t.csv", "case_id");
            Assert.Equal(table.CaseIds, read.CaseIds);
            for (var c = 0; c < table.Columns.Count; c++)
                // A text column that is missing throughout has nothing to tell its type by.
                if (table.Columns[c].MissingCount < table.CaseCount || table.Columns[c] is NumericColumn)
                    AssertSame(table.Columns[c], read.Columns[c]);
        },
        iter: 500);

    [Fact]
    public void Csv_is_written_as_stated()
    {
        using var stream = new MemoryStream();
        CaseTableWriter.WriteCsv(stream, Example);
        Assert.Equal("case_id,x,\"note \"\"q\"\"\",y\nA,0.1,,-0\n\"b, c\",,\"line\nbreak\",1E-310\n", System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task Parquet_gives_back_the_values_and_the_same_bytes_each_time()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        await CaseTableWriter.WriteParquet(first, Example, cancel: cancel);
        await CaseTableWriter.WriteParquet(second, Example, cancel: cancel);
        Assert.Equal(SHA256.HashData(first.ToArray()), SHA256.HashData(second.ToArray()));

        first.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(first, cancellationToken: cancel);
        var fields = reader.Schema.GetDataFields();
        Assert.Equal(["case_id", "x", "note \"q\"", "y"], fields.Select(field => field.Name));
        using var group = reader.OpenRowGroupReader(0);
        var x = new double?[2];
        await group.ReadAsync<double>(fields[1], x.AsMemory(), cancellationToken: cancel);
        Assert.Equal([0.1, null], x);
        var notes = new string?[2];
        await group.ReadAsync(fields[2], notes.AsMemory(), cancellationToken: cancel);
        Assert.Equal([null, "line\nbreak"], (IReadOnlyList<string?>)notes);
        var ids = new string?[2];
        await group.ReadAsync(fields[0], ids.AsMemory(), cancellationToken: cancel);
        Assert.Equal(Example.CaseIds, ids.OfType<string>());
    }

    [Fact]
    public async Task Parquet_takes_a_table_without_cases_and_names_with_any_characters()
    {
        var cancel = TestContext.Current.CancellationToken;
        foreach (var table in new[]
        {
            new CaseTable([], [new NumericColumn("x", []), new TextColumn("t", [])]),
            new CaseTable(["A"], [new NumericColumn("a/b.c d", [1]), new TextColumn("größe", ["µ"])]),
        })
        {
            using var stream = new MemoryStream();
            await CaseTableWriter.WriteParquet(stream, table, cancel: cancel);
            stream.Position = 0;
            await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancel);
            Assert.Equal(["case_id", .. table.Columns.Select(column => column.Name)], reader.Schema.GetDataFields().Select(field => field.Name));
            using var group = reader.OpenRowGroupReader(0);
            var values = new double?[table.CaseCount];
            await group.ReadAsync<double>(reader.Schema.GetDataFields()[1], values.AsMemory(), cancellationToken: cancel);
            Assert.Equal(((NumericColumn)table.Columns[0]).Values.Select(value => (double?)value), values);
        }
    }

    [Fact]
    public void A_damaged_artifact_is_refused()
    {
        using var stream = new MemoryStream();
        CaseTableSerializer.Write(stream, Example);
        var bytes = stream.ToArray();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal("table.corrupt", Assert.Throws<BadInputException>(() => CaseTableSerializer.Read(new MemoryStream(bytes, 0, length))).Code);
        for (var i = 0; i < bytes.Length; i++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[i] ^= 0xFF;
            var error = Record.Exception(() => CaseTableSerializer.Read(new MemoryStream(flipped)));
            Assert.True(error is null or BadInputException { Code: "table.corrupt" }, $"byte {i}: {error}");
        }
    }

    private static CaseTable Make(int cases, int columns, long[] numbers, string[] texts, bool[] kinds)
    {
        var made = new TableColumn[columns];
        for (var c = 0; c < columns; c++)
        {
            var span = c * cases;
            made[c] = kinds[c]
                ? new NumericColumn($"n{c}", Enumerable.Range(span, cases).Select(i => BitConverter.Int64BitsToDouble(numbers[i])).Select(v => double.IsFinite(v) ? v : double.NaN).ToArray())
                : new TextColumn($"t{c}", Enumerable.Range(span, cases).Select(i => texts[i].Trim()).Select(t => t.Length == 0 ? null : t).ToArray());
        }
        return new CaseTable(Enumerable.Range(0, cases).Select(r => $"P{r}").ToArray(), made);
    }

    private static void AssertSame(CaseTable expected, CaseTable actual)
    {
        Assert.Equal(expected.CaseIds, actual.CaseIds);
        Assert.Equal(expected.Columns.Count, actual.Columns.Count);
        for (var c = 0; c < expected.Columns.Count; c++)
            AssertSame(expected.Columns[c], actual.Columns[c]);
    }

    private static void AssertSame(TableColumn expected, TableColumn actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.GetType(), actual.GetType());
        if (expected is NumericColumn numeric)
            Assert.Equal(numeric.Values.Select(BitConverter.DoubleToInt64Bits), ((NumericColumn)actual).Values.Select(BitConverter.DoubleToInt64Bits));
        else
            Assert.Equal(((TextColumn)expected).Values, ((TextColumn)actual).Values);
    }
}
