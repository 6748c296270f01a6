using System.Diagnostics;
using System.Globalization;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Service.Tests.Folders;

/// <summary>Real processes that write one folder at the same time and are killed in the middle of it.</summary>
public sealed class KilledProcessTests
{
    private const string ChildFolder = "RADIOGENOMICS_TEST_CHILD_FOLDER";
    private const int Rounds = 20;
    private const int FileLength = 300_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public sealed record Sample(int Number);

    [LongFact]
    public async Task Processes_that_are_killed_at_any_moment_leave_all_of_a_commit_or_nothing()
    {
        using var folder = new TestFolder();
        var (commits, killedWithJournal) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            using var one = Start(folder);
            using var two = Start(folder);
            await WaitForCommits(folder, commits + 5);
            await Task.Delay(round * 7 % 60, Cancel);
            one.Kill();
            await one.WaitForExitAsync(Cancel);
            var afterOne = Count(folder);
            await WaitForCommits(folder, afterOne + 5); // The other one goes on.
            two.Kill();
            await two.WaitForExitAsync(Cancel);
            killedWithJournal += RecordJournal.Stands(folder.At("records/p")) ? 1 : 0;
            commits = await RequireWhole(folder);
        }
        Assert.True(commits >= Rounds * 10);
        TestContext.Current.SendDiagnosticMessage("{0} commits, {1} kills with a journal standing", commits, killedWithJournal);
    }

    /// <summary>The body of the processes; not a test of its own.</summary>
    [Fact(Explicit = true)]
    public async Task Child_that_writes_until_it_is_killed()
    {
        var folder = Environment.GetEnvironmentVariable(ChildFolder);
        Assert.SkipWhen(folder is null, "Started by the test above.");
        await using var storage = FolderServiceStorage.Open(folder!, TimeProvider.System, freeBytes: 0);
        await storage.Prepare(Cancel);
        var cohorts = storage.Files.Area(AreaNames.Cohorts);
        while (true)
        {
            var records = new List<StoredRecord<Sample>>();
            foreach (var key in new[] { "a", "b", "c" })
            {
                if (await storage.Records.Find<Sample>("p", key, Cancel) is { } record)
                    records.Add(record);
            }
            var number = records.Count == 0 ? 1 : records[0].Value.Number + 1;
            RecordChange[] changes = records.Count == 0
                ? [.. new[] { "a", "b", "c" }.Select(k => RecordChange.Insert(k, new Sample(number)))]
                : [.. records.Select(r => RecordChange.Replace(r, new Sample(number)))];
            await storage.Records.Commit("p", [.. changes, RecordChange.Insert($"log-{number}", new Sample(number))], Cancel);
            await cohorts.Write($"f{number % 3}", s => s.WriteAsync(Enumerable.Repeat((byte)number, FileLength).ToArray(), Cancel).AsTask(), WriteCondition.None, Cancel);
        }
    }

    private static Process Start(TestFolder folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(KilledProcessTests).Assembly.Location);
        foreach (var argument in new[] { "--filter-method", $"*.{nameof(Child_that_writes_until_it_is_killed)}", "--explicit", "only" })
            start.ArgumentList.Add(argument);
        start.Environment[ChildFolder] = folder.Path;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int Count(TestFolder folder) =>
        Directory.Exists(folder.At("records/p")) ? Directory.EnumerateFiles(folder.At("records/p"), "log-*.json").Count() : 0;

    private static async Task WaitForCommits(TestFolder folder, int count)
    {
        for (var waited = 0; Count(folder) < count; waited++)
        {
            Assert.True(waited < 3000, $"{Count(folder)} commits and no more.");
            await Task.Delay(10, Cancel);
        }
    }

    private static async Task<int> RequireWhole(TestFolder folder)
    {
        await using var storage = FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0);
        var logs = 0;
        await foreach (var log in storage.Records.List<Sample>("p", "log-", Cancel))
        {
            Assert.Equal("log-" + log.Value.Number.ToString(CultureInfo.InvariantCulture), log.Key);
            logs++;
        }
        foreach (var key in new[] { "a", "b", "c" })
            Assert.Equal(logs, (await storage.Records.Find<Sample>("p", key, Cancel))!.Value.Number);
        var cohorts = storage.Files.Area(AreaNames.Cohorts);
        await foreach (var file in cohorts.List("", Cancel))
        {
            using var content = new MemoryStream();
            await using (var stream = await cohorts.Open(file.Path, file.Version, Cancel))
                await stream!.CopyToAsync(content, Cancel);
            Assert.Equal(FileLength, content.Length);
            Assert.False(content.ToArray().AsSpan().ContainsAnyExcept(content.ToArray()[0]));
        }
        await cohorts.Write("sweep", _ => Task.CompletedTask, WriteCondition.None, Cancel);
        await cohorts.Delete("sweep", Cancel);
        Assert.DoesNotContain(Directory.GetFiles(folder.At("cohorts/.radiogenomics")), f => Path.GetFileName(f).StartsWith("0-", StringComparison.Ordinal));
        return logs;
    }
}
