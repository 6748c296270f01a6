using System.Buffers.Binary;
using System.Text;

namespace RadiogenomicsCloud.Tables;

/// <summary>
/// A table as an artifact: compact, exact, the same bytes for the same table on every platform.
/// </summary>
/// <remarks>
/// Little endian. "RGCT", version byte 1, case count and column count as int32, case ids, then per column: kind byte (0 numbers, 1 text),
/// name, values. A string is its UTF-8 byte count as int32 and its bytes; missing text is the count -1; a number is its 64 IEEE bits,
/// missing is one canonical NaN.
/// </remarks>
public static class CaseTableSerializer
{
    private const byte FormatVersion = 1;
    private const int MaxStringBytes = 1 << 20;
    private static readonly byte[] Magic = "RGCT"u8.ToArray();
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write(Stream stream, CaseTable table)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(table);
        using var writer = new BinaryWriter(stream, Utf8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(table.CaseCount);
        writer.Write(table.Columns.Count);
        foreach (var id in table.CaseIds)
            WriteString(writer, id);
        foreach (var column in table.Columns)
        {
            writer.Write((byte)(column is NumericColumn ? 0 : 1));
            WriteString(writer, column.Name);
            if (column is NumericColumn numeric)
                foreach (var value in numeric.Values)
                    writer.Write(double.IsNaN(value) ? double.NaN : value);
            else
                foreach (var value in ((TextColumn)column).Values)
                    WriteString(writer, value);
        }
    }

    /// <exception cref="BadInputException"><c>table.corrupt</c>: not such a table, of a newer version, or damaged.</exception>
    public static CaseTable Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var head = Bytes(stream, Magic.Length + 1 + 8);
            if (!head.AsSpan(0, Magic.Length).SequenceEqual(Magic) || head[Magic.Length] != FormatVersion)
                throw Corrupt("is not a table of this version");
            var cases = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(Magic.Length + 1));
            var columns = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(Magic.Length + 5));
            if (cases < 0 || columns < 0)
                throw Corrupt("has a negative size");
            // Lists grow with what is really there: a hostile count costs nothing until its bytes come.
            var ids = new List<string>();
            for (var r = 0; r < cases; r++)
                ids.Add(ReadString(stream) ?? throw Corrupt("lacks a case id"));
            var read = new List<TableColumn>();
            for (var c = 0; c < columns; c++)
                read.Add(ReadColumn(stream, cases));
            return new CaseTable(ids, read);
        }
        catch (EndOfStreamException inner)
        {
            throw new BadInputException("table.corrupt", "The stored table is cut off.", inner: inner);
        }
        catch (DecoderFallbackException inner)
        {
            throw new BadInputException("table.corrupt", "The stored table holds invalid text.", inner: inner);
        }
        catch (ArgumentException inner)
        {
            throw new BadInputException("table.corrupt", "The stored table repeats a name.", inner: inner);
        }
    }

    private static TableColumn ReadColumn(Stream stream, int cases)
    {
        var kind = Bytes(stream, 1)[0];
        var name = ReadString(stream) ?? throw Corrupt("lacks a column name");
        if (kind == 0)
        {
            var bytes = Bytes(stream, sizeof(double) * (long)cases);
            var values = new double[cases];
            for (var r = 0; r < cases; r++)
                values[r] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(r * sizeof(double)));
            return new NumericColumn(name, values);
        }
        if (kind != 1)
            throw Corrupt("has a column of unknown kind");
        var texts = new List<string?>();
        for (var r = 0; r < cases; r++)
            texts.Add(ReadString(stream));
        return new TextColumn(name, [.. texts]);
    }

    private static void WriteString(BinaryWriter writer, string? text)
    {
        if (text is null)
        {
            writer.Write(-1);
            return;
        }
        var bytes = Utf8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static string? ReadString(Stream stream)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(Bytes(stream, 4));
        if (count == -1)
            return null;
        return count is >= 0 and <= MaxStringBytes ? Utf8.GetString(Bytes(stream, count)) : throw Corrupt("has a text of impossible length");
    }

    private static byte[] Bytes(Stream stream, long count)
    {
        const int step = 1 << 20;
        if (count <= step)
        {
            var small = new byte[count];
            stream.ReadExactly(small);
            return small;
        }
        if (count > Array.MaxLength)
            throw Corrupt("has a column of impossible length");
        using var grown = new MemoryStream();
        var piece = new byte[step];
        for (var left = count; left > 0; left -= step)
        {
            var part = piece.AsSpan(0, (int)Math.Min(step, left));
            stream.ReadExactly(part);
            grown.Write(part);
        }
        return grown.ToArray();
    }

    private static BadInputException Corrupt(string what) => new("table.corrupt", $"The stored table {what}.");
}
