using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Cli.Tests.Hostile;

/// <summary>What a partner can upload: kept out or harmless, with the reason where the partner finds it, and not a word of it before the owner.</summary>
public class SubmissionAttackTests(HostileService service)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Dictionary<string, byte[]> Tables() => new(StringComparer.Ordinal) { ["clinical.csv"] = Encoding.UTF8.GetBytes(HostileService.Clinical("N", 60)) };

    private static string Lines(IReadOnlyDictionary<string, byte[]> files) => string.Join(',', files.Select(f => Line(f.Key, f.Value.Length, Convert.ToHexString(SHA256.HashData(f.Value)))));

    private static string Line(string path, long size, string hash) => $$"""{"path":{{JsonSerializer.Serialize(path)}},"size":{{size.ToString(CultureInfo.InvariantCulture)}},"sha256":"{{hash}}"}""";

    private static byte[] Manifest(string files, string more = "") => Encoding.UTF8.GetBytes($$"""{"schema":1,{{more}}"files":[{{files}}]}""");

    [Fact]
    public async Task Images_that_name_a_patient_are_kept_out_whatever_they_are_disguised_as()
    {
        await service.Begin();
        var files = Tables();
        foreach (var (path, bytes) in IdentifiedImages.Files())
            files[path] = bytes;
        var site = "<script>alert(1)</script>=cmd|x";
        var submitted = await service.Submit(files, Manifest(Lines(files), $$"""
            "site":"{{site}}","deidentification":{"method":"<img src=x onerror=alert(1)>"},
            """));
        Assert.Equal("InReview", submitted.State);
        var intake = submitted.Intake!.Value;
        var cases = intake.GetProperty("cases").EnumerateArray().ToDictionary(c => c.GetProperty("caseId").GetString()!);
        Assert.Equal(IdentifiedImages.Codes.Keys.Order(StringComparer.Ordinal), cases.Keys.Order(StringComparer.Ordinal));
        Assert.All(IdentifiedImages.Codes, expected =>
        {
            var found = cases[expected.Key];
            Assert.Equal((expected.Key, expected.Value is null ? "Admitted" : "Quarantined"), (expected.Key, found.GetProperty("status").GetString()));
            var codes = found.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("code").GetString()).ToList();
            if (expected.Value is { } code)
                Assert.True(codes.Contains(code), $"{expected.Key}: {string.Join(' ', codes)}");
        });
        // The partner's own list says where, and not what stands there.
        Assert.DoesNotContain(IdentifiedImages.Secret, intake.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("19480211", intake.GetRawText(), StringComparison.Ordinal);

        // Nothing of it comes to the owner: not what the files say, nor what they are called.
        var job = submitted.Shown.GetProperty("job").GetProperty("id").GetString()!;
        var seen = new StringBuilder(submitted.Shown.GetRawText());
        foreach (var path in new[] { $"/api/jobs/{job}", $"/api/jobs/{job}/cases", $"/api/jobs/{job}/ledger", $"/api/jobs/{job}/files", "/api/jobs" })
            seen.Append((await service.Serve.Get(path)).GetRawText());
        foreach (var word in new[] { IdentifiedImages.Secret, "19480211", "as-directory", "imaging/", "alert", "N000" })
            Assert.DoesNotContain(word, seen.ToString(), StringComparison.Ordinal);
        // How many cases there are is told as agreed, rounded, and not by the way.
        Assert.False((await service.Serve.Get($"/api/jobs/{job}")).TryGetProperty("progress", out var progress) && progress.GetProperty("total").GetInt32() > 0);
        Assert.Empty((await service.Serve.Get($"/api/jobs/{job}/ledger")).GetProperty("items").EnumerateArray());
        var counts = submitted.Shown.GetProperty("exchange").GetProperty("submission").GetProperty("intake");
        Assert.Equal((0, 20), (counts.GetProperty("admittedAtLeast").GetInt32(), counts.GetProperty("quarantinedAtLeast").GetInt32()));
        Assert.True(PeakMemory() < 1_000_000_000, $"{PeakMemory()} bytes");
    }

    public static TheoryData<string, string> Manifests => new()
    {
        { "{", "manifest.json" },
        { "[]", "manifest.value" },
        { "{\"schema\":1,\"files\":" + new string('[', 5000), "manifest.value" },
        { "{\"x\":" + new string('[', 5000), "manifest.json" },
        { "\u0001\u0002", "manifest.json" },
        { """{"schema":2,"files":[]}""", "manifest.schema" },
        { """{"files":[]}""", "manifest.schema" },
        { """{"schema":1}""", "manifest.key" },
        { """{"schema":1,"files":[],"files":[]}""", "manifest.key" },
        { """{"schema":1,"__proto__":{},"files":[]}""", "manifest.key" },
        { """{"schema":1,"files":{"length":1}}""", "manifest.value" },
        { """{"schema":1,"site":"a\u202eb","files":[]}""", "manifest.value" },
        { """{"schema":1,"files":[]} {}""", "manifest.json" },
        { "{\"schema\":1,\"files\":[" + Line("../../records/x", 1, new string('0', 64)) + "]}", "manifest.path" },
        { "{\"schema\":1,\"files\":[" + Line("/etc/passwd", 1, new string('0', 64)) + "]}", "manifest.path" },
        { "{\"schema\":1,\"files\":[" + Line("a\\..\\b", 1, new string('0', 64)) + "]}", "manifest.path" },
        { "{\"schema\":1,\"files\":[" + Line("<script>.dcm", 1, new string('0', 64)) + "]}", "manifest.path" },
        { "{\"schema\":1,\"files\":[" + Line("a\u202Eb", 1, new string('0', 64)) + "]}", "manifest.path" },
        { "{\"schema\":1,\"files\":[" + Line("_COMPLETE", 1, new string('0', 64)) + "]}", "manifest.path" },
        { "{\"schema\":1,\"files\":[" + Line("a", 1, new string('0', 64)) + "," + Line("A", 1, new string('0', 64)) + "]}", "manifest.duplicate" },
        { "{\"schema\":1,\"files\":[" + Line("a", long.MaxValue, new string('0', 64)) + "]}", "cohort.too-large" },
        { "{\"schema\":1,\"files\":[" + Line("a", 1, "zz") + "]}", "manifest.value" },
        { "{\"schema\":1,\"files\":[" + Line("clinical.csv", 1, new string('0', 64)) + "]}", "intake.size" },
        { "{\"schema\":1,\"files\":[" + Line("genomics/absent.csv", 1, new string('0', 64)) + "]}", "intake.missing" },
    };

    [Fact]
    public async Task A_manifest_that_is_wrong_is_refused_with_the_reason_in_the_audit()
    {
        await service.Begin();
        // Side by side: each is an exchange of its own.
        await Parallel.ForEachAsync(Manifests, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel }, async (row, _) =>
        {
            var (marker, code) = row.Data;
            var submitted = await service.Submit(Tables(), Encoding.UTF8.GetBytes(marker));
            Assert.Equal((marker[..Math.Min(60, marker.Length)], "Rejected", code), (marker[..Math.Min(60, marker.Length)], submitted.State, submitted.Code));
            Assert.Equal(code, submitted.Problem!.Value.GetProperty("code").GetString());
            Assert.DoesNotContain(submitted.Problem.Value.GetProperty("message").GetString()!, c => char.IsControl(c) || c == '\u202E');
            var last = submitted.Shown.GetProperty("history").EnumerateArray().Last();
            Assert.Equal(("exchange.rejected", "service", code), (last.GetProperty("what").GetString(), last.GetProperty("who").GetString(), last.GetProperty("facts").GetProperty("code").GetString()));
        });
    }

    [Fact]
    public async Task A_table_that_is_not_what_was_promised_and_an_image_outside_the_cases_refuse_the_submission()
    {
        await service.Begin();
        var wrong = await service.Submit(Tables(), Manifest(Line("clinical.csv", Tables()["clinical.csv"].Length, new string('0', 64))));
        Assert.Equal(("Rejected", "intake.hash"), (wrong.State, wrong.Code));
        var files = Tables();
        files["notes/scan.txt"] = IdentifiedImages.Files()["imaging/name/1.dcm"];
        var outside = await service.Submit(files, []);
        Assert.Equal(("Rejected", "deid.outside"), (outside.State, outside.Code));
        Assert.DoesNotContain(IdentifiedImages.Secret, outside.Shown.GetRawText() + outside.Problem!.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marker_that_comes_again_changes_nothing_and_files_that_come_after_it_are_not_taken()
    {
        await service.Begin();
        var submitted = await service.Submit(Tables(), Manifest(Lines(Tables())));
        Assert.Equal(("InReview", 0), (submitted.State, submitted.Intake!.Value.GetProperty("totals").GetProperty("cases").GetInt32()));
        var upload = submitted.Exchange.Upload;
        Assert.Equal(403, (await service.Put(upload, "clinical.csv", [1])).Status);
        Assert.Equal(403, (await service.Put(upload, "_COMPLETE", [1])).Status);
        Assert.Equal(201, (await service.Put(upload, "imaging/late/1.dcm", IdentifiedImages.Files()["imaging/clean/1.dcm"])).Status);
        using (var accepted = await service.Post($"/api/exchanges/{submitted.Exchange.Id}/accept", new { reason = "<b>fine</b>" }))
            Assert.True(accepted.IsSuccessStatusCode);
        var shown = "";
        // The report, the state, then the aggregates.
        for (var clock = Stopwatch.StartNew(); !shown.Contains("\"aggregates\":{", StringComparison.Ordinal); await Task.Delay(200, Cancel))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), shown);
            shown = (await service.Serve.Get("/api/exchanges/" + submitted.Exchange.Id)).GetRawText();
        }
        var cases = await service.Get(submitted.Exchange.Results, "cases.csv");
        Assert.Equal(200, cases.Status);
        Assert.DoesNotContain("late", cases.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("N000", shown, StringComparison.Ordinal);
    }

    [LongFact]
    public async Task A_hundred_thousand_tiny_files_take_bounded_time_and_memory()
    {
        await service.Begin();
        const int Files = 100_000;
        var invited = await service.Invite();
        Assert.Equal(201, (await service.Put(invited.Upload, "clinical.csv", Tables()["clinical.csv"])).Status);
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Files, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (n, cancel) =>
        {
            using var put = new HttpRequestMessage(HttpMethod.Put, new UriBuilder(invited.Upload) { Path = $"{invited.Upload.AbsolutePath}/imaging/C{n % 4}/{n}.dcm" }.Uri) { Content = new ByteArrayContent([1]) };
            put.Headers.Add("x-ms-blob-type", "BlockBlob");
            using var answer = await client.SendAsync(put, cancel);
            Assert.Equal(201, (int)answer.StatusCode);
        });
        var uploaded = watch.Elapsed;
        Assert.Equal(201, (await service.Put(invited.Upload, "_COMPLETE", [])).Status);
        var submitted = await service.Decided(invited);
        var decided = watch.Elapsed - uploaded;
        TestContext.Current.TestOutputHelper?.WriteLine($"uploaded in {uploaded}, decided in {decided}, {PeakMemory() / 1_000_000} MB");
        Assert.Equal(("Rejected", "intake.nothing-admitted"), (submitted.State, submitted.Code));
        Assert.All(submitted.Intake!.Value.GetProperty("cases").EnumerateArray(), c => Assert.Equal("intake.too-many-files", c.GetProperty("reasons")[0].GetProperty("code").GetString()));
        Assert.True(decided < TimeSpan.FromMinutes(1), $"{decided}");
        Assert.True(PeakMemory() < 1_000_000_000, $"{PeakMemory()} bytes");
    }

    /// <summary>Of the service's process, in bytes; 0 where the system does not tell.</summary>
    private long PeakMemory()
    {
        using var process = Process.GetProcessById(service.Serve.ProcessId);
        return process.PeakWorkingSet64;
    }
}
