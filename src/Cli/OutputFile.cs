using System.Text;

namespace RadiogenomicsCloud.Cli;

/// <summary>Result files: whole or not at all.</summary>
internal static class OutputFile
{
    /// <exception cref="StorageException">The file cannot be written; nothing of it is left.</exception>
    public static void Write(string path, string text)
    {
        var partial = path + ".partial";
        try
        {
            File.WriteAllText(partial, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            RemoveIfPossible(partial);
            throw new StorageException("file.unwritable", $"'{path}' cannot be written: {inner.Message}", path, inner);
        }
    }

    private static void RemoveIfPossible(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be written nothing may be left to remove.
        }
    }
}
