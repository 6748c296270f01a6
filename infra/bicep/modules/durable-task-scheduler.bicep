// Optional backend of Durable Functions: the Durable Task Scheduler instead of queues and tables in the host account.

param name string
param hubName string
param location string
param tags object
param identityId string
param principalId string
@description('Networks that may call the scheduler. An empty list refuses everybody, with or without a role.')
@minLength(1)
param allowedIpRanges string[]

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'Consumption' }
    ipAllowlist: allowedIpRanges
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: hubName
}

// Durable Task Data Contributor, on the one hub.
resource worker 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hub
  name: guid(hub.id, identityId, '0ad04412-c4d5-4796-b79c-f76d14c8d402')
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      '0ad04412-c4d5-4796-b79c-f76d14c8d402'
    )
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output endpoint string = scheduler.properties.endpoint
