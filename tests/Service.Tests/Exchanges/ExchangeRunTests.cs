using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Exchanges;

/// <summary>Whole exchanges on a folder, from the invitation to the end.</summary>
public sealed class ExchangeRunTests : IAsyncLifetime
{
    private readonly ExchangeRig rig = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await rig.Begin();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task From_invitation_to_released_report()
    {
        var exchange = await rig.InReview();
        Assert.Equal(ExchangeState.InReview, exchange.State);
        await rig.Service.Accept(exchange.Id, ExchangeRig.Owner, "Complete and as agreed.", cancel);
        await rig.Run((await Scoring(exchange))!);
        exchange = await rig.Find(exchange.Id);
        Assert.Equal(ExchangeState.Released, exchange.State);
        Assert.Equal(
            ["exchange.invited", "exchange.submitted", "exchange.in-review", "exchange.accepted", "exchange.released"], await rig.History(exchange.Id));

        // The partner: all of its own report, and neither model nor anything of the training cohort.
        var outbox = await rig.Files(ExchangeAreas.Outbox(exchange.Id, 1));
        Assert.Superset(
            new HashSet<string> { "report.html", "cases.csv", "features.csv", "performance.json", "predictions.csv", "intake.json", "status.json" },
            outbox.ToHashSet());
        Assert.DoesNotContain("model.json", outbox);
        Assert.Contains("N001", await rig.Read(ExchangeAreas.Outbox(exchange.Id, 1), "predictions.csv"), StringComparison.Ordinal);

        // The owner: one file, and nothing of a case in it.
        Assert.Equal([ExchangeAreas.ResultsPrefix(exchange.Id, 1) + "aggregates.json"], await rig.Files(AreaNames.Results));
        var text = (await rig.Read(AreaNames.Results, ExchangeAreas.ResultsPrefix(exchange.Id, 1) + "aggregates.json"))!;
        for (var i = 0; i < 60; i++)
            Assert.DoesNotContain($"N{i:D3}", text, StringComparison.Ordinal);
        var aggregates = JsonSerializer.Deserialize<AgreedAggregates>(text, CanonicalJson.Options)!;
        Assert.Equal(new AgreedCounts(60, 30, 0), aggregates.Counts);
        Assert.Equal(exchange.Model, aggregates.Model);
        using var performance = JsonDocument.Parse((await rig.Read(ExchangeAreas.Outbox(exchange.Id, 1), "performance.json"))!);
        var auc = performance.RootElement.GetProperty("models")[0].GetProperty("estimates")[0];
        Assert.Equal("auc", auc.GetProperty("measure").GetString());
        Assert.Equal(Math.Round(auc.GetProperty("value").GetDouble(), 3), aggregates.Models[0].Estimates.Single(e => e.Measure == "auc").Value);
    }

    [Fact]
    public async Task Jobs_done_twice_change_nothing()
    {
        var exchange = await rig.InReview();
        await rig.Service.Accept(exchange.Id, ExchangeRig.Owner, "Fine.", cancel);
        await rig.Run((await rig.Jobs.Find(ExchangeJobs.IntakeId(exchange.Id, 1), cancel))!);
        await rig.Run((await Scoring(exchange))!);
        var (first, files) = (await rig.Find(exchange.Id), await Everything(exchange));
        await rig.Run((await Scoring(exchange))!);
        await rig.Run((await rig.Jobs.Find(ExchangeJobs.IntakeId(exchange.Id, 1), cancel))!);
        await rig.Sweep.Run(cancel);
        Assert.Equal(first.Entries, (await rig.Find(exchange.Id)).Entries);
        Assert.Equal(files, await Everything(exchange));
    }

    [Fact]
    public async Task A_submission_that_cannot_be_scored_goes_back_and_only_the_partner_reads_why()
    {
        // Patients of the training cohort: the partner's study file has its name, so that they are known again.
        var exchange = (await rig.Invite()).Exchange;
        await rig.Upload(exchange, "study.yaml", TabularCohort.StudyText);
        await rig.Run((await rig.Submit(exchange, TabularCohort.Clinical("", 20).Replace(",P0", ",P", StringComparison.Ordinal).Replace(",P0", ",P", StringComparison.Ordinal)))!);
        await rig.Service.Accept(exchange.Id, ExchangeRig.Owner, "Fine.", cancel);
        var thrown = await Assert.ThrowsAsync<BadInputException>(async () => await rig.Run((await Scoring(exchange))!));
        exchange = await rig.Find(exchange.Id);
        Assert.Equal(ExchangeState.Rejected, exchange.State);
        var problem = (await rig.Read(ExchangeAreas.Outbox(exchange.Id, 1), "problem.json"))!;
        Assert.Contains(thrown.Code, problem, StringComparison.Ordinal);
        Assert.Equal(thrown.Code, exchange.Reason!.Code);
        var history = JsonSerializer.Serialize(await rig.Service.History(exchange.Id, cancel).ToListAsync(cancel));
        using (var document = JsonDocument.Parse(problem))
            Assert.DoesNotContain(document.RootElement.GetProperty("message").GetString()!, thrown.Message + exchange.Reason.Text + history, StringComparison.Ordinal);
        Assert.Empty(await rig.Files(AreaNames.Results));

        // A further submission, with other patients, comes to its end.
        var again = await rig.Service.Resubmit(exchange.Id, ExchangeRig.Owner, "Please send new patients.", null, cancel);
        await rig.Run((await rig.Submit(again.Exchange))!);
        await rig.Service.Accept(exchange.Id, ExchangeRig.Owner, "Fine.", cancel);
        await rig.Run((await Scoring(again.Exchange))!);
        Assert.Equal((ExchangeState.Released, 2), ((await rig.Find(exchange.Id)).State, (await rig.Find(exchange.Id)).Submission.Number));
        Assert.Equal([ExchangeAreas.ResultsPrefix(exchange.Id, 2) + "aggregates.json"], await rig.Files(AreaNames.Results));
    }

