using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Service.Folders;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>A service whose storage refuses, breaks off or is slow to take: 500, 503, 409, 412, lost answers.</summary>
public sealed class RefusingStorageTests
{
    private const string Cohort = "refused";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_on_Azurite_that_refuses_every_tenth_request_gives_the_same_report()
    {
        await using var bed = await ServiceBed.Make(BedKind.Azurite);
        TableCohort.Write(bed.Folder.At("cohort"), "C", 60);
        var reference = await Reference.Make(bed.Folder.At("cohort"), bed.Folder.At("reference"));
        await ThroughProxies(bed, bed.Folder.At("cohort"), reference, 0.1);
    }

    [Theory]
    [InlineData(403, "application/json", "{\"message\": \"Blocked by your network.\"}")]
    [InlineData(403, "application/xml", "<html><br>Blocked by your network.")]
    [InlineData(200, "text/html", "<html><br>Sign in to this network.")]
    public async Task An_answer_of_something_on_the_way_is_trouble_of_storage_in_one_sentence(int status, string type, string body)
    {
        await using var bed = await ServiceBed.Make(BedKind.Folder);
        TableCohort.Write(bed.Folder.At("cohort"), "C", 3);
        await using var middle = await StorageProxy.Stranger(status, type, body);
        var result = await Radiogenomics.Run("upload", bed.Folder.At("cohort"), "--to", new Uri(middle.Address, "inbox?sp=c&sig=AAAA").AbsoluteUri);
        Assert.Equal(ExitCodes.Storage, result.ExitCode);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Contains("error: ", result.Error, StringComparison.Ordinal);
    }

    private static async Task ThroughProxies(ServiceBed bed, string cohort, Reference reference, double share)
    {
        var emulator = bed.Emulator!;
        await using var blobs = await StorageProxy.Start(emulator.Blobs, share, 20260401);
        await using var tables = await StorageProxy.Start(emulator.Tables, share, 20260402);
        var address = bed.Address
            .Replace(emulator.Blobs.AbsoluteUri, blobs.Address.AbsoluteUri, StringComparison.Ordinal)
            .Replace(emulator.Tables.AbsoluteUri, tables.Address.AbsoluteUri, StringComparison.Ordinal);
        await using var service = await ServeProcess.Start(address);
        string? link = null;
        for (var attempt = 0; link is null; attempt++)
        {
            using var answer = await service.Client.PostAsync($"/api/cohorts/{Cohort}/links", new StringContent("{}", null, "application/json"), Cancel);
            Assert.True(answer.IsSuccessStatusCode || ((int)answer.StatusCode == 503 && attempt < 20), $"{answer.StatusCode}");
            if (answer.IsSuccessStatusCode)
                link = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.Text("link");
        }
        for (var attempt = 0; ; attempt++)
        {
            var sent = await Radiogenomics.Run(
                "upload", cohort, "--to", link, "--out", bed.Folder.At("upload"), "--statement-not-required", "Synthetic data.");
            if (sent.ExitCode == ExitCodes.Done)
                break;
            Assert.True(sent.ExitCode == ExitCodes.Storage && attempt < 20, sent.Error); // Said as trouble of storage, and started again it goes on.
        }
        await Ended(bed);
        await bed.EndedAs(reference, Cohort);
        var met = Enum.GetValues<Fate>().ToDictionary(fate => fate, fate => blobs.Met.GetValueOrDefault(fate) + tables.Met.GetValueOrDefault(fate));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", met.Select(m => $"{m.Key} {m.Value}")));
        Assert.All(met, fate => Assert.True(fate.Value > 0, $"{fate.Key} was not met."));
    }

    [Fact]
    public async Task A_service_on_a_folder_that_refuses_and_whose_steps_fail_for_the_moment_gives_the_same_report()
    {
        await using var bed = await ServiceBed.Make(BedKind.Folder);
        TableCohort.Write(bed.Folder.At("cohort"), "C", 60);
        var reference = await Reference.Make(bed.Folder.At("cohort"), bed.Folder.At("reference"));
        await using var storage = new TroubledStorage(FolderServiceStorage.Open(bed.Address, TimeProvider.System), share: 0.05, seed: 20260403);
        await bed.Shared.Prepare(Cancel);
        await using (var service = InProcessService.Start(storage))
        {
            (await Radiogenomics.Run("upload", bed.Folder.At("cohort"), "--to", bed.Address, "--name", Cohort)).Succeeded();
            await Ended(bed);
        }
        await bed.EndedAs(reference, Cohort);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", storage.Met.OrderBy(m => m.Key).Select(m => $"{m.Key} {m.Value}")));
        Assert.All(Enum.GetValues<Trouble>(), trouble => Assert.True(storage.Met.GetValueOrDefault(trouble) > 0, $"{trouble} was not met."));
        // Each file of the cohort could not be read by the first step that tried, and every step was done once all the same.
        var job = (await bed.JobOf(Cohort))!;
        var done = (await bed.Ledger(job.Id)).Where(line => line.Done && line.Step is "check-case" or "assemble" or "resample").Select(line => line.Key).ToList();
        Assert.Equal(done.Distinct().Count(), done.Count);
    }

    private static async Task Ended(ServiceBed bed)
    {
        for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < ServiceSteps.RunLimit; await Task.Delay(100, Cancel))
        {
            if (await bed.JobOf(Cohort) is { HasEnded: true } job)
            {
                Assert.True(job.State == RadiogenomicsCloud.Service.Jobs.JobState.Completed, $"{job.State}: {job.Problem}");
                return;
            }
        }
        throw new TimeoutException($"The job did not end: {await bed.JobOf(Cohort)}");
    }
}
