using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Revalidation;
using RadiogenomicsCloud.Service.Tests.Exchanges;
using RadiogenomicsCloud.Service.Tests.Folders;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Service.Tests.Revalidation;

/// <summary>A cohort is run, its model locked, the cohort grows, and the timer rings.</summary>
public sealed class RevalidationTests : IDisposable
{
    private const string Who = "owner@clinic.example";
    private readonly TestFolder folder = new();
    private readonly ManualTime time = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_locked_model_is_looked_at_once_on_the_cases_that_came_since_the_last_look()
    {
        await using var storage = FolderServiceStorage.Open(folder.Path, time, freeBytes: 0);
        await storage.Prepare(cancel);
        var parts = Parts(storage);

        await Upload(parts, rows: 60);
        var model = Assert.Single(await Versions(parts));
        Assert.Empty(await parts.Revalidation.EnterDue(cancel)); // A candidate is nobody's business.
        await parts.Models.Lock(model.Name, model.Version, Who, cancel);
        Assert.Empty(await parts.Revalidation.EnterDue(cancel)); // Nothing has come.

        await Upload(parts, rows: 100);
        var job = Assert.Single(await parts.Revalidation.EnterDue(cancel));
        Assert.Empty(await parts.Revalidation.EnterDue(cancel)); // The timer rings again before the job has run.
        await Run(parts, job);
        await Run(parts, job); // Killed after its last step, and started again.
        var look = Assert.Single(await Looks(parts, model.Name));
        Assert.Equal((1, 1, 40, true, job.Id), (look.Version, look.Number, look.NewCases, look.Compared, look.JobId));
        var ended = await parts.Jobs.Find(job.Id, cancel);
        Assert.Equal((JobState.Completed, look.ResultsPrefix), (ended!.State, ended.ResultsPrefix));
        var results = storage.Files.Area(AreaNames.Results);
        await using (var document = (await results.Open(look.ResultsPrefix + RecordLookStep.DocumentName, null, cancel))!)
            Assert.Equal(40, (await JsonSerializer.DeserializeAsync<SurveillanceDocument>(document, CanonicalJson.Options, cancel))!.NewCases);
        Assert.NotNull(await results.Find(look.ResultsPrefix + RunFileNames.Report, cancel));

        Assert.Empty(await parts.Revalidation.EnterDue(cancel));

        // Three more cases are too few, and stay new.
        await Upload(parts, rows: 103);
        await Run(parts, Assert.Single(await parts.Revalidation.EnterDue(cancel)));
        Assert.Equal([(40, true), (3, false)], (await Looks(parts, model.Name)).Select(l => (l.NewCases, l.Compared)));
        await Upload(parts, rows: 125);
        await Run(parts, Assert.Single(await parts.Revalidation.EnterDue(cancel)));
        Assert.Equal((25, true), ((await Looks(parts, model.Name))[^1].NewCases, (await Looks(parts, model.Name))[^1].Compared));

        await parts.Models.Retire(model.Name, model.Version, Who, cancel);
        await Upload(parts, rows: 160);
        Assert.Empty(await parts.Revalidation.EnterDue(cancel));
    }

    [Fact]
    public async Task A_cohort_that_is_just_being_replaced_does_not_keep_other_models_from_being_looked_at()
    {
        await using var storage = FolderServiceStorage.Open(folder.Path, time, freeBytes: 0);
        await storage.Prepare(cancel);
        var parts = Parts(storage);
        foreach (var (cohort, rows) in new[] { ("tables", 60), ("others", 70) })
            await Upload(parts, rows, cohort);
        foreach (var version in await Versions(parts))
            await parts.Models.Lock(version.Name, version.Version, Who, cancel);
        foreach (var (cohort, rows) in new[] { ("tables", 100), ("others", 110) })
            await Upload(parts, rows, cohort);
        // The first of the two models by its order; its cohort has a new study file, and no marker yet.
        await storage.Files.Area(AreaNames.Cohorts).Write(
            "tables/study.yaml", stream => stream.WriteAsync("schema: 1"u8.ToArray(), cancel).AsTask(), WriteCondition.None, cancel);

        Assert.Equal(CohortFile.ChangedCode, (await Assert.ThrowsAsync<BadInputException>(() => parts.Revalidation.EnterDue(cancel))).Code);
        var job = Assert.Single(await parts.Jobs.List(cancel), job => job.Kind == JobKind.Revalidation);
        Assert.Equal(CohortPlace.Of("others"), job.Place);
    }

    private ServiceParts Parts(IServiceStorage storage) => new(
        storage, new("test", IntakePolicy.Default, new([Who]), ExchangeSettings.Default), time, System.Security.Cryptography.RandomNumberGenerator.Fill,
        NullLoggerFactory.Instance);

    private async Task Upload(ServiceParts parts, int rows, string cohort = "tables")
    {
        var area = parts.Storage.Files.Area(AreaNames.Cohorts);
        await Put(cohort + "/study.yaml", TabularCohort.StudyText);
        await Put(cohort + "/clinical.csv", TabularCohort.Clinical("C", rows));
        await Put($"{cohort}/{CohortManifest.FileName}", "");
        time.Advance(TimeSpan.FromMinutes(1));
        var (job, queued) = (await parts.Intake.Start(cohort, cancel))!.Value;
        Assert.True(queued);
        await Run(parts, job);
        Assert.Equal(JobState.Completed, (await parts.Jobs.Find(job.Id, cancel))!.State);

        async Task Put(string path, string text) =>
            Assert.NotNull(await area.Write(path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel).AsTask(), WriteCondition.None, cancel));
    }

    private async Task Run(ServiceParts parts, JobRecord job)
    {
        var host = new LocalHost(parts.Runtime.RunnerFor(job.Id, job.Place), new(2), TimeProvider.System);
        await host.Run(parts.Runtime.Workflows.Get(job.Workflow, job.WorkflowVersion), job.Id, await parts.Jobs.InputOf(job, cancel), cancel);
    }

    private async Task<List<ModelVersion>> Versions(ServiceParts parts)
    {
        var versions = new List<ModelVersion>();
        await foreach (var version in parts.Models.Versions("tables", cancel))
            versions.Add(version);
        return versions;
    }

    private async Task<List<LookRecord>> Looks(ServiceParts parts, string model)
    {
        var looks = new List<LookRecord>();
        await foreach (var look in parts.Looks.Looks(model, cancel))
            looks.Add(look);
        return looks;
    }
}
