using System.Text;

namespace RadiogenomicsCloud.Cli;

/// <summary>Settings files of people: small UTF-8 texts.</summary>
internal static class TextFile
{
    private const long Longest = 16 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="BadInputException">There is no such file, it is no UTF-8 text, or longer than 16 MiB.</exception>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            if (!File.Exists(path))
                throw new BadInputException("file.missing", $"There is no file '{path}'.", path);
            if (new FileInfo(path).Length > Longest)
                throw new BadInputException("file.too-long", $"'{path}' is longer than {Longest >> 20} MiB; it is no settings file.", path);
            return File.ReadAllText(path, Strict);
        }
        catch (DecoderFallbackException inner)
        {
            throw new BadInputException("file.not-utf8", $"'{path}' is no UTF-8 text; save it as UTF-8.", path, inner);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw new StorageException("file.unreadable", $"'{path}' cannot be read: {inner.Message}", path, inner);
        }
    }
}
