using RadiogenomicsCloud.Cli.Tests.Running;

[assembly: AssemblyFixture(typeof(SmallRun))]

namespace RadiogenomicsCloud.Cli.Tests.Running;

/// <summary>An undisturbed run of the <see cref="SmallCohort"/> with one worker, made when a test first asks for it. Others only read it.</summary>
public sealed class SmallRun : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Lazy<Task> made;

    public SmallRun() => made = new(Make);

    /// <summary>Folder of the cohort; there once the run is.</summary>
    public string Cohort => folder.At("cohort");

    /// <summary>What <c>--out</c> named.</summary>
    public string Out => folder.At("out");

    internal async Task<RunOutput> Finished()
    {
        await made.Value;
        return RunOutput.Only(Out);
    }

    private async Task Make()
    {
        SmallCohort.Write(Cohort);
        (await Radiogenomics.Run("run", Cohort, "--out", Out, "--parallel", "1")).Succeeded();
    }

    public void Dispose() => folder.Dispose();
}
