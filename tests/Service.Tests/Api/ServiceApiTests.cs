using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Tests.Api;

public sealed class ServiceApiTests
{
    [Theory]
    [InlineData("GET", "/", 404, "request.path")]
    [InlineData("GET", "/api", 404, "request.path")]
    [InlineData("GET", "/api/jobs/", 404, "request.path")]
    [InlineData("GET", "/api/jobs/none", 404, "request.unknown")]
    [InlineData("GET", "/api/jobs/a b", 404, "request.unknown")]
    [InlineData("GET", "/api/exchanges/none", 404, "request.unknown")]
    [InlineData("DELETE", "/api/jobs", 405, "request.method")]
    [InlineData("GET", "/api/jobs?limit=0", 400, "request.page")]
    [InlineData("GET", "/api/jobs?limit=501", 400, "request.page")]
    [InlineData("GET", "/api/jobs?offset=-1", 400, "request.page")]
    [InlineData("POST", "/api/cohorts/Not_a_name/start", 400, "cohort.name")]
    [InlineData("POST", "/api/cohorts/demo/start", 400, "cohort.incomplete")]
    [InlineData("POST", "/api/models/none/1/lock", 404, "model.missing")]
    [InlineData("POST", "/api/models/none/x/lock", 404, "request.unknown")]
    public async Task What_cannot_be_answered_is_told_by_status_and_code(string method, string path, int status, string code)
    {
        await using var rig = new ApiRig();
        var answer = await rig.Ask(method, path);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.StartsWith("application/json", answer.ContentType, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "request.json")]
    [InlineData("[]", "request.json")]
    [InlineData("{\"hours\":\"many\"}", "request.json")]
    [InlineData("{\"hours\":1,\"more\":2}", "request.json")]
    [InlineData("{\"hours\":0}", "link.hours")]
    [InlineData("{\"hours\":168}", "link.hours")]
    public async Task A_body_of_another_shape_is_refused(string body, string code)
    {
        await using var rig = new ApiRig();
        var answer = await rig.Ask("POST", "/api/cohorts/demo/links", body);
        Assert.Equal((400, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var rig = new ApiRig();
        var answer = await rig.Ask("POST", "/api/cohorts/demo/links", "{\"hours\":1}" + new string(' ', 64 * 1024));
        Assert.Equal((413, "request.too-large"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_link_for_a_cohort_leads_below_its_name()
    {
        await using var rig = new ApiRig();
        var answer = await rig.Ask("POST", "/api/cohorts/demo/links", "{\"hours\":2}");
        Assert.Equal(201, answer.Status);
        var link = new Uri(answer.Json.GetProperty("link").GetString()!);
        Assert.Equal("/blob/cohorts/demo", link.AbsolutePath);
        Assert.Contains("sig=", link.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owners_links_are_in_a_ledger_without_what_opens_and_can_be_ended()
    {
        await using var rig = new ApiRig();
        for (var n = 0; n < 2; n++)
            Assert.Equal(201, (await rig.Ask("POST", "/api/cohorts/demo/links", "{\"hours\":2}", who: "ann")).Status);
        var revoked = await rig.Ask("POST", "/api/links/revoke", who: "ben");
        Assert.Equal(200, revoked.Status);
        var ledger = (await rig.Ask("GET", "/api/links")).Json;
        Assert.Equal(
            [("ann", false), ("ann", false), ("ben", true)],
            ledger.GetProperty("items").EnumerateArray().Select(entry => (entry.GetProperty("by").GetString(), entry.GetProperty("revocation").GetBoolean())));
        Assert.DoesNotContain("sig", ledger.GetProperty("items")[0].ToString().Replace("\"signature\"", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Jobs_come_newest_first_in_pages_with_the_progress_that_the_host_knows()
    {
        await using var rig = new ApiRig();
        await rig.Job(ApiRig.Sample("old", JobState.Completed));
        await rig.Job(ApiRig.Sample("live", minute: 2));
        await rig.Job(ApiRig.Sample("middle", JobState.Failed, minute: 1));
        var page = (await rig.Ask("GET", "/api/jobs?limit=2")).Json;
        Assert.Equal(["live", "middle"], page.GetProperty("items").EnumerateArray().Select(job => job.GetProperty("id").GetString()));
        Assert.Equal(3, page.GetProperty("total").GetInt32());
        Assert.Equal(3, page.GetProperty("items")[0].GetProperty("progress").GetProperty("done").GetInt32());
        var failed = (await rig.Ask("GET", "/api/jobs?state=failed")).Json;
        Assert.Equal("middle", Assert.Single(failed.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task To_cancel_marks_the_job_and_wakes_the_host()
    {
        await using var rig = new ApiRig();
        await rig.Job(ApiRig.Sample("live"));
        Assert.True((await rig.Ask("POST", "/api/jobs/live/cancel", "{}")).Json.GetProperty("cancelRequested").GetBoolean());
        Assert.Equal(["live"], rig.Started);
    }

    [Fact]
    public async Task A_look_that_failed_is_started_again_on_a_persons_word_and_other_jobs_by_what_they_are_of()
    {
        await using var rig = new ApiRig();
        await rig.Job(ApiRig.Sample("look", JobState.Failed, JobKind.Revalidation));
        await rig.Job(ApiRig.Sample("done", JobState.Completed, JobKind.Revalidation));
        await rig.Job(ApiRig.Sample("run", JobState.Failed));
        Assert.Equal("Queued", (await rig.Ask("POST", "/api/jobs/look/start", "{}")).Json.GetProperty("state").GetString());
        Assert.Equal("Completed", (await rig.Ask("POST", "/api/jobs/done/start", "{}")).Json.GetProperty("state").GetString());
        var refused = await rig.Ask("POST", "/api/jobs/run/start", "{}");
        Assert.Equal((400, "job.kind"), (refused.Status, refused.Code));
        Assert.Equal(404, (await rig.Ask("POST", "/api/jobs/none/start", "{}")).Status);
        Assert.Equal(["look"], rig.Started);
    }

    [Fact]
    public async Task A_complete_cohort_is_started_once_and_a_failed_one_again_on_a_persons_word()
    {
        await using var rig = new ApiRig();
        await rig.Put("cohorts", "demo/_COMPLETE", "");
        var first = await rig.Ask("POST", "/api/cohorts/demo/start", "{}");
        var second = await rig.Ask("POST", "/api/cohorts/demo/start", "{}");
        Assert.Equal((202, 200), (first.Status, second.Status));
        var id = Assert.Single(rig.Started);
        await rig.Parts.Jobs.Change(id, job => job with { State = JobState.Failed, Attempts = 4 }, TestContext.Current.CancellationToken);
        var third = await rig.Ask("POST", "/api/cohorts/demo/start", "{}");
        Assert.Equal((202, "Queued"), (third.Status, third.Json.GetProperty("state").GetString()));
        Assert.Equal([id, id], rig.Started);
    }

    [Fact]
    public async Task Cases_are_read_from_the_results_narrowed_paged_and_counted()
    {
        await using var rig = new ApiRig();
        await rig.Put("results", "demo/run/cases.csv", """"
            case_id,patient,site,status,stage,reason,warnings
            A-1,P1,,analysed,,,w1 | w2
            A-2,P2,,failed,imaging pet,"broken, ""really""",
            B-1,P3,,excluded,endpoint,no endpoint,

            """");
        await rig.Job(ApiRig.Sample("done", JobState.Completed) with { ResultsPrefix = "demo/run/" });
        var all = (await rig.Ask("GET", "/api/jobs/done/cases")).Json;
        Assert.Equal(3, all.GetProperty("total").GetInt32());
        Assert.Equal(
            ["analysed  1", "failed imaging pet 1", "excluded endpoint 1"],
            all.GetProperty("counts").EnumerateArray().Select(c => $"{c.GetProperty("status")} {c.GetProperty("stage")} {c.GetProperty("cases")}"));
        var failed = Assert.Single((await rig.Ask("GET", "/api/jobs/done/cases?status=failed&stage=imaging%20pet")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("broken, \"really\"", failed.GetProperty("reason").GetString());
        Assert.Equal("B-1", (await rig.Ask("GET", "/api/jobs/done/cases?find=b-")).Json.GetProperty("items")[0].GetProperty("case").GetString());
        Assert.Equal("A-2", (await rig.Ask("GET", "/api/jobs/done/cases?offset=1&limit=1")).Json.GetProperty("items")[0].GetProperty("case").GetString());
    }

    [Theory]
    [InlineData(JobKind.ExchangeIntake)]
    [InlineData(JobKind.ExchangeScoring)]
    public async Task Cases_and_reports_of_a_partner_are_not_shown_to_the_owner(JobKind kind)
    {
        await using var rig = new ApiRig();
        await rig.Put("results", "exchanges/x/1/cases.csv", "case_id,patient,site,status,stage,reason,warnings\nA-1,P1,,analysed,,,\n");
        await rig.Job(ApiRig.Sample("partner", JobState.Completed, kind) with { ResultsPrefix = "exchanges/x/1/" });
        Assert.Equal(0, (await rig.Ask("GET", "/api/jobs/partner/cases")).Json.GetProperty("total").GetInt32());
        Assert.False((await rig.Ask("GET", "/api/jobs/partner")).Json.TryGetProperty("report", out _));
    }

    [Fact]
    public async Task A_report_is_shown_in_a_sandbox_and_any_other_file_is_a_download()
    {
        await using var rig = new ApiRig();
        await rig.Put("results", "demo/run/report.html", "<script>alert(1)</script>");
        await rig.Put("results", "demo/run/figures/a.svg", "<svg onload=alert(1)>");
        await rig.Put("results", "demo/run/other.html", "<script>alert(1)</script>");
        var report = await rig.Ask("GET", "/results/demo/run/report.html");
        Assert.StartsWith("sandbox; default-src 'none'", report.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("allow-", report.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("<script>alert(1)</script>", report.Text);
        foreach (var path in new[] { "figures/a.svg", "other.html" })
        {
            var file = await rig.Ask("GET", "/results/demo/run/" + path);
            Assert.StartsWith("attachment", file.Headers["Content-Disposition"], StringComparison.Ordinal);
            Assert.StartsWith("sandbox", file.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/results/../cohorts/demo/_COMPLETE")]
    [InlineData("/results/demo/../../cohorts/demo/_COMPLETE")]
    [InlineData("/results/demo\\..\\..\\cohorts\\demo\\_COMPLETE")]
    [InlineData("/results//etc/passwd")]
    [InlineData("/results/")]
    [InlineData("/results/demo/\0")]
    public async Task A_path_that_leads_out_of_the_results_leads_nowhere(string path)
    {
        await using var rig = new ApiRig();
        await rig.Put("cohorts", "demo/_COMPLETE", "");
        Assert.Equal(404, (await rig.Ask("GET", path)).Status);
    }

    [Fact]
    public async Task A_model_is_locked_by_those_who_may_and_by_nobody_else()
    {
        await using var rig = new ApiRig();
        var name = await rig.Model(locked: false);
        var refused = await rig.Ask("POST", $"/api/models/{name}/1/lock", "{}", who: "someone");
        Assert.Equal((403, "model.not-allowed"), (refused.Status, refused.Code));
        Assert.Equal("Locked", (await rig.Ask("POST", $"/api/models/{name}/1/lock", "{}")).Json.GetProperty("state").GetString());
        Assert.Equal("Retired", (await rig.Ask("POST", $"/api/models/{name}/1/retire", "{}")).Json.GetProperty("state").GetString());
        Assert.Equal(409, (await rig.Ask("POST", $"/api/models/{name}/1/lock", "{}")).Status);
        Assert.Equal("Retired", (await rig.Ask("GET", "/api/models")).Json.GetProperty("items")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Looks_at_a_model_lead_to_their_reports()
    {
        await using var rig = new ApiRig();
        var name = await rig.Model(locked: true);
        Assert.Equal(0, (await rig.Ask("GET", $"/api/models/{name}/looks")).Json.GetProperty("total").GetInt32());
        await rig.Look(name, alerts: 2);
        var look = Assert.Single((await rig.Ask("GET", $"/api/models/{name}/looks")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal((2, 7), (look.GetProperty("alerts").GetInt32(), look.GetProperty("newCases").GetInt32()));
        Assert.Equal($"/results/revalidation/{name}/1/report.html", look.GetProperty("report").GetString());
    }

    [Fact]
    public async Task An_exchange_goes_from_invitation_to_revocation_with_its_history_and_no_link_is_ever_shown_again()
    {
        await using var rig = new ApiRig();
        var name = await rig.Model(locked: true);
        var invited = await rig.Ask("POST", "/api/exchanges", $$"""{"partner":"<b>Site</b>","model":"{{name}}","version":1,"uploadDays":3}""");
        Assert.Equal(201, invited.Status);
        Assert.Equal(2, invited.Json.GetProperty("links").GetArrayLength());
        var id = invited.Json.GetProperty("exchange").GetProperty("id").GetString();
        var early = await rig.Ask("POST", $"/api/exchanges/{id}/accept", """{"reason":"too early"}""");
        Assert.Equal((409, "exchange.not-now"), (early.Status, early.Code));
        Assert.Equal(201, (await rig.Ask("POST", $"/api/exchanges/{id}/links", """{"purpose":"Upload"}""")).Status);
        Assert.Equal(200, (await rig.Ask("POST", $"/api/exchanges/{id}/revoke", """{"reason":"over"}""")).Status);
        var shown = await rig.Ask("GET", $"/api/exchanges/{id}");
        Assert.Equal("Revoked", shown.Json.GetProperty("exchange").GetProperty("state").GetString());
        Assert.Contains(shown.Json.GetProperty("history").EnumerateArray(), entry => entry.GetProperty("what").GetString() == "exchange.refused");
        Assert.True(shown.Json.GetProperty("links").GetArrayLength() >= 3);
        Assert.DoesNotContain("sig=", shown.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(366)]
    [InlineData(int.MaxValue)]
    public async Task Days_to_upload_out_of_range_are_refused(int days)
    {
        await using var rig = new ApiRig();
        var name = await rig.Model(locked: true);
        var answer = await rig.Ask("POST", "/api/exchanges", $$"""{"partner":"Site","model":"{{name}}","version":1,"uploadDays":{{days}}}""");
        Assert.Equal((400, "exchange.upload-time"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_history_of_a_run_is_read_in_pages()
    {
        await using var rig = new ApiRig();
        await rig.Job(ApiRig.Sample("live"));
        var ledger = rig.Storage.Ledger("live");
        for (var n = 0; n < 3; n++)
            await ledger.Append("step", new Dictionary<string, string> { ["n"] = n.ToString(System.Globalization.CultureInfo.InvariantCulture) }, TestContext.Current.CancellationToken);
        var page = (await rig.Ask("GET", "/api/jobs/live/ledger?offset=1&limit=1")).Json;
        Assert.Equal("1", page.GetProperty("items")[0].GetProperty("facts").GetProperty("n").GetString());
        Assert.True(page.GetProperty("more").GetBoolean());
        Assert.False((await rig.Ask("GET", "/api/jobs/live/ledger?offset=2&limit=1")).Json.GetProperty("more").GetBoolean());
    }

    [Fact]
    public async Task Health_names_the_storage_and_who_asks()
    {
        await using var rig = new ApiRig();
        var health = (await rig.Ask("GET", "/api/health")).Json;
        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal(ApiRig.Owner, health.GetProperty("you").GetString());
        Assert.Equal(rig.Storage.Description, health.GetProperty("storage").GetString());
    }
}
