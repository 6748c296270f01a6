using RadiogenomicsCloud.Infra.Tests.Tool;

namespace RadiogenomicsCloud.Infra.Tests.Bicep;

public sealed class NetworkTests(Templates templates)
{
    [Theory]
    [InlineData("prod")]
    [InlineData("everything")]
    public void A_private_network_refuses_every_other_network(string environment)
    {
        var snapshot = templates.Of(environment);

        Assert.All(snapshot.Accounts, account =>
        {
            Assert.Equal("Deny", account.Text("properties.networkAcls.defaultAction"));
            Assert.Equal("AzureServices", account.Text("properties.networkAcls.bypass"));
        });
        Assert.Equal("Disabled", snapshot.HostAccount.Text("properties.publicNetworkAccess"));
        Assert.Empty(snapshot.HostAccount.At("properties.networkAcls.ipRules")!.AsArray());
        var network = snapshot.One("Microsoft.Network/virtualNetworks");
        Assert.Equal($"{network.Id}/subnets/app", snapshot.App.Text("properties.virtualNetworkSubnetId"));
        var delegated = network.At("properties.subnets")![0]!["properties"]!["delegations"]![0]!["properties"]!["serviceName"];
        Assert.Equal("Microsoft.App/environments", (string?)delegated);
    }

    [Fact]
    public void Partners_reach_the_data_account_from_their_ranges_only()
    {
        Assert.Equal("Disabled", templates.Of("prod").DataAccount.Text("properties.publicNetworkAccess"));

        var account = templates.Of("everything").DataAccount;
        Assert.Equal("Enabled", account.Text("properties.publicNetworkAccess"));
        Assert.Equal(["192.0.2.0/28", "198.51.100.7"],
            account.At("properties.networkAcls.ipRules")!.AsArray().Select(rule => (string)rule!["value"]!));
    }

    [Theory]
    [InlineData("prod")]
    [InlineData("everything")]
    public void Each_service_of_each_account_has_a_private_endpoint_and_its_name(string environment)
    {
        var snapshot = templates.Of(environment);
        string[] services = ["blob", "queue", "table"];

        var reached = snapshot.All("Microsoft.Network/privateEndpoints")
            .Select(endpoint => endpoint.At("properties.privateLinkServiceConnections")![0]!["properties"]!)
            .Select(link => $"{snapshot.Short((string)link["privateLinkServiceId"]!)} {link["groupIds"]![0]}");
        Assert.Equal(
            (string[])[.. services.Select(service => $"data {service}"), .. services.Select(service => $"host {service}")],
            reached.Order(StringComparer.Ordinal));
        Assert.Equal(6, snapshot.All("Microsoft.Network/privateEndpoints/privateDnsZoneGroups").Count);
        Assert.Equal(3, snapshot.All("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("smallest")]
    public void Without_the_parameter_there_is_no_network(string environment)
    {
        var snapshot = templates.Of(environment);

        Assert.DoesNotContain(snapshot.Resources, resource => resource.Type.StartsWith("Microsoft.Network/", StringComparison.Ordinal));
        Assert.Null(snapshot.App.At("properties.virtualNetworkSubnetId"));
        Assert.All(snapshot.Accounts, account => Assert.Equal("Allow", account.Text("properties.networkAcls.defaultAction")));
    }

    [Fact]
    public void A_browser_may_only_create_and_only_from_the_named_pages()
    {
        var rules = templates.Of("everything").All("Microsoft.Storage/storageAccounts/blobServices")
            .SelectMany(service => service.At("properties.cors.corsRules")!.AsArray());

        var rule = Assert.Single(rules)!;
        Assert.Equal(["https://portal.example.org"], rule["allowedOrigins"]!.AsArray().Select(origin => (string)origin!));
        Assert.Equal(["PUT", "OPTIONS"], rule["allowedMethods"]!.AsArray().Select(method => (string)method!));
        Assert.All(templates.Of("prod").All("Microsoft.Storage/storageAccounts/blobServices"),
            service => Assert.Empty(service.At("properties.cors.corsRules")!.AsArray()));
    }
}
