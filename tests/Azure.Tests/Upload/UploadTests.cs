using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Azure.Tests.Faults;
using RadiogenomicsCloud.Azure.Tests.Links;
using RadiogenomicsCloud.AzureStorage;
using RadiogenomicsCloud.AzureStorage.Upload;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Links;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Tests.Azurite;

namespace RadiogenomicsCloud.Azure.Tests.Upload;

public sealed class UploadTests : IDisposable
{
    private const int Small = 6;
    private const int LargeBytes = 5 * BlobUploadTarget.BlockBytes + 1000;

    private readonly string folder = Directory.CreateTempSubdirectory("radiogenomics-upload-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Area { get; } = "x-" + Guid.NewGuid().ToString("n")[..16];

    private string Cohort => Path.Combine(folder, "cohort");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_file_arrives_with_its_bytes_and_the_manifest_is_last_and_lists_them()
    {
        Write(large: true);
        var order = new List<string>();
        var transport = new FaultyTransport((request, _) =>
        {
            lock (order)
                order.Add(request.Uri.ToUri().AbsolutePath);
            return Fate.Pass;
        });
        var result = await Upload(await Link(LinkRight.CreateOrOverwrite), transport);
        Assert.Equal((Small + 1, Small + 1, true, 0), (result.Files, result.FilesSent, result.ManifestSent, result.FilesFound));
        Assert.Equal(result.Bytes, result.BytesSent);
        Assert.EndsWith("/" + CohortManifest.FileName, order[^1], StringComparison.Ordinal);
        Assert.Single(order, path => path.EndsWith(CohortManifest.FileName, StringComparison.Ordinal));
        await HasArrivedWhole();
    }

    [Fact]
    public async Task An_upload_that_was_cut_short_goes_on_with_what_is_missing()
    {
        Write(large: true);
        var link = await Link(LinkRight.CreateOrOverwrite);
        var (blocks, files) = (0, 0);
        FaultyTransport Counting(int most) => new((request, _) =>
        {
            var block = request.Uri.Query.Contains("comp=block", StringComparison.Ordinal) && !request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal);
            if (block && blocks == most)
                return Fate.Refuse;
            _ = block ? blocks++ : files++; // One request at a time.
            return Fate.Pass;
        });
        await Assert.ThrowsAsync<TransientException>(() => Upload(link, Counting(most: 3), parallel: 1));
        Assert.Null(await (await Storage()).Files.Area(Area).Find(CohortManifest.FileName, Cancel));
        Assert.Equal(3, blocks);
        var result = await Upload(link, Counting(most: int.MaxValue), parallel: 1);
        await HasArrivedWhole();
        Assert.Equal(6, blocks); // None twice.
        Assert.Equal(Small + 2, files); // Each small file, the list of the blocks, the manifest: none twice.
        Assert.Equal(LargeBytes - (3 * BlobUploadTarget.BlockBytes), result.BytesSent - OfShortFilesAfter("large"));
    }

    [Fact]
    public async Task An_upload_that_is_done_sends_nothing_and_one_with_two_more_files_sends_those_and_the_manifest()
    {
        Write(large: false);
        var link = await Link(LinkRight.CreateOrOverwrite);
        await Upload(link);
        var nothing = new FaultyTransport((_, _) => Fate.Pass);
        var again = await Upload(link, nothing);
        Assert.Equal((0, 0, 0L, false), (nothing.Requests, again.FilesSent, again.BytesSent, again.ManifestSent));
        File.WriteAllText(Path.Combine(Cohort, "imaging", "new-1"), "1");
        File.WriteAllText(Path.Combine(Cohort, "imaging", "new-2"), "2");
        var more = new FaultyTransport((_, _) => Fate.Pass);
        var result = await Upload(link, more);
        Assert.Equal((2, 2L, true), (result.FilesSent, result.BytesSent, result.ManifestSent));
        await HasArrivedWhole();
    }

