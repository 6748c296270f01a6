using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>A run costs only what changed since the last one.</summary>
public sealed class ReuseTests(SmallRun small) : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Runs a changed copy of the finished small cohort over a copy of its store.</summary>
    private async Task<(RunOutput Before, RunOutput After)> RunChanged(Action<string> change)
    {
        var before = await small.Finished();
        var cohort = folder.CopyOf(small.Cohort, "cohort");
        var output = folder.CopyOf(small.Out, "out");
        change(cohort);
        (await Radiogenomics.Run("run", cohort, "--out", output)).Succeeded();
        return (before, RunOutput.OtherThan(before, output));
    }

    private static List<LedgerLine> Of(RunOutput run, string step) => [.. run.Ledger().Where(l => l.Step == step)];

    [Fact]
    public async Task Other_settings_of_one_image_redo_no_step_of_the_other()
    {
        var (before, after) = await RunChanged(cohort => SmallCohort.WriteStudy(cohort, bins: 24));
        var extracted = Of(after, "extract");
        Assert.Equal(SmallCohort.Cases * SmallCohort.Images, extracted.Count);
        var found = extracted.Where(l => !l.Done).Select(l => l.Key).ToList();
        Assert.Equal(SmallCohort.Cases, found.Count);
        Assert.Subset(Of(before, "extract").Select(l => l.Key).ToHashSet(), found.ToHashSet());
        // The features of a are those of before, those of b are not.
        Assert.Equal(Columns(before, "a_"), Columns(after, "a_"));
        Assert.NotEqual(Columns(before, "b_"), Columns(after, "b_"));
    }

    [Fact]
    public async Task Two_more_cases_cost_only_themselves_and_what_depends_on_them()
    {
        var (_, after) = await RunChanged(cohort => SmallCohort.Add(cohort, "DEMO-013", "DEMO-014"));
        var extracted = Of(after, "extract");
        Assert.Equal((SmallCohort.Cases + 2) * SmallCohort.Images, extracted.Count);
        Assert.Equal(2 * SmallCohort.Images, extracted.Count(l => l.Done));
        // Sixteen images a shard: the first eight cases are a shard as before, the others another one than before.
        Assert.Equal(["computed", "found"], Of(after, "gather-images").Select(l => l.Result!).Order());
        Assert.Equal(14, File.ReadAllLines(Path.Combine(after.Folder, "cases.csv")).Length - 1);
    }

    [Fact]
    public async Task Files_that_no_step_reads_make_another_run_that_extracts_nothing()
    {
        var (_, after) = await RunChanged(cohort => File.WriteAllText(Path.Combine(cohort, "notes.txt"), "Slice 11 of DEMO-012 was lost."));
        Assert.All(Of(after, "extract"), l => Assert.Equal("found", l.Result));
        Assert.All(Of(after, "resample"), l => Assert.Equal("found", l.Result));
    }

    /// <summary>The columns of <c>features.csv</c> whose names begin so, as text.</summary>
    private static string Columns(RunOutput run, string prefix)
    {
        var lines = File.ReadAllLines(Path.Combine(run.Folder, "features.csv")).Select(l => l.Split(',')).ToList();
        var columns = Enumerable.Range(0, lines[0].Length).Where(c => lines[0][c].StartsWith(prefix, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(columns);
        return string.Join('\n', lines.Select(cells => string.Join(',', columns.Select(c => cells[c]))));
    }
}
