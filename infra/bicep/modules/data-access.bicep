// What the application needs in the data account.

param accountName string
param eventsQueue string
param poisonQueue string
@description('Names the assignments; the id of a resource is known before it exists, its principal is not.')
param identityId string
param principalId string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: accountName

  resource queues 'queueServices' existing = {
    name: 'default'

    resource events 'queues' existing = {
      name: eventsQueue
    }

    resource poison 'queues' existing = {
      name: poisonQueue
    }
  }
}

// Storage Blob Data Contributor: containers of exchanges come and go, so the account is the narrowest scope.
// Storage Blob Delegator: asks for the key that signs SAS links; it exists only on the account.
// Storage Table Data Contributor: the service makes its table of records itself.
var accountRoles = [
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
]
// Storage Queue Data Contributor, on the two queues that the trigger reads and moves to.
var queueRole = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

resource onAccount 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in accountRoles: {
    scope: account
    name: guid(account.id, identityId, role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: principalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource onEvents 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::queues::events
  name: guid(account::queues::events.id, identityId, queueRole)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueRole)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource onPoison 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::queues::poison
  name: guid(account::queues::poison.id, identityId, queueRole)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueRole)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

// Ends every link of this account that was signed by user delegation, for the case that one leaked. The data plane cannot: it
// hands out delegation keys, but only the management plane takes them back, and only all of an account at once. No built-in
// role has this action without the right to manage the account, hence a role of its own.
resource revoker 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(account.id, 'revoke-user-delegation-keys')
  properties: {
    // Unique within the tenant, therefore with the account.
    roleName: 'Delegated Link Revoker (${accountName})'
    description: 'Revokes all user delegation keys of the storage account, and with them every link that they signed.'
    type: 'CustomRole'
    permissions: [
      {
        actions: ['Microsoft.Storage/storageAccounts/revokeUserDelegationKeys/action']
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [resourceGroup().id]
  }
}

resource onDelegationKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, identityId, revoker.name)
  properties: {
    // As Azure itself spells the id, so that what-if shows no change where there is none.
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', revoker.name)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
