using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Cli.Demo;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>The demo cohort all the way: uploaded, run, grown, its model locked, scored at a partner's and looked at again.</summary>
public sealed class DemoServiceTests
{
    private const int Cases = 41;
    private const string Model = "demo-response";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [LongFact]
    public Task The_demo_on_a_folder_from_upload_to_a_partners_report_and_a_second_look() => All(BedKind.Folder);

    [LongFact]
    public Task The_demo_on_Azurite_from_upload_to_a_partners_report_and_a_second_look() => All(BedKind.Azurite);

    private static async Task All(BedKind kind)
    {
        await using var bed = await ServiceBed.Make(kind);
        var folder = bed.Folder.At("demo");
        new DemoCohort(Cases, 20260101).Write(folder);
        await using var service = await ServeProcess.Start(bed.Address);
        var link = await service.CohortLink("demo");
        await ServiceSteps.Upload(folder, link, bed.Folder.At("upload"));
        var first = await service.Completed("demo");
        var images = await bed.Done(first.Text("id"), "extract");
        Assert.Equal(Cases, images);
        await bed.ResultsOf("demo", first.Text("runId"));
        await service.Post($"/api/models/{Model}/1/lock", new { });

        SmallCohort.Add(folder, "NEW-001", "NEW-002");
        await ServiceSteps.Upload(folder, link, bed.Folder.At("upload"));
        var second = await service.Completed("demo", first.Text("id"));
        Assert.Equal(2, await bed.Done(second.Text("id"), "extract"));
        var cases = await service.Get($"/api/jobs/{second.Text("id")}/cases?limit=1");
        Assert.Equal(Cases + 2, cases.GetProperty("total").GetInt32());

        var exchange = await Exchange(bed, service);
        Assert.NotEmpty(exchange.GetProperty("aggregates").GetProperty("models").EnumerateArray());

        await service.Signal("TERM");
        await using var next = await ServeProcess.Start(bed.Address);
        var look = await next.Completed(Model);
        Assert.Contains("</html>", await next.Client.GetStringAsync(look.Text("report"), Cancel), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Exchange(ServiceBed bed, ServeProcess service)
    {
        var site = bed.Folder.At("site");
        new DemoCohort(Cases, 7).Write(site);
        var study = Path.Combine(site, "study.yaml");
        await File.WriteAllTextAsync(study, (await File.ReadAllTextAsync(study, Cancel)).Replace($"study: {Model}", "study: partner", StringComparison.Ordinal), Cancel);
        var invitation = await service.Post("/api/exchanges", new { partner = "Site B", model = Model, version = 1 });
        var id = invitation.GetProperty("exchange").Text("id");
        var links = invitation.GetProperty("links").EnumerateArray().ToDictionary(l => l.Text("purpose"), l => l.Text("link"), StringComparer.Ordinal);
        await ServiceSteps.Upload(site, links[nameof(LinkPurpose.Upload)], bed.Folder.At("site-upload"));
        await service.Exchange(id, ExchangeState.InReview);
        await service.Post($"/api/exchanges/{id}/accept", new { reason = "All there." });
        var released = await service.Exchange(id, ExchangeState.Released);
        var outbox = await bed.Files(string.Create(CultureInfo.InvariantCulture, $"{AreaNames.ExchangePrefix}{id}-1-out"), "");
        Assert.Contains("report.html", outbox.Keys);
        return released;
    }
}
