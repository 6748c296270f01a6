using System.Text.Json;

namespace RadiogenomicsCloud.Cli.Tests.Running;

/// <summary>One line of <c>run.jsonl</c>; step, key and result are null where the event is no step.</summary>
internal sealed record LedgerLine(string Event, string? Step, string? Key, string? Result)
{
    /// <summary>Whether the step did its work, for a value or a failure, and did not find it done.</summary>
    public bool Done => Result is "computed" or "failed";
}

/// <summary>The folder of one run and its history.</summary>
internal sealed record RunOutput(string Folder)
{
    public const string LedgerName = "run.jsonl";

    public string RunId => Path.GetFileName(Folder);

    /// <summary>The only run below an output folder.</summary>
    public static RunOutput Only(string output) => new(Assert.Single(Directory.GetDirectories(Path.Combine(output, "runs"))));

    /// <summary>The only run below an output folder that is not <paramref name="other"/>.</summary>
    public static RunOutput OtherThan(RunOutput other, string output) =>
        new(Assert.Single(Directory.GetDirectories(Path.Combine(output, "runs")), f => Path.GetFileName(f) != other.RunId));

    /// <summary>The whole history, over all starts of the run; empty before the first. A last line that is being written is left out.</summary>
    public IReadOnlyList<LedgerLine> Ledger() => Lives() is { Count: > 0 } lives ? [.. lives.SelectMany(l => l)] : [];

    /// <summary>The history, cut at each start of the run.</summary>
    public IReadOnlyList<IReadOnlyList<LedgerLine>> Lives()
    {
        var path = Path.Combine(Folder, LedgerName);
        var lives = new List<List<LedgerLine>>();
        if (!File.Exists(path))
            return lives;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            string? Text(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
            var entry = new LedgerLine(Text("event")!, Text("step"), Text("key"), Text("result"));
            if (entry.Event == "start")
                lives.Add([]);
            lives[^1].Add(entry);
        }
        return lives;
    }

    /// <summary>Demands that a service published the same files with the same bytes, the history apart.</summary>
    public void HasTheBytesOf(IReadOnlyDictionary<string, byte[]> published)
    {
        var names = TestFolder.Files(Folder).Where(f => f != LedgerName).ToList();
        Assert.Equal(names, published.Keys.Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.True(File.ReadAllBytes(Path.Combine(Folder, name)).AsSpan().SequenceEqual(published[name]), $"{name} differs."));
    }

    /// <summary>Demands that two runs have the same files with the same bytes, histories apart.</summary>
    public void HasTheBytesOf(RunOutput other)
    {
        var names = TestFolder.Files(Folder).Where(f => f != LedgerName).ToList();
        Assert.Equal(TestFolder.Files(other.Folder).Where(f => f != LedgerName), names);
        Assert.Contains("report.html", names);
        foreach (var name in names)
        {
            var same = File.ReadAllBytes(Path.Combine(Folder, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(other.Folder, name)));
            Assert.True(same, $"{name} differs.");
        }
    }
}
