using System.Diagnostics;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary><c>serve</c> killed in the middle of its work, from the upload to the report: the end is that of a run nothing disturbed.</summary>
public sealed class KilledServiceTests(SmallRun small)
{
    private const string Cohort = "killed";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BedKind.Folder)]
    [InlineData(BedKind.Azurite)]
    public async Task A_service_killed_three_times_ends_with_the_same_report(BedKind kind)
    {
        await using var bed = await ServiceBed.Make(kind);
        TableCohort.Write(bed.Folder.At("cohort"), "C", 60);
        var reference = await Reference.Make(bed.Folder.At("cohort"), bed.Folder.At("reference"));
        await KillAndFinish(bed, bed.Folder.At("cohort"), reference, kills: 3, seed: 20260301);
    }

    [LongFact]
    public Task A_service_on_a_folder_killed_twenty_times_ends_with_the_same_report() => Twenty(BedKind.Folder);

    [LongFact]
    public Task A_service_on_Azurite_killed_twenty_times_ends_with_the_same_report() => Twenty(BedKind.Azurite);

    private async Task Twenty(BedKind kind)
    {
        await small.Finished();
        await using var bed = await ServiceBed.Make(kind);
        await KillAndFinish(bed, small.Cohort, Reference.Of(small.Out), kills: 20, seed: 20260302);
    }

    private static async Task KillAndFinish(ServiceBed bed, string cohort, Reference reference, int kills, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var steps = reference.Run.Ledger().Count(line => line.Done);
        var upload = Upload(bed, cohort);
        var (duringUpload, notEnded) = (0, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var service = await ServeProcess.Start(bed.Address);
            // A moment of its own in each part of the work but the last, counted in finished steps since the machine may be slow or fast.
            await Finished(bed, (int)((kill + random.NextDouble()) * steps / (kills + 1)));
            await Task.Delay(random.NextInt(80), Cancel);
            duringUpload += upload.IsCompleted ? 0 : 1;
            notEnded += await bed.JobOf(Cohort) is { HasEnded: true } ? 0 : 1;
            await service.Kill();
            await bed.EndLeases();
        }
        await upload;
        Assert.Equal(kills, notEnded);
        await using var last = await ServeProcess.Start(bed.Address);
        var job = await last.Completed(Cohort);
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {duringUpload} of them before the upload was done.");

        await bed.EndedAs(reference, Cohort);
        // Effects are done at each start; all else leaves an outcome, and was done once.
        var outcomes = await bed.Outcomes();
        var done = (await bed.Ledger(job.Text("id"))).Where(line => line.Done && outcomes.ContainsKey(line.Key!)).ToList();
        Assert.Empty(done.GroupBy(line => line.Key).Where(same => same.Count() > 1).Select(same => same.First().Step));
        Assert.Single(await new JobRegister(bed.Shared.Records, bed.Shared.Artifacts, TimeProvider.System).List(Cancel));
    }

    /// <summary>Starts the command, to a link where the service is not what takes the files.</summary>
    private static async Task Upload(ServiceBed bed, string cohort)
    {
        await bed.Shared.Prepare(Cancel);
        string[] target = ["--to", bed.Address, "--name", Cohort];
        if (bed.Kind == BedKind.Azurite)
        {
            var now = TimeProvider.System.GetUtcNow();
            var link = await bed.Shared.Links.Issue(new(AreaNames.Cohorts, LinkRight.CreateOrOverwrite, now.AddMinutes(-15), now.AddHours(1), null), Cancel);
            target = ["--to", link.AbsoluteUri, "--name", Cohort];
        }
        var result = await Radiogenomics.Run(["upload", cohort, .. target, "--out", bed.Folder.At("upload"), "--statement-not-required", "Synthetic data."]);
        result.Succeeded();
    }

    /// <summary>Waits until a number of steps has been done in all; not before the upload has given them something to do.</summary>
    private static async Task Finished(ServiceBed bed, int steps)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < ServiceSteps.RunLimit;)
        {
            var job = await bed.JobOf(Cohort);
            if (steps == 0 || job is { HasEnded: true } || (job is not null && (await bed.Ledger(job.Id)).Count(line => line.Step is not null && line.Done) >= steps))
                return;
            await Task.Delay(20, Cancel);
        }
        throw new TimeoutException($"The service did not come to {steps} finished steps.");
    }
}
