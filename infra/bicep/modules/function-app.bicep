// The Flex Consumption plan and the function app. Every connection is an address and an identity; the settings hold no secret.

param appName string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param hostUris { blob: string, queue: string, table: string }
param dataUris { blob: string, queue: string, table: string }
param dataAccountId string
param deploymentContainer string
param eventsQueue string
param insightsName string
param workspaceId string
@description('Empty: no virtual network.')
param subnetId string
@minValue(0)
param alwaysReadyDurable int
@minValue(1)
@maxValue(1000)
param maximumInstances int
param revalidationSchedule string
param sweepSchedule string
@description('Null: Durable keeps its state in the host account.')
param scheduler { endpoint: string, hub: string }?
@description('Empty: the HTTP API is opened by function keys instead of Entra tokens.')
param entraClientId string
@description('Names or patterns with semicolons between. Empty: nobody.')
param mayLockModels string

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: appName
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostUris.blob}/${deploymentContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        // A case with its images needs up to 3 GB; 4096 MB bring 2 cores.
        instanceMemoryMB: 4096
        maximumInstanceCount: maximumInstances
        // Orchestrations wake every few seconds while cases run: without a ready instance each wake may pay a cold start.
        alwaysReady: alwaysReadyDurable == 0 ? [] : [{ name: 'durable', instanceCount: alwaysReadyDurable }]
      }
    }
  }
}

var connections = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: hostUris.blob
  AzureWebJobsStorage__queueServiceUri: hostUris.queue
  AzureWebJobsStorage__tableServiceUri: hostUris.table
  DataStorage__credential: 'managedidentity'
  DataStorage__clientId: identityClientId
  DataStorage__blobServiceUri: dataUris.blob
  DataStorage__queueServiceUri: dataUris.queue
  DataStorage__tableServiceUri: dataUris.table
  // Where delegation keys are revoked: that goes to Azure Resource Manager, which knows no service address.
  DataStorage__accountResourceId: dataAccountId
  // Which identity DefaultAzureCredential takes: an app may have several.
  AZURE_CLIENT_ID: identityClientId
  // An address and a name, not a secret: local authentication is off, telemetry is taken from the identity only.
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}
var behaviour = {
  CohortEvents: eventsQueue
  MayLockModels: mayLockModels
  RevalidationSchedule: revalidationSchedule
  SweepSchedule: sweepSchedule
}
// These override host.json, which is written for the Azure Storage backend.
var durable = scheduler == null
  ? {}
  : {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler!.endpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
      AzureFunctionsJobHost__extensions__durableTask__hubName: scheduler!.hub
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
    }

resource settings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: union(connections, behaviour, durable)
}

// Deployment by identity only: no publishing profile with a password.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

// Tokens of one tenant for one application; no client secret, because nobody signs in here: callers bring their token.
resource authentication 'Microsoft.Web/sites/config@2024-11-01' = if (!empty(entraClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: { requireAuthentication: true, unauthenticatedClientAction: 'Return401' }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: entraClientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: { allowedAudiences: [entraClientId, 'api://${entraClientId}'] }
      }
    }
    login: { tokenStore: { enabled: false } }
  }
}

// All categories that the plan offers: the application's log and, with Entra, who was let in and who was refused.
resource appAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
