using System.Text.Json.Nodes;
using RadiogenomicsCloud.Infra.Tests.Tool;

namespace RadiogenomicsCloud.Infra.Tests.Bicep;

/// <summary>Who may do what: the whole set, so that one role more fails as surely as one role less.</summary>
public sealed class RoleTests(Templates templates)
{
    private static readonly Dictionary<string, string> RoleNames = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["db58b8e5-c6ad-4a2a-8342-4190687cbf4a"] = "Storage Blob Delegator",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"] = "Storage Queue Data Message Sender",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
    };

    private static readonly string[] Common =
    [
        "app: Monitoring Metrics Publisher on insights",
        "app: Delegated Link Revoker on data",
        "app: Storage Blob Data Contributor on data",
        "app: Storage Blob Data Owner on host",
        "app: Storage Blob Delegator on data",
        "app: Storage Queue Data Contributor on data/queueServices/default/queues/cohort-events",
        "app: Storage Queue Data Contributor on data/queueServices/default/queues/cohort-events-poison",
        "app: Storage Table Data Contributor on data",
        "app: Storage Table Data Contributor on host",
        "topic: Storage Blob Data Contributor on data/blobServices/default/containers/deadletter",
        "topic: Storage Queue Data Message Sender on data/queueServices/default/queues/cohort-events",
    ];

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    [InlineData("smallest")]
    public void Roles_are_exactly_those_needed(string environment) =>
        Assert.Equal(Sorted([.. Common, "app: Storage Queue Data Contributor on host"]), Assigned(templates.Of(environment)));

    [Fact]
    public void On_the_task_scheduler_the_app_has_its_hub_and_no_queue_of_the_host() =>
        Assert.Equal(Sorted([.. Common, "app: Durable Task Data Contributor on hub"]), Assigned(templates.Of("everything")));

    [Theory]
    [MemberData(nameof(Templates.Environments), MemberType = typeof(Templates))]
    public void The_one_role_of_our_own_revokes_delegation_keys_and_nothing_else(string environment)
    {
        var snapshot = templates.Of(environment);
        var role = snapshot.One("Microsoft.Authorization/roleDefinitions");

        var permission = Assert.Single(role.At("properties.permissions")!.AsArray())!;
        Assert.Equal(["Microsoft.Storage/storageAccounts/revokeUserDelegationKeys/action"], Texts(permission["actions"]));
        foreach (var others in (string[])["notActions", "dataActions", "notDataActions"])
            Assert.Empty(Texts(permission[others]));
        Assert.Equal([$"/subscriptions/{Templates.Subscription}/resourceGroups/rg"], Texts(role.At("properties.assignableScopes")));
        // A tenant takes a role's name once, and may hold several installations.
        Assert.Contains(snapshot.DataAccount.Name, role.Text("properties.roleName")!, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(text => (string)text!);

    private static List<string> Sorted(string[] roles) => [.. roles.Order(StringComparer.Ordinal)];

    private static List<string> Assigned(Snapshot snapshot)
    {
        var identity = snapshot.One("Microsoft.ManagedIdentity/userAssignedIdentities");
        Assert.Equal([identity.Id], snapshot.App.At("identity.userAssignedIdentities")!.AsObject().Select(entry => entry.Key));
        var principals = new Dictionary<string, string>
        {
            [$"[reference('{identity.Id}', '2023-01-31').principalId]"] = "app",
            [$"[reference('{snapshot.Topic.Id}', '2025-02-15', 'full').identity.principalId]"] = "topic",
        };
        var scopes = new Dictionary<string, string> { [snapshot.One("Microsoft.Insights/components").Id] = "insights" };
        foreach (var hub in snapshot.All("Microsoft.DurableTask/schedulers/taskHubs"))
            scopes[hub.Id] = "hub";

        var names = new Dictionary<string, string>(RoleNames) { [snapshot.One("Microsoft.Authorization/roleDefinitions").Name] = "Delegated Link Revoker" };

        const string Kind = "/providers/Microsoft.Authorization/roleAssignments/";
        const string Definition = $"/subscriptions/{Templates.Subscription}/providers/Microsoft.Authorization/roleDefinitions/";
        return Sorted([.. snapshot.All("Microsoft.Authorization/roleAssignments").Select(assignment =>
        {
            Assert.Equal("ServicePrincipal", assignment.Text("properties.principalType"));
            var scope = assignment.Id[..assignment.Id.LastIndexOf(Kind, StringComparison.Ordinal)];
            var role = assignment.Text("properties.roleDefinitionId")!;
            Assert.StartsWith(Definition, role, StringComparison.Ordinal);
            return $"{principals[assignment.Text("properties.principalId")!]}: {names[role[Definition.Length..]]} on "
                + (scopes.TryGetValue(scope, out var name) ? name : snapshot.Short(scope));
        })]);
    }
}
