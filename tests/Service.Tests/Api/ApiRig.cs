using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Api;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Folders;

namespace RadiogenomicsCloud.Service.Tests.Api;

/// <summary>An answer as a client sees it.</summary>
internal sealed record Answer(int Status, string ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Code => Json.GetProperty("code").GetString()!;
}

/// <summary>The API over a folder storage, without a web server and without a host that would run what is entered.</summary>
internal sealed class ApiRig : IAsyncDisposable, IJobHost
{
    public const string Owner = "owner@example.org";

    private readonly TestFolder folder = new();
    private readonly ApiRouter router;

    public ApiRig()
    {
        Storage = FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0);
        Storage.FolderLinks.ServeAt(new Uri("http://127.0.0.1:1/"));
        Storage.Prepare(CancellationToken.None).GetAwaiter().GetResult();
        Parts = new(
            Storage, new("0", IntakePolicy.Default, new([Owner]), ExchangeSettings.Default), TimeProvider.System, RandomNumberGenerator.Fill, NullLoggerFactory.Instance);
        router = ServiceApi.Create(new(Parts, this, () => new([], [], null)), NullLoggerFactory.Instance);
    }

    public FolderServiceStorage Storage { get; }

    public ServiceParts Parts { get; }

    /// <summary>Jobs that the API asked the host to start.</summary>
    public List<string> Started { get; } = [];

    public async Task<Answer> Ask(string method, string pathAndQuery, string body = "", string who = Owner)
    {
        var cancel = TestContext.Current.CancellationToken;
        var parts = pathAndQuery.Split('?', 2);
        var query = parts.Length == 1
            ? []
            : parts[1].Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        var response = await router.Handle(new(method, parts[0], query, new MemoryStream(Encoding.UTF8.GetBytes(body)), who), cancel);
        using var written = new MemoryStream();
        await response.Write(written, cancel);
        Assert.Equal(response.Length ?? written.Length, written.Length);
        return new(response.Status, response.ContentType, response.Headers, written.ToArray());
    }

    /// <summary>Puts a file into an area.</summary>
    public Task Put(string area, string path, string text) => Storage.Files.Area(area).Write(
        path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask(), WriteCondition.None, TestContext.Current.CancellationToken);

    /// <summary>A job as the service would have entered it.</summary>
    public Task Job(JobRecord job) => Storage.Records.Commit("jobs", [RecordChange.Insert(job.Id, job)], TestContext.Current.CancellationToken);

    public static JobRecord Sample(string id, JobState state = JobState.Running, JobKind kind = JobKind.CohortRun, int minute = 0) => new(
        id, kind, "demo", CohortPlace.Of("demo"), "cohort-job", 1, new ArtifactRef(new string('0', 64), 1), state,
        DateTimeOffset.UnixEpoch.AddMinutes(minute), DateTimeOffset.UnixEpoch.AddMinutes(minute));

    /// <summary>Enters a model, and locks it if asked.</summary>
    public async Task<string> Model(bool locked)
    {
        var cancel = TestContext.Current.CancellationToken;
        var file = await Storage.Artifacts.Put(stream => stream.WriteAsync("{}"u8.ToArray(), cancel).AsTask(), cancel);
        var version = await Parts.Models.Register(new("study", file, "0123456789ab", "demo", file, file, file), "service", cancel);
        if (locked)
            await Parts.Models.Lock(version.Name, version.Version, Owner, cancel);
        return version.Name;
    }

    /// <summary>Enters a look at the first version of a model.</summary>
    public Task Look(string model, int alerts)
    {
        var document = new ArtifactRef(new string('0', 64), 1);
        return Parts.Looks.Enter(
            model, 1, "revalidate-" + model, "0123456789ab", document,
            (number, at) => new(model, 1, number, "revalidate-" + model, "0123456789ab", at, 7, true, alerts, 0, document, $"revalidation/{model}/{number}/"),
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        folder.Dispose();
    }

    Task IJobHost.Start(JobRecord job, CancellationToken cancel)
    {
        Started.Add(job.Id);
        return Task.CompletedTask;
    }

    Task<Progress?> IJobHost.ProgressOf(string jobId, CancellationToken cancel) =>
        Task.FromResult<Progress?>(jobId == "live" ? new("cases", 3, 7) : null);
}
