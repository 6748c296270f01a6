using Azure.Core.Pipeline;
using RadiogenomicsCloud.Azure.Tests.Faults;
using RadiogenomicsCloud.AzureStorage;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Tests.Azurite;

namespace RadiogenomicsCloud.Azure.Tests.Links;

/// <summary>
/// Not shown here: that a link ends with the role of the identity that signed it (the emulator knows no roles), and that revoked keys end it
/// (the emulator has no management plane; the request to it is).
/// </summary>
public sealed class DelegationLinkTests : LinkContract
{
    private const string Account =
        "/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/devstoreaccount1";

    protected override HttpClient Http => AzuriteIdentity.Http;

    protected override Task<IServiceStorage> OpenStorage() => Open(new AzureStorageOptions { Transport = new HttpClientTransport(AzuriteIdentity.Http) });

    private static async Task<IServiceStorage> Open(AzureStorageOptions options)
    {
        var server = await AzuriteIdentity.Require();
        return AzureServiceStorage.Open(AzureStorageAddress.Of(server.Blobs, server.Tables), options with { Credential = new TestCredential() });
    }

    [Fact]
    public async Task A_link_is_for_https_and_signed_with_a_lent_key()
    {
        await using var storage = await Prepared();
        Assert.Equal("user-delegation", storage.Links.Signature);
        var link = await storage.Links.Issue(Request(LinkRight.Read), Cancel);
        Assert.Contains("spr=https&", link.Query + "&", StringComparison.Ordinal);
        Assert.Contains("skoid=00000000-0000-0000-0000-000000000001", link.Query, StringComparison.Ordinal);
        Assert.Equal(403, await Holds(link).With("se", Uri.EscapeDataString("2035-01-01T00:00:00Z")).Read("there"));
        Assert.Equal(403, await Holds(link).With("sp", "rwdl").List());
    }

    [Fact]
    public async Task The_service_works_with_an_identity_alone()
    {
        await using var storage = await Prepared();
        await storage.Prepare(Cancel);
        Assert.True(await storage.Records.Commit(Area, [RecordChange.Insert("a", 1)], Cancel));
        await using var lease = await storage.Leases.TryTake(Area, Cancel);
        Assert.NotNull(lease);
    }

    [Fact]
    public async Task Without_the_accounts_id_revoking_says_what_would_end_the_links()
    {
        await using var storage = await Prepared();
        var problem = await Assert.ThrowsAsync<StorageException>(() => storage.Links.Revoke(Area, Cancel));
        Assert.Equal("link.not_revocable", problem.Code);
    }

    [Fact]
    public async Task Revoking_asks_the_management_plane_to_revoke_all_keys_of_the_account()
    {
        var asked = "";
        var transport = new FaultyTransport((request, _) =>
        {
            asked = $"{request.Method} {request.Uri} {(request.Headers.TryGetValue("Authorization", out var bearer) ? bearer : "")}";
            return Fate.Busy;
        });
        await using var storage = await Open(new() { Transport = transport, AccountResourceId = Account, Retries = 0 });
        await Assert.ThrowsAsync<TransientException>(() => storage.Links.Revoke(Area, Cancel));
        Assert.StartsWith($"POST https://management.azure.com{Account}/revokeUserDelegationKeys?api-version=2025-01-01 Bearer ey", asked, StringComparison.Ordinal);
    }
}
