using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Azure.Tests.Links;

/// <summary>What a link allows and what it does not, tried over plain HTTP. Every forbidden move must be refused by the storage itself.</summary>
public abstract class LinkContract
{
    private const int Refused = 403;
    private const int Made = 201;
    private const int Ok = 200;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected string Area { get; } = "x-" + Guid.NewGuid().ToString("n")[..16];

    protected abstract Task<IServiceStorage> OpenStorage();

    protected abstract HttpClient Http { get; }

    internal Bearer Holds(Uri link) => new(link, Http);

    protected async Task<IServiceStorage> Prepared()
    {
        var storage = await OpenStorage();
        await storage.Files.Create(Area, Cancel);
        await storage.Files.Create(Area + "-2", Cancel);
        foreach (var area in new[] { Area, Area + "-2" })
            await storage.Files.Area(area).Write("there", stream => stream.WriteAsync(new byte[] { 9 }, Cancel).AsTask(), WriteCondition.None, Cancel);
        return storage;
    }

    protected LinkRequest Request(LinkRight right, TimeSpan? life = null) =>
        new(Area, right, TimeProvider.System.GetUtcNow().AddMinutes(-15), TimeProvider.System.GetUtcNow() + (life ?? TimeSpan.FromHours(1)), null);

    [Fact]
    public async Task A_link_to_create_makes_new_files_and_does_nothing_else()
    {
        await using var storage = await Prepared();
        var bearer = Holds(await storage.Links.Issue(Request(LinkRight.Create), Cancel));
        Assert.Equal(Made, await bearer.Put("new/file"));
        // Not shown here: Put Block with this right, which the service allows from version 2026-04-06 on and the emulator refuses.
        Assert.Equal(Refused, await bearer.Put("there"));
        Assert.Equal(Refused, await bearer.Read("there"));
        Assert.Equal(Refused, await bearer.Look("there"));
        Assert.Equal(Refused, await bearer.Read("new/file"));
        await RefusesWhatNoLinkAllows(bearer);
        Assert.Equal(1, (await storage.Files.Area(Area).Find("there", Cancel))!.Length);
    }

    [Fact]
    public async Task A_link_to_create_or_overwrite_uploads_in_blocks_and_reads_nothing()
    {
        await using var storage = await Prepared();
        var bearer = Holds(await storage.Links.Issue(Request(LinkRight.CreateOrOverwrite), Cancel));
        Assert.Equal(Made, await bearer.Put("new/file"));
        Assert.Equal(Made, await bearer.PutBlock("new/blocks"));
        Assert.Equal(Made, await bearer.Put("there"));
        Assert.Equal(Refused, await bearer.Read("there"));
        Assert.Equal(Refused, await bearer.Look("there"));
        await RefusesWhatNoLinkAllows(bearer);
    }

    [Fact]
    public async Task A_link_to_read_reads_what_is_named_and_writes_nothing()
    {
        await using var storage = await Prepared();
        var bearer = Holds(await storage.Links.Issue(Request(LinkRight.Read), Cancel));
        Assert.Equal(Ok, await bearer.Read("there"));
        Assert.Equal(Refused, await bearer.Put("new"));
        Assert.Equal(Refused, await bearer.Put("there"));
        Assert.Equal(Refused, await bearer.PutBlock("new"));
        Assert.Equal(Refused, await bearer.SetMetadata("there"));
        await RefusesWhatNoLinkAllows(bearer);
    }

    [Theory]
    [InlineData(LinkRight.Read)]
    [InlineData(LinkRight.CreateOrOverwrite)]
    public async Task A_link_ends_when_it_says(LinkRight right)
    {
        await using var storage = await Prepared();
        var bearer = Holds(await storage.Links.Issue(Request(right, TimeSpan.FromSeconds(3)), Cancel));
        Task<int> Use() => right == LinkRight.Read ? bearer.Read("there") : bearer.Put("new");
        Assert.Equal(right == LinkRight.Read ? Ok : Made, await Use());
        await Task.Delay(TimeSpan.FromSeconds(4), Cancel);
        Assert.Equal(Refused, await Use());
    }

    [Fact]
    public async Task A_link_lives_seven_days_at_most_and_its_range_is_one()
    {
        await using var storage = await OpenStorage();
        async Task Bad(string code, LinkRequest request) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<BadInputException>(() => storage.Links.Issue(request, Cancel))).Code);
        var good = Request(LinkRight.Read);
        await Bad("link.life", good with { Expiry = good.Start + LinkRequest.LongestLife + TimeSpan.FromSeconds(1) });
        await Bad("link.life", good with { Expiry = good.Start });
        await Bad("link.life", good with { Expiry = good.Start.AddMinutes(1) });
        foreach (var range in new[] { "", "1.2.3", "::1", "1.2.3.4-", "1.2.3.4-1.2.3.3", "1.2.3.4/24", "01.2.3.4", "1.2.3.4-1.2.3.5-1.2.3.6" })
            await Bad("link.ip_range", good with { IpRange = range });
    }

    [Fact]
    public async Task A_range_of_addresses_is_part_of_what_is_signed()
    {
        await using var storage = await Prepared();
        var link = await storage.Links.Issue(Request(LinkRight.Read) with { IpRange = "203.0.113.7-203.0.113.9" }, Cancel);
        Assert.Contains("sip=203.0.113.7-203.0.113.9", link.Query, StringComparison.Ordinal);
        // Not shown here: that the range is enforced; the emulator does not look at it, and says so of itself.
        Assert.False(storage.Links.EnforcesIpRange);
        Assert.Equal(Refused, await Holds(link).With("sip", "0.0.0.0-255.255.255.255").Read("there"));
    }

    /// <summary>Listing, deleting, another area, policies, and a signature over changed terms.</summary>
    private async Task RefusesWhatNoLinkAllows(Bearer bearer)
    {
        Assert.Equal(Refused, await bearer.List());
        Assert.Equal(Refused, await bearer.Delete("there"));
        Assert.Equal(Refused, await bearer.RemoveArea());
        Assert.Equal(Refused, await bearer.ReadPolicies());
        Assert.Equal(Refused, await bearer.At(Area + "-2").Read("there"));
        Assert.Equal(Refused, await bearer.At(Area + "-2").Put("new"));
        Assert.Equal(Refused, await bearer.With("sig", "AAAA").Read("there"));
        Assert.Equal(Refused, await bearer.With("sig", "AAAA").Put("new"));
    }
}
