using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Contract;

/// <summary>What can be said of links without following them.</summary>
public abstract class LinkContract : StorageContract
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private Task<Uri> Issue(LinkRight right, TimeSpan life, string? ip = null) =>
        Storage.Links.Issue(new(Unique, right, Start, Start + life, ip), Cancel);

    [Fact]
    public async Task A_link_names_its_area_and_says_what_it_allows_and_until_when()
    {
        await NewArea();
        foreach (var (right, letters) in new[] { (LinkRight.Create, "c"), (LinkRight.CreateOrOverwrite, "cw"), (LinkRight.Read, "r") })
        {
            var link = await Issue(right, TimeSpan.FromHours(1));
            Assert.EndsWith("/" + Unique, link.AbsolutePath, StringComparison.Ordinal);
            Assert.True(link.Scheme == Uri.UriSchemeHttps || link.IsLoopback);
            Assert.Contains("sig=", link.Query, StringComparison.Ordinal);
            var policy = link.Query.Contains("si=", StringComparison.Ordinal) && !link.Query.Contains("sp=", StringComparison.Ordinal);
            Assert.True(policy || link.Query.TrimStart('?').Split('&').Contains("sp=" + letters));
        }
        Assert.Contains(Storage.Links.Signature, new[] { "user-delegation", "stored-policy", "service-token" });
        Assert.NotEqual(LinkRight.Read, Storage.Links.UploadRight);
    }

    [Fact]
    public async Task A_link_lives_at_most_seven_days_and_ends_after_it_starts()
    {
        await NewArea();
        Assert.NotNull(await Issue(LinkRight.Create, LinkRequest.LongestLife));
        await Assert.ThrowsAsync<BadInputException>(() => Issue(LinkRight.Create, LinkRequest.LongestLife + TimeSpan.FromMinutes(1)));
        await Assert.ThrowsAsync<BadInputException>(() => Issue(LinkRight.Create, TimeSpan.Zero));
        await Assert.ThrowsAsync<BadInputException>(() => Issue(LinkRight.Create, TimeSpan.FromHours(-1)));
    }

    [Fact]
    public async Task An_ip_range_is_one_address_or_two_in_order()
    {
        await NewArea();
        foreach (var range in new[] { "192.0.2.1", "192.0.2.1-192.0.2.20" })
            Assert.NotNull(await Issue(LinkRight.Read, TimeSpan.FromHours(1), range));
        foreach (var range in new[] { "", "any", "192.0.2", "192.0.2.256", "192.0.2.9-192.0.2.1", "192.0.2.0/24", "::1", "192.0.2.1-", "1.2.3.4&sp=rwdl" })
            await Assert.ThrowsAsync<BadInputException>(() => Issue(LinkRight.Read, TimeSpan.FromHours(1), range));
    }

    [Fact]
    public async Task Links_can_be_revoked_again_and_again_and_new_ones_are_others()
    {
        await NewArea();
        var before = await Issue(LinkRight.Read, TimeSpan.FromHours(1));
        await Storage.Links.Revoke(Unique, Cancel);
        await Storage.Links.Revoke(Unique, Cancel);
        var after = await Issue(LinkRight.Read, TimeSpan.FromHours(1));
        if (Storage.Links.Signature == "service-token")
            Assert.NotEqual(before, after);
    }
}
