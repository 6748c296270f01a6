using RadiogenomicsCloud.Infra.Tests.Tool;

namespace RadiogenomicsCloud.Infra.Tests.Bicep;

public sealed class StorageTests(Templates templates)
{
    private const string Containers = "Microsoft.Storage/storageAccounts/blobServices/containers";

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void Accounts_take_identities_only_over_TLS_and_show_nothing_to_the_public(string environment)
    {
        var snapshot = templates.Of(environment);

        Assert.Equal(2, snapshot.Accounts.Count);
        Assert.NotEqual(snapshot.HostAccount.Id, snapshot.DataAccount.Id);
        Assert.All(snapshot.Accounts, account =>
        {
            Assert.Equal(false, account.Flag("properties.allowSharedKeyAccess"));
            Assert.Equal(true, account.Flag("properties.defaultToOAuthAuthentication"));
            Assert.Equal(false, account.Flag("properties.isLocalUserEnabled"));
            Assert.Equal(false, account.Flag("properties.allowBlobPublicAccess"));
            Assert.Equal(false, account.Flag("properties.allowCrossTenantReplication"));
            Assert.Equal(true, account.Flag("properties.supportsHttpsTrafficOnly"));
            Assert.Equal("TLS1_2", account.Text("properties.minimumTlsVersion"));
            Assert.Equal("7.00:00:00", account.Text("properties.sasPolicy.sasExpirationPeriod"));
        });
        Assert.All(snapshot.All(Containers), container => Assert.Equal("None", container.Text("properties.publicAccess")));
    }

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void What_is_overwritten_or_deleted_can_be_brought_back(string environment)
    {
        var services = templates.Of(environment).All("Microsoft.Storage/storageAccounts/blobServices");

        Assert.Equal(2, services.Count);
        Assert.All(services, service =>
        {
            Assert.Equal(true, service.Flag("properties.isVersioningEnabled"));
            Assert.Equal(true, service.Flag("properties.deleteRetentionPolicy.enabled"));
            Assert.InRange(service.Number("properties.deleteRetentionPolicy.days")!.Value, 7, 365);
            Assert.Equal(true, service.Flag("properties.containerDeleteRetentionPolicy.enabled"));
            Assert.InRange(service.Number("properties.containerDeleteRetentionPolicy.days")!.Value, 7, 365);
        });
    }

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void The_containers_and_queues_of_the_service_exist(string environment)
    {
        var snapshot = templates.Of(environment);

        string[] expected =
        [
            "data/blobServices/default/containers/cohorts", "data/blobServices/default/containers/deadletter",
            "data/blobServices/default/containers/results", "data/blobServices/default/containers/scratch",
            "data/blobServices/default/containers/store", "data/queueServices/default/queues/cohort-events",
            "data/queueServices/default/queues/cohort-events-poison", "host/blobServices/default/containers/deployments",
        ];
        var present = snapshot.All(Containers).Concat(snapshot.All("Microsoft.Storage/storageAccounts/queueServices/queues"));
        Assert.Equal(expected, present.Select(resource => snapshot.Short(resource.Id)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("dev", 1)]
    [InlineData("prod", 365)]
    public void Only_results_are_immutable_by_version(string environment, int days)
    {
        var snapshot = templates.Of(environment);

        var immutable = Assert.Single(snapshot.All(Containers), container => container.At("properties.immutableStorageWithVersioning") is not null);
        Assert.EndsWith("/results", immutable.Id, StringComparison.Ordinal);
        Assert.Equal(true, immutable.Flag("properties.immutableStorageWithVersioning.enabled"));
        var policy = snapshot.One($"{Containers}/immutabilityPolicies");
        Assert.Equal($"{immutable.Id}/immutabilityPolicies/default", policy.Id);
        Assert.Equal(days, policy.Number("properties.immutabilityPeriodSinceCreationInDays"));
    }

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void The_lifecycle_drops_scratch_and_never_results(string environment)
    {
        var snapshot = templates.Of(environment);

        var policy = Assert.Single(snapshot.All("Microsoft.Storage/storageAccounts/managementPolicies"),
            policy => policy.Id.StartsWith(snapshot.DataAccount.Id, StringComparison.Ordinal));
        var rules = policy.At("properties.policy.rules")!.AsArray();
        Assert.All(rules, rule =>
        {
            var prefixes = rule!["definition"]!["filters"]!["prefixMatch"]!.AsArray().Select(prefix => (string)prefix!).ToList();
            Assert.NotEmpty(prefixes);
            Assert.DoesNotContain(prefixes, prefix => "results/".StartsWith(prefix, StringComparison.Ordinal));
        });
        var scratch = Assert.Single(rules, rule => (string)rule!["definition"]!["filters"]!["prefixMatch"]![0]! == "scratch/");
        Assert.Equal("store/leases/", (string)scratch!["definition"]!["filters"]!["prefixMatch"]![1]!);
        Assert.Equal(7, (int)scratch!["definition"]!["actions"]!["baseBlob"]!["delete"]!["daysAfterModificationGreaterThan"]!);
        // Blobs that somebody dropped or computed are never deleted by age, only their replaced versions.
        var kept = Assert.Single(rules, rule => (string)rule!["definition"]!["filters"]!["prefixMatch"]![0]! == "cohorts/");
        Assert.Null(kept!["definition"]!["actions"]!["baseBlob"]);
    }
}
