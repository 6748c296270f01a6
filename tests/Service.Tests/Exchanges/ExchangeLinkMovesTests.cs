using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Links;

namespace RadiogenomicsCloud.Service.Tests.Exchanges;

/// <summary>What a partner can do with the links of an exchange, over the protocol that its client speaks, and what it cannot.</summary>
public sealed class ExchangeLinkMovesTests : IAsyncLifetime
{
    private const string Site = "192.0.2.7";
    private readonly ExchangeRig rig = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private BlobGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        await rig.Begin();
        gateway = new(rig.Folder, BlobLimits.Default, NullLogger<BlobGateway>.Instance);
    }

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task A_partner_uploads_submits_and_fetches_the_report_with_its_two_links_alone()
    {
        var invitation = await rig.Invite(range: Site);
        var (upload, results) = (invitation.Upload.Link, invitation.Results.Link);
        Assert.Equal(201, await Put(upload, "clinical.csv", TabularCohort.Clinical("N", 60)));
        Assert.Equal(201, await Put(upload, ExchangeAreas.Marker, ""));
        var intake = Assert.Single(await rig.Sweep.Run(cancel));
        await rig.Run(intake);
        await rig.Service.Accept(invitation.Exchange.Id, ExchangeRig.Owner, "Fine.", cancel);
        await rig.Run((await rig.Jobs.Find(ExchangeJobs.ScoringId(invitation.Exchange.Id, 1), cancel))!);
        foreach (var name in new[] { "report.html", "predictions.csv", "intake.json", "status.json" })
            Assert.Equal(200, (await Get(results, name)).Status);
        Assert.Contains("\"state\": \"released\"", (await Get(results, "status.json")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await Get(results, "model.json")).Status);
    }

    [Fact]
    public async Task Every_other_move_is_refused()
    {
        var mine = await rig.Invite(range: Site);
        var other = await rig.Invite();
        var (upload, results) = (mine.Upload.Link, mine.Results.Link);
        Assert.Equal(201, await Put(upload, "a.csv", "first"));

        Assert.Equal(403, await Put(upload, "a.csv", "second"));
        Assert.Equal(403, (await Get(upload, "a.csv")).Status);
        Assert.Equal(403, await Put(results, "report.html", "forged"));
        Assert.Equal(403, (await Send("DELETE", upload, "/a.csv", "")).Status);
        foreach (var link in new[] { upload, results })
            Assert.Equal(403, (await Send("GET", link, "", "", "&restype=container&comp=list")).Status);
        // The link of one exchange at the areas of another, and at the owner's.
        foreach (var area in new[] { other.Upload.Entry.Area, other.Results.Entry.Area, mine.Results.Entry.Area, "cohorts", "results" })
            Assert.Equal(403, await Put(At(area), "x.csv", "x"));
        // What is no area for anybody.
        foreach (var area in new[] { "records", "..", "store%2f.." })
            Assert.InRange(await Put(At(area), "x.csv", "x"), 400, 403);
        // From another address than the one that was given.
        Assert.Equal(403, await Put(upload, "b.csv", "x", from: "192.0.2.8"));
        Assert.Equal(["a.csv"], await rig.Files(mine.Upload.Entry.Area));
        Assert.Equal("first", await rig.Read(mine.Upload.Entry.Area, "a.csv"));

        Uri At(string area) => new(upload.GetLeftPart(UriPartial.Authority) + "/blob/" + area + upload.Query, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    [Fact]
    public async Task After_its_expiry_and_after_a_revocation_no_link_works_and_a_new_one_does_only_in_time()
    {
        var invitation = await rig.Invite(time: TimeSpan.FromDays(10));
        var first = invitation.Upload.Link;
        rig.Time.Now += TimeSpan.FromDays(7);
        Assert.Equal(403, await Put(first, "a.csv", "x"));
        var second = (await rig.Service.IssueLink(invitation.Exchange.Id, LinkPurpose.Upload, ExchangeRig.Owner, cancel)).Link;
        var results = (await rig.Service.IssueLink(invitation.Exchange.Id, LinkPurpose.Results, ExchangeRig.Owner, cancel)).Link;
        Assert.Equal(201, await Put(second, "a.csv", "x"));
        Assert.Equal(200, (await Get(results, "status.json")).Status);
        await rig.Service.Revoke(invitation.Exchange.Id, ExchangeRig.Owner, "Stop.", cancel);
        Assert.Equal(403, await Put(second, "b.csv", "x"));
        Assert.Equal(403, (await Get(results, "status.json")).Status);
    }

    [Fact]
    public async Task A_partner_takes_its_cohort_back_with_the_upload_link()
    {
        var invitation = await rig.Invite();
        await Put(invitation.Upload.Link, "clinical.csv", TabularCohort.Clinical("N", 60));
        await Put(invitation.Upload.Link, ExchangeAreas.Marker, "");
        await rig.Run(Assert.Single(await rig.Sweep.Run(cancel)));
        Assert.Equal(ExchangeState.InReview, (await rig.Find(invitation.Exchange.Id)).State);
        Assert.Equal(201, await Put(invitation.Upload.Link, ExchangeAreas.WithdrawalMarker, ""));
        await rig.Sweep.Run(cancel);
        Assert.Equal(ExchangeState.Withdrawn, (await rig.Find(invitation.Exchange.Id)).State);
        Assert.False(await rig.Storage.Files.Exists(invitation.Upload.Entry.Area, cancel));
        Assert.Equal(403, await Put(invitation.Upload.Link, "more.csv", "x"));
    }

    private async Task<int> Put(Uri link, string path, string text, string from = Site) => (await Send("PUT", link, "/" + path, text, "", from)).Status;

    private Task<(int Status, string Text)> Get(Uri link, string path) => Send("GET", link, "/" + path, "");

    private async Task<(int Status, string Text)> Send(string method, Uri link, string path, string text, string more = "", string from = Site)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await using var answer = await gateway.Handle(
            new(
                method, link.AbsolutePath + path + link.Query + more,
                [new("Content-Length", bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("x-ms-blob-type", "BlockBlob"), new("Host", "127.0.0.1")],
                new MemoryStream(bytes), IPAddress.Parse(from), IsHttps: false),
            cancel);
        using var body = new MemoryStream();
        await answer.CopyBodyTo(body, cancel);
        return (answer.Status, Encoding.UTF8.GetString(body.ToArray()));
    }
}
