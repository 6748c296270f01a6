namespace RadiogenomicsCloud.Service.Ports;

/// <summary>
/// Files under paths, with versions: a blob container, or a folder. All members throw <see cref="TransientException"/> where a retry may
/// mend it (busy, time-out) and <see cref="StorageException"/> where it does not (denied, full, unreachable).
/// </summary>
public interface IFileArea
{
    /// <summary>3 to 63 of a–z, 0–9 and single hyphens, as Azure asks of a container.</summary>
    string Name { get; }

    /// <summary>Files whose path begins with <paramref name="prefix"/>, in ordinal order of the paths; read as it goes, never all at once.</summary>
    IAsyncEnumerable<StoredFile> List(string prefix, CancellationToken cancel);

    /// <summary>Names of the folders directly below <paramref name="prefix"/> (which is empty or ends with a slash), in ordinal order, without slashes.</summary>
    IAsyncEnumerable<string> ListFolders(string prefix, CancellationToken cancel);

    /// <summary>Null if there is no such file.</summary>
    Task<StoredFile?> Find(string path, CancellationToken cancel);

    /// <summary>Opens for reading, seekable; null if there is no such file.</summary>
    /// <param name="version">The version to read; null reads whichever is there, and goes on with that one.</param>
    /// <exception cref="BadInputException"><see cref="Pipeline.CohortFile.ChangedCode"/>: it has another version, now or in the middle of reading.</exception>
    Task<Stream?> Open(string path, string? version, CancellationToken cancel);

    /// <summary>Writes a whole file, atomically: nobody sees half of it.</summary>
    /// <param name="write">May be called again where an attempt failed.</param>
    /// <returns>The file as written; null if the condition did not hold.</returns>
    Task<StoredFile?> Write(string path, Func<Stream, Task> write, WriteCondition condition, CancellationToken cancel);

    /// <summary>False if there was no such file.</summary>
    Task<bool> Delete(string path, CancellationToken cancel);
}
