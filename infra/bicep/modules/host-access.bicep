// What the Functions host and Durable Functions need in the account of the host's state, and nothing in any other account.

param accountName string
@description('Names the assignments; the id of a resource is known before it exists, its principal is not.')
param identityId string
param principalId string
@description('The Azure Storage backend of Durable Functions keeps its work items in queues of this account.')
param usesQueues bool

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: accountName
}

// Storage Blob Data Owner: leases of the host, its keys, the deployment package, large messages of Durable.
// Storage Table Data Contributor: Durable's history and instances, the host's diagnostic events.
// Storage Queue Data Contributor: Durable's control and work-item queues.
var always = ['b7e6dc6d-f1e8-4753-8033-0f276bb0955b', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3']
var roles = usesQueues ? concat(always, ['974c5e8b-45b9-4653-ba55-5f855dd0fb88']) : always

// The host makes containers, queues and tables under names of its own, so the account is the narrowest scope.
resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    scope: account
    name: guid(account.id, identityId, role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: principalId
      principalType: 'ServicePrincipal'
    }
  }
]