    [Fact]
    public async Task A_link_that_only_creates_takes_short_files_and_long_ones_at_once()
    {
        Write(large: true); // The emulator refuses blocks under this right, as services before 2026-04-06 do.
        await Upload(await Link(LinkRight.Create));
        await HasArrivedWhole();
    }

    [Fact]
    public async Task What_is_there_and_cannot_be_looked_at_is_left_to_the_service_but_a_manifest_is_not()
    {
        Write(large: false);
        var server = await AzuriteIdentity.Require();
        var https = new HttpClientTransport(AzuriteIdentity.Http);
        await using var storage = AzureServiceStorage.Open(
            AzureStorageAddress.Of(server.Blobs, server.Tables), new() { Credential = new TestCredential(), Transport = https });
        await storage.Files.Create(Area, Cancel);
        var link = await storage.Links.Issue(Request(LinkRight.Create), Cancel);
        await Upload(link, https);
        // Another machine, or the state was lost.
        var problem = await Assert.ThrowsAsync<StorageException>(() => Upload(link, https, afresh: true));
        Assert.Equal("upload.complete_already", problem.Code);
        await storage.Files.Area(Area).Delete(CohortManifest.FileName, Cancel);
        var result = await Upload(link, https, afresh: true);
        Assert.Equal((Small, 0, true), (result.FilesFound, result.FilesSent, result.ManifestSent));
    }