    [Theory]
    [InlineData("not a manifest")]
    [InlineData("{\"schema\": 1, \"files\": [{\"path\": \"../x\", \"size\": 1}]}")]
    public async Task A_submission_that_the_intake_refuses_goes_back_with_reasons(string marker)
    {
        var exchange = (await rig.Invite()).Exchange;
        await rig.Upload(exchange, "clinical.csv", TabularCohort.Clinical("N", 20));
        await rig.Upload(exchange, ExchangeAreas.Marker, marker);
        var job = await rig.Starter.Completed(ExchangeAreas.Inbox(exchange.Id, 1), cancel);
        var thrown = await Assert.ThrowsAsync<BadInputException>(() => rig.Run(job!));
        exchange = await rig.Find(exchange.Id);
        Assert.Equal((ExchangeState.Rejected, thrown.Code), (exchange.State, exchange.Reason!.Code));
        Assert.Contains(thrown.Code, await rig.Read(ExchangeAreas.Outbox(exchange.Id, 1), "problem.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marker_longer_than_any_manifest_is_refused_and_not_kept_whole()
    {
        var exchange = (await rig.Invite()).Exchange;
        await rig.Upload(exchange, "clinical.csv", TabularCohort.Clinical("N", 20));
        await rig.Upload(exchange, ExchangeAreas.Marker, new string(' ', 3 << 20));
        var job = await rig.Starter.Completed(ExchangeAreas.Inbox(exchange.Id, 1), cancel);
        Assert.True((await rig.Find(exchange.Id)).Submission.Manifest!.Length <= (1 << 20) + 1);
        await Assert.ThrowsAsync<BadInputException>(() => rig.Run(job!));
        Assert.Equal(ExchangeState.Rejected, (await rig.Find(exchange.Id)).State);
    }

    [Fact]
    public async Task A_model_retired_after_the_acceptance_is_not_scored()
    {
        var exchange = await rig.InReview();
        await rig.Service.Accept(exchange.Id, ExchangeRig.Owner, "Fine.", cancel);
        await rig.Registry.Retire("tables", 1, ExchangeRig.Owner, cancel);
        Assert.Equal("model.not-locked", (await Assert.ThrowsAsync<BadInputException>(async () => await rig.Run((await Scoring(exchange))!))).Code);
        Assert.Equal((ExchangeState.Rejected, "model.not-locked"), ((await rig.Find(exchange.Id)).State, (await rig.Find(exchange.Id)).Reason!.Code));
        Assert.Empty(await rig.Files(AreaNames.Results));
    }

    [Fact]
    public async Task Nothing_comes_to_the_owner_of_an_exchange_that_was_ended_while_it_was_scored()
    {
        var exchange = await rig.InReview();
        await rig.Service.Accept(exchange.Id, ExchangeRig.Owner, "Fine.", cancel);
        await rig.Service.Revoke(exchange.Id, ExchangeRig.Owner, "The agreement ended.", cancel);
        var job = (await Scoring(exchange))!;
        Assert.True(job.CancelRequested);
        await Assert.ThrowsAsync<BadInputException>(() => rig.Run(job));
        Assert.Equal(ExchangeState.Revoked, (await rig.Find(exchange.Id)).State);
        Assert.Empty(await rig.Files(AreaNames.Results));
    }

    [Fact]
    public async Task Files_overwritten_after_the_intake_are_not_scored()
    {
        var exchange = await rig.InReview();
        await rig.Upload(exchange, "clinical.csv", TabularCohort.Clinical("Z", 60));
        await rig.Service.Accept(exchange.Id, ExchangeRig.Owner, "Fine.", cancel);
        // Never another cohort than the one that was reviewed.
        await Assert.ThrowsAnyAsync<RadiogenomicsException>(async () => await rig.Run((await Scoring(exchange))!));
        Assert.NotEqual(ExchangeState.Released, (await rig.Find(exchange.Id)).State);
        Assert.Empty(await rig.Files(AreaNames.Results));
    }

    private Task<JobRecord?> Scoring(Exchange exchange) => rig.Jobs.Find(ExchangeJobs.ScoringId(exchange.Id, exchange.Submission.Number), cancel);

    private async Task<List<string>> Everything(Exchange exchange)
    {
        var all = new List<string>();
        foreach (var area in new[] { ExchangeAreas.Outbox(exchange.Id, 1), AreaNames.Results })
        {
            foreach (var path in await rig.Files(area))
                all.Add($"{area}/{path} {CanonicalJson.Hex(Encoding.UTF8.GetBytes((await rig.Read(area, path))!))}");
        }
        return all;
    }
}
