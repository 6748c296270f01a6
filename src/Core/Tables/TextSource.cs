using System.Text;

namespace RadiogenomicsCloud.Tables;

/// <summary>
/// Opens text of a cohort: gzip by the <c>.gz</c> extension (any number of members, so also bgzip), bounded; UTF-8 with or without byte
/// order mark, invalid bytes are an error. The caller's stream is left open.
/// </summary>
internal static class TextSource
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    public static StreamReader Open(Stream stream, string path, TableReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        var bytes = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GzipText(stream, path, options)
            : (Stream)new BoundedStream(stream, path, options.MaxBytes);
        // StreamReader drops the mark of its own encoding; without detection a UTF-16 mark is an invalid byte, hence an error.
        return new StreamReader(bytes, StrictUtf8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 14);
    }

    /// <summary>The path without <c>.gz</c>.</summary>
    public static string NameOf(string path) =>
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;

    /// <summary>Runs a reading function; what the BCL and CsvHelper throw over bad bytes becomes ours.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException inner)
        {
            throw new BadInputException("text.not-utf8", $"{path} is not UTF-8 text; save it as UTF-8.", path, inner);
        }
        catch (InvalidDataException inner)
        {
            throw new BadInputException("text.bad-gzip", $"{path} is not a complete gzip file; compress or upload it again.", path, inner);
        }
        catch (CsvHelper.CsvFormatException inner)
        {
            throw new BadInputException(
                "table.malformed",
                $"{path} is not a well-formed delimited table; a quotation mark may be missing.",
                path, inner);
        }
    }
}
