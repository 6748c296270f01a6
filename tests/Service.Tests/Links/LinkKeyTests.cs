using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Links;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Folders;

namespace RadiogenomicsCloud.Service.Tests.Links;

public sealed class LinkKeyTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Processes_that_make_the_key_at_once_agree_and_nobody_else_may_read_it()
    {
        var file = folder.At("records/.link-key");
        var keys = new byte[8][];
        Parallel.For(0, keys.Length, i => keys[i] = new LinkKey(file).Read());
        Assert.Single(keys.Select(Convert.ToHexString).Distinct());
        Assert.Equal(32, keys[0].Length);
        Assert.Single(Directory.GetFiles(folder.At("records")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_damaged_key_signs_nothing()
    {
        var file = folder.Write("records/.link-key", "short");
        Assert.Equal("links.key", Assert.Throws<StorageException>(() => new LinkKey(file).Read()).Code);
    }

    [Fact]
    public async Task A_link_outlives_the_process_that_made_it()
    {
        var request = new LinkRequest("x-site", LinkRight.Read, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), null);
        var links = new List<Uri>();
        for (var process = 0; process < 2; process++)
        {
            await using var storage = FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0);
            storage.FolderLinks.ServeAt(new Uri("https://example.org"));
            links.Add(await storage.Links.Issue(request, TestContext.Current.CancellationToken));
        }
        Assert.Single(links.Distinct());
    }

    [Theory]
    [InlineData("http://example.org")]
    [InlineData("ftp://localhost")]
    [InlineData("https://user:word@example.org")]
    [InlineData("https://example.org/?a=b")]
    public async Task Links_lead_to_https_or_to_this_machine(string address)
    {
        await using var storage = FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0);
        Assert.Throws<BadInputException>(() => storage.FolderLinks.ServeAt(new Uri(address)));
        var request = new LinkRequest("x-site", LinkRight.Read, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), null);
        Assert.Equal(
            "links.no_endpoint",
            (await Assert.ThrowsAsync<StorageException>(() => storage.Links.Issue(request, TestContext.Current.CancellationToken))).Code);
    }

    [Fact]
    public async Task The_store_of_the_pipeline_has_no_links()
    {
        await using var storage = FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0);
        storage.FolderLinks.ServeAt(new Uri("http://[::1]:80"));
        foreach (var area in new[] { "store", "records", "../x", "" })
        {
            var request = new LinkRequest(area, LinkRight.Read, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), null);
            await Assert.ThrowsAsync<BadInputException>(() => storage.Links.Issue(request, TestContext.Current.CancellationToken));
        }
    }
}
