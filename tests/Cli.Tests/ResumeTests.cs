using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>A run ends with the same bytes however it got there, and does nothing twice.</summary>
public sealed class ResumeTests(SmallRun small) : IDisposable
{
    private const int Kills = 5;
    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private static List<string> Keys(IEnumerable<LedgerLine> lines, Func<LedgerLine, bool> of) =>
        [.. lines.Where(l => l.Step is not null && of(l)).Select(l => l.Key!)];

    [Fact]
    public async Task A_run_killed_at_five_moments_ends_with_the_same_bytes_and_redoes_no_finished_step()
    {
        var undisturbed = await small.Finished();
        var steps = undisturbed.Ledger().Count(l => l.Done);
        var output = folder.At("out");
        string[] command = ["run", small.Cohort, "--out", output, "--parallel", "2"];
        var interrupted = new RunOutput(Path.Combine(output, "runs", undisturbed.RunId));
        var random = new DeterministicRandom(20260103);
        var finishedBefore = new List<List<string>>();
        for (var kill = 0; kill < Kills; kill++)
        {
            // A moment of its own in each sixth of the run but the last, counted in finished steps (the machine may be slow or fast), and
            // not before this start has finished a step.
            var moment = (int)((kill + random.NextDouble()) * steps / (Kills + 1));
            var delay = random.NextInt(60);
            var before = interrupted.Ledger().Count(l => l.Done);
            using var process = Radiogenomics.Start(command);
            while (interrupted.Ledger().Count(l => l.Done) < Math.Max(moment, before + 1) && !process.HasExited)
                await Task.Delay(2, cancel);
            await Task.Delay(delay, cancel);
            Assert.False(process.HasExited, $"The run ended before it was killed for the {kill + 1}. time.");
            process.Kill();
            await process.WaitForExitAsync(cancel);
            finishedBefore.Add(Keys(interrupted.Ledger(), l => l.Done));
            Assert.False(File.Exists(Path.Combine(interrupted.Folder, "report.html")));
        }
        (await Radiogenomics.Run(command)).Succeeded();

        interrupted.HasTheBytesOf(undisturbed);
        var lives = interrupted.Lives();
        Assert.Equal(Kills + 1, lives.Count);
        var done = Keys(interrupted.Ledger(), l => l.Done);
        Assert.Equal(done.Count, done.Distinct().Count());
        for (var kill = 0; kill < Kills; kill++)
        {
            // All that was finished at a kill is found by the last start, and by no start done again.
            Assert.Superset(finishedBefore[kill].ToHashSet(), Keys(lives[^1], l => l.Result == "found").ToHashSet());
            Assert.Empty(Keys(lives.Skip(kill + 1).SelectMany(l => l), l => l.Done).Intersect(finishedBefore[kill]));
        }
        Assert.Equal(Keys(undisturbed.Ledger(), l => l.Done).Order(), Keys(lives[^1], _ => true).Order());
        Assert.Empty(Directory.GetFiles(output, "*.tmp", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(output, "*.partial", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task What_was_lost_from_the_store_is_made_again(int everyNth)
    {
        var first = await small.Finished();
        var output = folder.CopyOf(small.Out, "out");
        var artifacts = Directory.GetFiles(Path.Combine(output, "store", "artifacts"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        foreach (var lost in artifacts.Where((_, n) => n % everyNth == 0))
            File.Delete(lost);
        Directory.Delete(Path.Combine(output, "runs"), recursive: true);
        (await Radiogenomics.Run("run", small.Cohort, "--out", output)).Succeeded();
        RunOutput.Only(output).HasTheBytesOf(first);
    }

    [Fact]
    public async Task An_interrupted_run_stops_with_130_and_goes_on_where_it_was()
    {
        const int Interrupt = 1 << (2 - 1);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sends the signal of Ctrl-C, which only a terminal does elsewhere.");
        var ignored = File.ReadLines("/proc/self/status").Single(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        Assert.SkipWhen((Convert.ToUInt64(ignored, 16) & Interrupt) != 0, "These tests were started with Ctrl-C ignored, and what they start ignores it too.");

        var undisturbed = await small.Finished();
        var output = folder.At("out");
        using var process = Radiogenomics.Start("run", small.Cohort, "--out", output, "--parallel", "2");
        var error = process.StandardError.ReadToEndAsync(cancel);
        var interrupted = new RunOutput(Path.Combine(output, "runs", undisturbed.RunId));
        while (interrupted.Ledger().Count(l => l.Done) < 8 && !process.HasExited)
            await Task.Delay(2, cancel);
        using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.Equal(ExitCodes.Cancelled, process.ExitCode);
        Assert.Contains("Start the same command again to go on.", await error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(output, "store", "tmp"), "*.tmp", SearchOption.AllDirectories));

        (await Radiogenomics.Run("run", small.Cohort, "--out", output)).Succeeded();
        interrupted.HasTheBytesOf(undisturbed);
        var done = Keys(interrupted.Ledger(), l => l.Done);
        Assert.Equal(done.Count, done.Distinct().Count());
    }

    [Fact]
    public async Task Two_workers_give_the_bytes_of_one()
    {
        var one = await small.Finished();
        (await Radiogenomics.Run("run", small.Cohort, "--out", folder.At("out"), "--parallel", "2")).Succeeded();
        RunOutput.Only(folder.At("out")).HasTheBytesOf(one);
    }

    [Fact]
    public async Task A_finished_run_started_again_finds_every_step_and_changes_nothing()
    {
        var first = await small.Finished();
        var output = folder.CopyOf(small.Out, "out");
        (await Radiogenomics.Run("run", small.Cohort, "--out", output)).Succeeded();
        var again = RunOutput.Only(output);
        again.HasTheBytesOf(first);
        Assert.All(again.Lives()[^1], l => Assert.False(l.Done));
        Assert.Equal(Keys(first.Ledger(), l => l.Done).Order(), Keys(again.Lives()[^1], l => l.Result == "found").Order());
    }
}
