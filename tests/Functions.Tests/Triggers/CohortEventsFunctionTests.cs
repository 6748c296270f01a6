using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Functions.Triggers;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Functions.Tests.Triggers;

public sealed class CohortEventsFunctionTests : IAsyncLifetime, IJobHost
{
    private readonly string folder = Directory.CreateTempSubdirectory("radiogenomics-test-").FullName;
    private readonly List<string> started = [];
    private FolderServiceStorage storage = null!;
    private CohortEventsFunction function = null!;

    public async ValueTask InitializeAsync()
    {
        storage = FolderServiceStorage.Open(folder, TimeProvider.System);
        await storage.Prepare(CancellationToken.None);
        var parts = new ServiceParts(
            storage, new("test", IntakePolicy.Default, new([]), ExchangeSettings.Default), TimeProvider.System, bytes => bytes.Clear(), NullLoggerFactory.Instance);
        function = new(parts, NullLogger<CohortEventsFunction>.Instance);
        await Upload("one");
        await Upload("two");
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_marker_starts_the_job_of_its_cohort()
    {
        await Handle(Event("cohorts", "one/_COMPLETE"));
        Assert.StartsWith("one-", Assert.Single(started), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_come_twice_or_in_a_batch_are_one_job_each()
    {
        await Handle($"[{Event("cohorts", "one/_COMPLETE")},{Event("cohorts", "two/_COMPLETE")},{Event("cohorts", "one/_COMPLETE")}]");
        await Handle(Event("cohorts", "two/_COMPLETE"));
        Assert.Equal(4, started.Count);
        Assert.Equal(["one", "two"], started.Distinct().Select(id => id.Split('-')[0]).Order());
    }

    [Theory]
    [InlineData("cohorts", "one/clinical.csv")]
    [InlineData("cohorts", "one/deeper/_COMPLETE")]
    [InlineData("cohorts", "_COMPLETE")]
    [InlineData("cohorts", "../one/_COMPLETE")]
    [InlineData("cohorts", "ONE/_COMPLETE")]
    [InlineData("cohorts", "one%2f_COMPLETE")]
    [InlineData("cohorts", "not-there/_COMPLETE")]
    [InlineData("results", "one/_COMPLETE")]
    [InlineData("store", "one/_COMPLETE")]
    [InlineData("x-0123-1-in", "_COMPLETE")]
    [InlineData("<script>", "_COMPLETE")]
    public async Task Whatever_is_no_marker_of_a_cohort_starts_nothing(string area, string path)
    {
        await Handle(Event(area, path));
        Assert.Empty(started);
    }

    [Fact]
    public async Task An_event_of_another_kind_starts_nothing()
    {
        await Handle(Event("cohorts", "one/_COMPLETE", "Microsoft.Storage.BlobDeleted"));
        Assert.Empty(started);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("7")]
    [InlineData("{}")]
    public async Task A_message_that_cannot_be_read_fails_so_that_it_ends_in_the_poison_queue(string message)
    {
        var thrown = await Assert.ThrowsAsync<BadInputException>(() => Handle(message));
        Assert.Equal("event.unreadable", thrown.Code);
    }

    Task IJobHost.Start(JobRecord job, CancellationToken cancel)
    {
        started.Add(job.Id);
        return Task.CompletedTask;
    }

    Task<Progress?> IJobHost.ProgressOf(string jobId, CancellationToken cancel) => Task.FromResult<Progress?>(null);

    private Task Handle(string message) => function.Handle(message, this, CancellationToken.None);

    private async Task Upload(string cohort)
    {
        var path = Path.Combine(folder, AreaNames.Cohorts, cohort);
        Directory.CreateDirectory(path);
        await File.WriteAllTextAsync(Path.Combine(path, "_COMPLETE"), "", Encoding.UTF8);
    }

    private static string Event(string area, string path, string type = "Microsoft.Storage.BlobCreated") => JsonSerializer.Serialize(new
    {
        id = "1", topic = "/subscriptions/s", subject = $"/blobServices/default/containers/{area}/blobs/{path}", eventType = type,
        data = new { api = "PutBlob" }, dataVersion = "", metadataVersion = "1", eventTime = "2026-01-01T00:00:00Z",
    });
}
