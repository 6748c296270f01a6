using System.Text.Json.Nodes;
using RadiogenomicsCloud.Infra.Tests.Tool;

namespace RadiogenomicsCloud.Infra.Tests.Bicep;

public sealed class AuditTests(Templates templates)
{
    private const string DiagnosticSettings = "Microsoft.Insights/diagnosticSettings";

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void Every_read_write_and_deletion_in_storage_is_logged(string environment)
    {
        var snapshot = templates.Of(environment);

        var services = snapshot.Accounts.SelectMany(account =>
            new[] { "blobServices", "queueServices", "tableServices" }.Select(service => $"{account.Id}/{service}/default"));
        Assert.All(services, service => Assert.Equal(["StorageRead", "StorageWrite", "StorageDelete"], Logged(snapshot, service, "category")));
    }

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void The_app_and_the_topic_are_logged(string environment)
    {
        var snapshot = templates.Of(environment);

        Assert.Equal(["allLogs"], Logged(snapshot, snapshot.App.Id, "categoryGroup"));
        Assert.Equal(["DeliveryFailures"], Logged(snapshot, snapshot.Topic.Id, "category"));
    }

    [Theory]
    [InlineData("dev", 30)]
    [InlineData("prod", 365)]
    public void Logs_are_kept_and_opened_by_identities_only(string environment, int days)
    {
        var snapshot = templates.Of(environment);

        var workspace = snapshot.One("Microsoft.OperationalInsights/workspaces");
        Assert.Equal(days, workspace.Number("properties.retentionInDays"));
        Assert.Equal(true, workspace.Flag("properties.features.disableLocalAuth"));
        var insights = snapshot.One("Microsoft.Insights/components");
        Assert.Equal(workspace.Id, insights.Text("properties.WorkspaceResourceId"));
        Assert.Equal(true, insights.Flag("properties.DisableLocalAuth"));
    }

    [Fact]
    public void Operators_are_mailed_about_dead_letters_and_poison_when_a_mail_address_is_given()
    {
        var snapshot = templates.Of("everything");

        var people = snapshot.One("Microsoft.Insights/actionGroups");
        Assert.Equal("operators@example.org", (string?)people.At("properties.emailReceivers")![0]!["emailAddress"]);
        var deadLetter = snapshot.One("Microsoft.Insights/metricAlerts");
        Assert.Equal([snapshot.Topic.Id], deadLetter.At("properties.scopes")!.AsArray().Select(scope => (string)scope!));
        Assert.Equal("DeadLetteredCount", (string?)deadLetter.At("properties.criteria.allOf")![0]!["metricName"]);
        var poison = snapshot.One("Microsoft.Insights/scheduledQueryRules");
        Assert.Contains("/cohort-events-poison/", (string)poison.At("properties.criteria.allOf")![0]!["query"]!, StringComparison.Ordinal);
        Assert.All((JsonNode?[])[deadLetter.At("properties.actions")![0]!["actionGroupId"], poison.At("properties.actions.actionGroups")![0]],
            group => Assert.Equal(people.Id, (string?)group));

        Assert.Empty(templates.Of("smallest").All("Microsoft.Insights/actionGroups"));
    }

    private static IEnumerable<string> Logged(Snapshot snapshot, string scope, string kind)
    {
        var setting = Assert.Single(snapshot.On(scope, DiagnosticSettings));
        Assert.Equal(snapshot.One("Microsoft.OperationalInsights/workspaces").Id, setting.Text("properties.workspaceId"));
        var logs = setting.At("properties.logs")!.AsArray();
        Assert.All(logs, log => Assert.True((bool)log!["enabled"]!));
        return logs.Select(log => (string)log![kind]!);
    }
}
