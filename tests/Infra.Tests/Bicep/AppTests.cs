using RadiogenomicsCloud.Infra.Tests.Tool;

namespace RadiogenomicsCloud.Infra.Tests.Bicep;

public sealed class AppTests(Templates templates)
{
    [Theory]
    [InlineData("dev", 10, 0)]
    [InlineData("prod", 125, 1)]
    [InlineData("smallest", 40, 1)]
    public void The_plan_is_Flex_Consumption_with_large_instances(string environment, int maximum, int alwaysReady)
    {
        var snapshot = templates.Of(environment);
        var plan = snapshot.One("Microsoft.Web/serverfarms");
        const string Scale = "properties.functionAppConfig.scaleAndConcurrency";

        Assert.Equal("FC1", plan.Text("sku.name"));
        Assert.Equal("FlexConsumption", plan.Text("sku.tier"));
        Assert.Equal(plan.Id, snapshot.App.Text("properties.serverFarmId"));
        Assert.Equal(4096, snapshot.App.Number($"{Scale}.instanceMemoryMB"));
        Assert.Equal(maximum, snapshot.App.Number($"{Scale}.maximumInstanceCount"));
        var ready = snapshot.App.At($"{Scale}.alwaysReady")!.AsArray();
        Assert.Equal(alwaysReady == 0 ? [] : [("durable", alwaysReady)],
            ready.Select(group => ((string)group!["name"]!, (int)group["instanceCount"]!)));
        Assert.Equal("dotnet-isolated", snapshot.App.Text("properties.functionAppConfig.runtime.name"));
        Assert.Equal("10.0", snapshot.App.Text("properties.functionAppConfig.runtime.version"));
    }

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void The_package_is_deployed_by_identity_over_TLS(string environment)
    {
        var snapshot = templates.Of(environment);
        const string Storage = "properties.functionAppConfig.deployment.storage";

        Assert.Equal("UserAssignedIdentity", snapshot.App.Text($"{Storage}.authentication.type"));
        Assert.Contains(snapshot.HostAccount.Name, snapshot.App.Text($"{Storage}.value")!, StringComparison.Ordinal);
        Assert.Equal(true, snapshot.App.Flag("properties.httpsOnly"));
        Assert.Equal("1.2", snapshot.App.Text("properties.siteConfig.minTlsVersion"));
        Assert.Equal("1.2", snapshot.App.Text("properties.siteConfig.scmMinTlsVersion"));
        Assert.Equal("Disabled", snapshot.App.Text("properties.siteConfig.ftpsState"));
        var passwords = snapshot.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal(2, passwords.Count);
        Assert.All(passwords, policy => Assert.Equal(false, policy.Flag("properties.allow")));
    }

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void Connections_are_addresses_and_an_identity(string environment)
    {
        var snapshot = templates.Of(environment);
        var settings = snapshot.AppSettings;
        var client = $"[reference('{snapshot.One("Microsoft.ManagedIdentity/userAssignedIdentities").Id}', '2023-01-31').clientId]";

        foreach (var (connection, account) in new[] { ("AzureWebJobsStorage", snapshot.HostAccount), ("DataStorage", snapshot.DataAccount) })
        {
            Assert.Equal("managedidentity", settings[$"{connection}__credential"]);
            Assert.Equal(client, settings[$"{connection}__clientId"]);
            foreach (var service in (string[])["blob", "queue", "table"])
                Assert.Equal($"[format('https://{{0}}.{service}.{{1}}', '{account.Name}', environment().suffixes.storage)]",
                    settings[$"{connection}__{service}ServiceUri"]);
            // The bare name would be read as a connection string with a key.
            Assert.DoesNotContain(connection, settings.Keys);
        }
        Assert.Equal(snapshot.DataAccount.Id, settings["DataStorage__accountResourceId"]);
        Assert.Equal(client, settings["AZURE_CLIENT_ID"]);
        Assert.Equal($"[format('ClientId={{0}};Authorization=AAD', {client[1..^1]})]", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
    }

    [Theory]
    [InlineData("dev", false)]
    [InlineData("everything", true)]
    public void The_settings_are_those_that_the_app_reads_and_no_others(string environment, bool onScheduler)
    {
        string[] expected =
        [
            "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID",
            "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential",
            "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri", "CohortEvents",
            "DataStorage__accountResourceId", "DataStorage__blobServiceUri", "DataStorage__clientId", "DataStorage__credential",
            "DataStorage__queueServiceUri", "DataStorage__tableServiceUri", "MayLockModels", "RevalidationSchedule", "SweepSchedule",
        ];
        string[] scheduler =
        [
            "AzureFunctionsJobHost__extensions__durableTask__hubName",
            "AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName",
            "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
        ];

        var settings = templates.Of(environment).AppSettings;

        Assert.Equal((onScheduler ? expected.Concat(scheduler) : expected).Order(StringComparer.Ordinal), settings.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("cohort-events", settings["CohortEvents"]);
        Assert.Equal(6, settings["RevalidationSchedule"].Split(' ').Length);
        Assert.Equal(6, settings["SweepSchedule"].Split(' ').Length);
    }

    [Theory]
    [InlineData("dev", "")]
    [InlineData("prod", "")]
    [InlineData("smallest", "")]
    [InlineData("everything", Templates.MayLock)]
    public void Nobody_may_lock_models_unless_named(string environment, string people) =>
        Assert.Equal(people, templates.Of(environment).AppSettings["MayLockModels"]);

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Who_may_lock_models_comes_from_the_environment(string environment) =>
        Assert.Contains("\nparam mayLockModels = readEnvironmentVariable('RADIOGENOMICS_MAY_LOCK', '')\n",
            File.ReadAllText(Path.Combine(Templates.Source(), $"{environment}.bicepparam")), StringComparison.Ordinal);

    [Fact]
    public void The_HTTP_API_takes_tokens_of_one_tenant_for_one_application()
    {
        var settings = Assert.Single(templates.Of("everything").All("Microsoft.Web/sites/config"),
            config => config.Name.EndsWith("/authsettingsV2", StringComparison.Ordinal));

        Assert.Equal(true, settings.Flag("properties.platform.enabled"));
        Assert.Equal(true, settings.Flag("properties.globalValidation.requireAuthentication"));
        Assert.Equal("Return401", settings.Text("properties.globalValidation.unauthenticatedClientAction"));
        const string Entra = "properties.identityProviders.azureActiveDirectory";
        Assert.Equal(Templates.EntraClient, settings.Text($"{Entra}.registration.clientId"));
        Assert.Equal($"[format('{{0}}{{1}}/v2.0', environment().authentication.loginEndpoint, '{Templates.Tenant}')]",
            settings.Text($"{Entra}.registration.openIdIssuer"));
        Assert.Equal([Templates.EntraClient, $"api://{Templates.EntraClient}"],
            settings.At($"{Entra}.validation.allowedAudiences")!.AsArray().Select(audience => (string)audience!));
    }

    [Fact]
    public void Options_are_off_unless_asked_for()
    {
        var smallest = templates.Of("smallest");
        Assert.Empty(smallest.All("Microsoft.Security/defenderForStorageSettings"));
        Assert.Empty(smallest.All("Microsoft.DurableTask/schedulers"));
        Assert.DoesNotContain(smallest.All("Microsoft.Web/sites/config"), config => config.Name.EndsWith("/authsettingsV2", StringComparison.Ordinal));

        var everything = templates.Of("everything");
        var defender = Assert.Single(everything.On(everything.DataAccount.Id, "Microsoft.Security/defenderForStorageSettings"));
        Assert.Equal(true, defender.Flag("properties.malwareScanning.onUpload.isEnabled"));
        Assert.Equal("azureManaged", everything.AppSettings["AzureFunctionsJobHost__extensions__durableTask__storageProvider__type"]);
        var hub = everything.One("Microsoft.DurableTask/schedulers/taskHubs");
        Assert.EndsWith($"/{everything.AppSettings["AzureFunctionsJobHost__extensions__durableTask__hubName"]}", hub.Id, StringComparison.Ordinal);
    }
}
