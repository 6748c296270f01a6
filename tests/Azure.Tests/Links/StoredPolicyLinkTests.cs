using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Azure.Tests.Links;

public sealed class StoredPolicyLinkTests : LinkContract
{
    private static readonly HttpClient Plain = new();

    protected override HttpClient Http => Plain;

    protected override Task<IServiceStorage> OpenStorage() => OnAzurite.Open();

    [Fact]
    public async Task A_revoked_link_is_void_and_stays_so_when_another_is_issued()
    {
        await using var storage = await Prepared();
        Assert.Equal("stored-policy", storage.Links.Signature);
        var read = Holds(await storage.Links.Issue(Request(LinkRight.Read), Cancel));
        var write = Holds(await storage.Links.Issue(Request(LinkRight.CreateOrOverwrite), Cancel));
        Assert.Equal((200, 201), (await read.Read("there"), await write.Put("new")));
        await storage.Links.Revoke(Area, Cancel);
        Assert.Equal((403, 403), (await read.Read("there"), await write.Put("new")));
        var again = Holds(await storage.Links.Issue(Request(LinkRight.Read), Cancel));
        Assert.Equal((200, 403), (await again.Read("there"), await read.Read("there")));
    }

    [Fact]
    public async Task Five_links_to_an_area_live_at_once_and_expired_ones_make_room()
    {
        await using var storage = await Prepared();
        await storage.Links.Issue(Request(LinkRight.Read, TimeSpan.FromSeconds(2)), Cancel);
        for (var i = 0; i < 4; i++)
            await storage.Links.Issue(Request(LinkRight.Read), Cancel);
        var full = await Assert.ThrowsAsync<BadInputException>(() => storage.Links.Issue(Request(LinkRight.Read), Cancel));
        Assert.Equal("link.too_many", full.Code);
        await Task.Delay(TimeSpan.FromSeconds(2.5), Cancel);
        Assert.Equal(200, await Holds(await storage.Links.Issue(Request(LinkRight.Read), Cancel)).Read("there"));
    }

    [Fact]
    public async Task Links_that_two_hosts_issue_at_the_same_time_all_work_and_none_outlives_a_revocation_among_others()
    {
        await using var one = await Prepared();
        await using var other = await OpenStorage();
        var links = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => (n % 2 == 0 ? one : other).Links.Issue(Request(LinkRight.Read), Cancel)));
        foreach (var link in links)
            Assert.Equal(200, await Holds(link).Read("there"));

        await Task.WhenAll(one.Links.Revoke(Area, Cancel), other.Links.Issue(Request(LinkRight.Read), Cancel));
        foreach (var link in links)
            Assert.Equal(403, await Holds(link).Read("there"));
    }
}
