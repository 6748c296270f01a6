using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>A running service whose owner has a locked model of the <see cref="TableCohort"/>.</summary>
internal sealed class OwnerService(ServiceBed bed, ServeProcess service, JsonElement run, string link) : IAsyncDisposable
{
    public const string Cohort = "owner";
    private const int Rows = 60;

    public ServiceBed Bed => bed;

    public ServeProcess Service { get; private set; } = service;

    /// <summary>The job that made the model.</summary>
    public JsonElement Run => run;

    /// <summary>Folder of the cohort.</summary>
    public string Folder => bed.Folder.At(Cohort);

    public static async Task<OwnerService> Start(BedKind kind)
    {
        var bed = await ServiceBed.Make(kind);
        TableCohort.Write(bed.Folder.At(Cohort), "C", Rows);
        var service = await ServeProcess.Start(bed.Address);
        var link = await service.CohortLink(Cohort);
        await ServiceSteps.Upload(bed.Folder.At(Cohort), link, bed.Folder.At("upload"));
        var run = await service.Completed(Cohort);
        await service.Post($"/api/models/{TableCohort.Study}/1/lock", new { });
        return new(bed, service, run, link);
    }

    /// <summary>Uploads the cohort as it is now, by the link of the first time.</summary>
    public Task<JsonElement> Upload() => ServiceSteps.Upload(Folder, link, bed.Folder.At("upload"));

    public async Task Restart()
    {
        await Service.Signal("TERM");
        await Service.DisposeAsync();
        Service = await ServeProcess.Start(bed.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await bed.DisposeAsync();
    }
}
