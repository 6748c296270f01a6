using System.Text.Json;

namespace RadiogenomicsCloud.Service.Folders;

/// <param name="Value">Null removes the record.</param>
internal sealed record JournalChange(string Key, JsonElement? Value);

/// <summary>A commit of several changes that is decided, in one file that appears whole: while it stands, its changes may be made in part.</summary>
/// <param name="Version">That of every record that it writes.</param>
internal sealed record RecordJournal(long Version, IReadOnlyList<JournalChange> Changes)
{
    private const string FileName = ".journal";

    public static bool Stands(string folder) => File.Exists(Path.Combine(folder, FileName));

    public static Task Write(string folder, RecordJournal journal, CancellationToken cancel) =>
        RecordFile.WriteJson(Path.Combine(folder, FileName), journal, cancel);

    /// <summary>Makes the changes of the journal that stands, if one does. Made twice they give the same.</summary>
    public static async Task Finish(string folder, Func<string, string> pathOf, CancellationToken cancel)
    {
        var path = Path.Combine(folder, FileName);
        if (await RecordFile.ReadJson<RecordJournal>(path, cancel).ConfigureAwait(false) is not { } journal)
            return;
        foreach (var change in journal.Changes)
            await RecordFile.Apply(pathOf(change.Key), change.Value, journal.Version, cancel).ConfigureAwait(false);
        File.Delete(path);
    }
}