    [Fact]
    public async Task Who_is_signed_in_uploads_without_a_link()
    {
        Write(large: true);
        var server = await AzuriteIdentity.Require();
        var https = new HttpClientTransport(AzuriteIdentity.Http);
        await using var storage = AzureServiceStorage.Open(
            AzureStorageAddress.Of(server.Blobs, server.Tables), new() { Credential = new TestCredential(), Transport = https });
        await storage.Files.Create(Area, Cancel);
        await Upload(new Uri(server.Blobs + "/" + Area + "/name"), https);
        Assert.Equal(Small + 2, await storage.Files.Area(Area).List("name/", Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task The_same_client_uploads_to_the_links_of_a_folder()
    {
        Write(large: true);
        await using var storage = FolderServiceStorage.Open(Path.Combine(folder, "service"), TimeProvider.System, freeBytes: 0);
        await storage.Prepare(Cancel);
        await storage.Files.Create(Area, Cancel);
        storage.FolderLinks.ServeAt(new Uri("http://localhost:5080"));
        var gateway = new GatewayHandler(new BlobGateway(storage, BlobLimits.Default, NullLogger<BlobGateway>.Instance));
        var link = await storage.Links.Issue(Request(storage.Links.UploadRight), Cancel);
        await Upload(link, new HttpClientTransport(new HttpClient(gateway)));
        await HasArrivedWhole(storage, "");
        var problem = await Assert.ThrowsAsync<StorageException>(() => Upload(link, new HttpClientTransport(new HttpClient(gateway)), afresh: true));
        Assert.Equal("upload.complete_already", problem.Code);
    }

    [Fact]
    public async Task A_file_that_changed_is_replaced_where_the_link_allows_and_named_where_it_does_not()
    {
        Write(large: false);
        var create = await Link(LinkRight.Create);
        await Upload(create);
        File.WriteAllText(Path.Combine(Cohort, "clinical.csv"), "case_id,response\nA,0\n");
        var problem = await Assert.ThrowsAsync<StorageException>(() => Upload(create));
        Assert.Equal(("upload.cannot_replace", "clinical.csv"), (problem.Code, problem.Where));
        await Upload(await Link(LinkRight.CreateOrOverwrite));
        await HasArrivedWhole();
    }

    [Theory]
    [InlineData("""[{"error": "conflict"}]""")]
    [InlineData("""{"error": {}}""")]
    [InlineData("<html>conflict</html>")]
    public async Task An_answer_that_is_none_of_the_services_is_a_storage_error_and_no_crash(string body)
    {
        Write(large: false);
        var problem = await Assert.ThrowsAnyAsync<RadiogenomicsException>(
            async () => await Upload(await Link(LinkRight.Create), new HttpClientTransport(new HttpClient(new StrangerHandler(body)))));
        Assert.StartsWith("storage.", problem.Code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fate.Busy)]
    [InlineData(Fate.LoseAnswer)]
    [InlineData(Fate.BusyAfterwards)]
    internal async Task A_bad_network_costs_tries_and_nothing_else(Fate fate)
    {
        Write(large: true);
        await Upload(await Link(LinkRight.CreateOrOverwrite), new FaultyTransport((_, number) => number % 3 == 0 ? fate : Fate.Pass));
        await HasArrivedWhole();
    }

    [Fact]
    public async Task Blocks_that_the_service_dropped_are_sent_again()
    {
        Write(large: true);
        var link = await Link(LinkRight.CreateOrOverwrite);
        await Assert.ThrowsAsync<TransientException>(() => Upload(
            link, new FaultyTransport((request, _) => request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal) ? Fate.Refuse : Fate.Pass)));
        var area = (await Storage()).Files.Area(Area);
        await area.Write("imaging/large.zip", stream => stream.WriteAsync(new byte[] { 1 }, Cancel).AsTask(), WriteCondition.None, Cancel); // Drops what was staged.
        await Upload(link);
        await HasArrivedWhole();
    }

    [Fact]
    public async Task A_refusal_is_one_sentence_without_the_signature()
    {
        Write(large: false);
        var read = await Link(LinkRight.Read);
        var revoked = await Link(LinkRight.CreateOrOverwrite);
        await (await Storage()).Links.Revoke(Area, Cancel);
        var gone = await Link(LinkRight.CreateOrOverwrite);
        var signature = revoked.Query[(revoked.Query.IndexOf("sig=", StringComparison.Ordinal) + 4)..];
        await Refused("link.refused", revoked);
        await (await Storage()).Links.Issue(Request(LinkRight.Read), Cancel);
        await Refused("link.refused", read);
        await Refused("link.right", await Link(LinkRight.Read));
        await Refused("link.refused", new Uri(gone.ToString()[..^6]));
        await Refused("link.refused", new UriBuilder(gone) { Path = gone.AbsolutePath + "-2" }.Uri);
        await (await Storage()).Files.Delete(Area, Cancel);
        var missing = await Assert.ThrowsAnyAsync<RadiogenomicsException>(() => Upload(gone));
        Assert.Contains(missing.Code, new[] { "link.missing", "link.refused", "storage.busy" });
        await Refused("storage.unreachable", new Uri("http://127.0.0.1:9/x?sig=abc"));

        async Task Refused(string code, Uri link)
        {
            var problem = await Assert.ThrowsAnyAsync<RadiogenomicsException>(() => Upload(link));
            Assert.Equal(code, problem.Code);
            Assert.DoesNotContain(signature, problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("sig=", problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("link.address", "https://")]
    [InlineData("link.address", "https://account.blob.core.windows.net")]
    [InlineData("link.not_https", "http://account.blob.core.windows.net/x?sig=secret")]
    [InlineData("link.expired", "https://account.blob.core.windows.net/x?sp=c&se=2026-01-01T00%3A00%3A00Z&sig=secret")]
    [InlineData("link.right", "https://account.blob.core.windows.net/x?sp=r&se=2036-01-01&sig=secret")]
    public void A_link_that_cannot_do_is_known_before_anything_is_sent(string code, string link)
    {
        var problem = Assert.Throws<BadInputException>(() => UploadLink.Parse(link, new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(code, problem.Code);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_below_the_area_is_kept()
    {
        Write(large: false);
        var link = await Link(LinkRight.CreateOrOverwrite);
        await Upload(new UriBuilder(link) { Path = link.AbsolutePath + "/some-cohort" }.Uri);
        await HasArrivedWhole("some-cohort/");
    }

    [Fact]
    public async Task Two_uploads_to_one_place_do_not_run_at_once()
    {
        Write(large: false);
        var link = await Link(LinkRight.CreateOrOverwrite);
        using var held = UploadState.Open(Path.Combine(folder, "state"), UploadLink.Parse(link.ToString(), DateTimeOffset.UtcNow).Description, afresh: false);
        Assert.Equal("upload.state", (await Assert.ThrowsAsync<StorageException>(() => Upload(link))).Code);
    }

    private void Write(bool large)
    {
        Directory.CreateDirectory(Path.Combine(Cohort, "imaging", "A b"));
        File.WriteAllText(Path.Combine(Cohort, "study.yaml"), "schema: 1\n");
        File.WriteAllText(Path.Combine(Cohort, "clinical.csv"), "case_id,response\nA,1\n");
        File.WriteAllBytes(Path.Combine(Cohort, "imaging", "empty"), []);
        for (var i = 3; i < Small; i++)
            File.WriteAllBytes(Path.Combine(Cohort, "imaging", "A b", $"ä#{i}%20.dcm"), RandomNumberGenerator.GetBytes(10_000 * i));
        if (large)
            File.WriteAllBytes(Path.Combine(Cohort, "imaging", "large.zip"), RandomNumberGenerator.GetBytes(LargeBytes));
    }

    /// <summary>Bytes of the files that are sent after one, one at a time in ordinal order.</summary>
    private long OfShortFilesAfter(string name) => Directory.EnumerateFiles(Cohort, "*", SearchOption.AllDirectories)
        .Where(f => string.CompareOrdinal(Path.GetRelativePath(Cohort, f).Replace('\\', '/'), "imaging/" + name + ".zip") > 0)
        .Sum(f => new FileInfo(f).Length);

    private static async Task<IServiceStorage> Storage() => await OnAzurite.Open();

    private LinkRequest Request(LinkRight right) =>
        new(Area, right, TimeProvider.System.GetUtcNow().AddMinutes(-15), TimeProvider.System.GetUtcNow().AddHours(1), null);

    private async Task<Uri> Link(LinkRight right)
    {
        await using var storage = await Storage();
        await storage.Files.Create(Area, Cancel);
        return await storage.Links.Issue(Request(right), Cancel);
    }

    private async Task<UploadResult> Upload(Uri link, HttpPipelineTransport? transport = null, int parallel = 4, bool afresh = false)
    {
        var settings = new AzureStorageOptions { Transport = transport, Credential = new TestCredential(), Retries = 3, RetryDelay = TimeSpan.FromMilliseconds(1) };
        using var target = new BlobUploadTarget(UploadLink.Parse(link.ToString(), TimeProvider.System.GetUtcNow()), parallel, settings);
        using var state = UploadState.Open(Path.Combine(folder, "state"), target.Description, afresh);
        var cohort = new FolderCohort(Cohort);
        return await new CohortUpload(target, state, parallel).Run(cohort, await cohort.List(Cancel), "Site A", new("PS3.15 basic profile", null), Cancel);
    }

    private async Task HasArrivedWhole(string prefix = "")
    {
        await using var storage = await Storage();
        await HasArrivedWhole(storage, prefix);
    }

    private async Task HasArrivedWhole(IServiceStorage storage, string prefix)
    {
        var area = storage.Files.Area(Area);
        var local = await new FolderCohort(Cohort).List(Cancel);
        await using var stream = await area.Open(prefix + CohortManifest.FileName, null, Cancel);
        var manifest = await CohortManifest.Read(stream!, new IntakeLimits(), Cancel);
        Assert.Equal(("Site A", "PS3.15 basic profile"), (manifest!.Site, manifest.Deidentification!.Method));
        Assert.Equal(local.Select(f => (f.Path, f.Length, f.Sha256)), manifest.Files.Select(f => (f.Path, f.Size, f.Sha256)));
        var there = await area.List(prefix, Cancel).ToListAsync(Cancel);
        Assert.Equal(local.Select(f => prefix + f.Path).Append(prefix + CohortManifest.FileName).Order(StringComparer.Ordinal), there.Select(f => f.Path));
        foreach (var file in local)
        {
            await using var content = await area.Open(prefix + file.Path, null, Cancel);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(content!, Cancel)));
        }
    }
}
