using CsvHelper;

namespace RadiogenomicsCloud.Tables;

/// <summary>
/// Reads the rows of a delimited text file, one at a time: RFC 4180 quoting, any line ends, blank lines skipped, cells trimmed. The
/// delimiter follows the extension before <c>.gz</c>: comma for <c>.csv</c>, tab for <c>.tsv</c> and <c>.txt</c>. Errors:
/// <c>table.extension</c>, <c>table.empty</c>, <c>table.ragged-row</c>, <c>table.too-wide</c>, <c>table.field-too-long</c>,
/// <c>table.malformed</c>, <c>text.*</c>.
/// </summary>
internal sealed class DelimitedReader : IDisposable
{
    private readonly StreamReader text;
    private readonly CsvReader csv;
    private readonly string path;
    private readonly TableReadOptions options;

    public DelimitedReader(Stream stream, string path, TableReadOptions options)
    {
        this.path = path;
        this.options = options;
        Delimiter = DelimiterOf(path);
        text = TextSource.Open(stream, path, options);
        csv = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = Delimiter,
            HasHeader = false,
            SkipEmptyLines = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            // The delimiter itself is trimmed away otherwise where it is a tab.
            WhitespaceCharacters = Delimiter == '\t' ? " " : " \t",
            TrackLineNumbers = true,
            MaxRecordSize = options.MaxRecordBytes,
            OnMalformedRecord = Malformed,
        }, leaveOpen: true);
    }

    public char Delimiter { get; }

    /// <summary>Line of the file on which the current row starts, from 1.</summary>
    public int Line => (int)csv.LineNumber;

    public int Count => csv.FieldCount;

    /// <summary>A cell of the current row, trimmed.</summary>
    public string this[int cell] => csv.Current[cell].ToString().Trim();

    /// <summary>A cell of the current row as UTF-8 bytes, trimmed of spaces; valid until the next row.</summary>
    public ReadOnlySpan<byte> Utf8(int cell) => csv.Current[cell].Span.Trim((byte)' ');

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Read()
    {
        if (!csv.Read())
            return false;
        if (csv.FieldCount > options.MaxColumns)
            throw new BadInputException("table.too-wide", $"{path} has more than {options.MaxColumns} columns, the limit.", path);
        if (csv.Current.RawRecord.Length > options.MaxFieldLength)
            for (var c = 0; c < csv.FieldCount; c++)
                if (csv.Current[c].Length > options.MaxFieldLength)
                    throw new BadInputException(
                        "table.field-too-long",
                        $"A field on line {Line} of {path} is longer than {options.MaxFieldLength} bytes, the limit; a quotation mark may be missing.",
                        $"{path}:{Line}");
        return true;
    }

    /// <summary>Reads the header, trimmed.</summary>
    public string[] ReadHeader()
    {
        if (!Read())
            throw new BadInputException("table.empty", $"{path} is empty; it needs a header line.", path);
        var header = new string[Count];
        for (var c = 0; c < header.Length; c++)
            header[c] = this[c];
        return header;
    }

    /// <summary>Reads a row of <paramref name="width"/> cells; false at the end.</summary>
    public bool ReadRow(int width)
    {
        if (!Read())
            return false;
        if (Count != width)
            throw new BadInputException(
                "table.ragged-row",
                $"Line {Line} of {path} has {Count} cells where the header has {width}; look for a missing or unquoted delimiter.",
                $"{path}:{Line}");
        return true;
    }

    public void Dispose()
    {
        csv.Dispose();
        text.Dispose();
    }

    // A quotation mark inside an unquoted field (5" lesion) is harmless text; the others would merge or lose cells.
    private void Malformed(CsvMalformedRecord record)
    {
        if (record.Reason != CsvMalformedReason.StrayQuote)
            throw new BadInputException(
                "table.malformed",
                $"The quotation marks on line {record.LineNumber} of {path} do not pair up; quote whole fields and double the marks in them.",
                $"{path}:{record.LineNumber}");
    }

    private static char DelimiterOf(string path) => Path.GetExtension(TextSource.NameOf(path)).ToUpperInvariant() switch
    {
        ".CSV" => ',',
        ".TSV" or ".TXT" => '\t',
        _ => throw new BadInputException("table.extension", $"{path} must end in .csv, .tsv or .txt, with or without .gz.", path),
    };
}
