// The cloud service in one resource group. The order: an identity, where logs go, two storage accounts, who may do what, events, the app.

targetScope = 'resourceGroup'

@description('Start of every name: 2 to 7 lower-case letters and digits.')
@minLength(2)
@maxLength(7)
param workload string = 'rgcloud'
@description('Which environment this is. It is part of every name, so that two can share a subscription.')
@allowed(['dev', 'prod'])
param environmentName string
param location string = resourceGroup().location

@description('Where Durable Functions keeps its state: in the host account, or in the managed Durable Task Scheduler.')
@allowed(['azureStorage', 'durableTaskScheduler'])
param durableBackend string = 'azureStorage'
@description('Networks that may call the scheduler; used with durableTaskScheduler only.')
@minLength(1)
param schedulerIpRanges string[] = ['0.0.0.0/0']

@description('Instances of 4096 MB and 2 cores at most; 125 fill the default quota of a subscription in a region.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40
@description('Instances that wait for orchestrations day and night. Each is paid for all the time.')
@minValue(0)
@maxValue(20)
param alwaysReadyDurable int = 1

@description('Standard_LRS for development, Standard_ZRS where a zone may fail.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_ZRS'
@minValue(1)
@maxValue(365)
param softDeleteDays int = 30
@description('Days for which a version of a report or locked model can be neither changed nor deleted.')
@minValue(1)
@maxValue(146000)
param resultsRetentionDays int = 365
@minValue(30)
@maxValue(730)
param logRetentionDays int = 365

@description('Private endpoints for both storage accounts, the app inside a virtual network, every other network refused.')
param privateNetwork bool = false
@description('With privateNetwork: public IPv4 addresses, or CIDR ranges up to /30, of partner sites that upload to the data account.')
param partnerIpRanges string[] = []
@description('Origins of web pages from which a partner may upload in a browser.')
param browserOrigins string[] = []
@description('Microsoft Defender for Storage scans every upload to the data account. Priced per scanned GB.')
param malwareScanning bool = false
@minValue(10)
param malwareScanningCapGBPerMonth int = 5000

@description('Application (client) id of the Entra registration that guards the HTTP API. Empty: function keys.')
param entraClientId string = ''
@description('Who may lock and retire models: names, or patterns in which * stands for any characters, with semicolons between. Empty: nobody.')
param mayLockModels string = ''
@description('Who is mailed when an event was dead-lettered or a message went to the poison queue. Empty: nobody.')
param alertEmail string = ''
@description('When locked models are scored on new cases: six-field NCRONTAB, UTC.')
param revalidationSchedule string = '0 0 3 * * *'
@description('When complete but unstarted cohorts are looked for: six-field NCRONTAB, UTC.')
param sweepSchedule string = '0 */10 * * * *'

var suffix = uniqueString(resourceGroup().id, environmentName)
var base = '${workload}-${environmentName}'
var tags = { workload: 'RadiogenomicsCloud', environment: environmentName }
var onScheduler = durableBackend == 'durableTaskScheduler'

// Names are made here and handed to modules, not read from their outputs: what-if can only predict what is known beforehand.
var hostAccountName = '${workload}host${suffix}'
var dataAccountName = '${workload}data${suffix}'
var insightsName = 'appi-${base}'
var deploymentContainerName = 'deployments'
var eventsQueue = 'cohort-events'
var poisonQueue = '${eventsQueue}-poison' // the name that the queue trigger expects
var deadLetterContainer = 'deadletter'
var taskHub = 'radiogenomics'
var privateServices = ['blob', 'queue', 'table']

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${base}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    workspaceName: 'log-${base}'
    insightsName: insightsName
    location: location
    tags: tags
    retentionDays: logRetentionDays
    publisherId: identity.id
    publisherPrincipalId: identity.properties.principalId
  }
}

// Two accounts: whoever may read the host's state must not thereby read patients' images, and the host's polling must not
// spend the request rate of the data.
module hostAccount 'modules/storage-account.bicep' = {
  name: 'host-account'
  params: {
    name: hostAccountName
    location: location
    tags: tags
    sku: storageSku
    restrictNetwork: privateNetwork
    allowedIpRanges: []
    browserOrigins: []
    softDeleteDays: 7
    lifecycleRules: [
      {
        name: 'drop-old-versions'
        enabled: true
        type: 'Lifecycle'
        definition: {
          filters: { blobTypes: ['blockBlob'] }
          actions: { version: { delete: { daysAfterCreationGreaterThan: 7 } } }
        }
      }
    ]
    workspaceId: monitoring.outputs.workspaceId
  }
}

module dataAccount 'modules/storage-account.bicep' = {
  name: 'data-account'
  params: {
    name: dataAccountName
    location: location
    tags: tags
    sku: storageSku
    restrictNetwork: privateNetwork
    allowedIpRanges: partnerIpRanges
    browserOrigins: browserOrigins
    softDeleteDays: softDeleteDays
    // Nothing here touches results: its versions are kept by the immutability policy.
    lifecycleRules: [
      {
        name: 'drop-scratch'
        enabled: true
        type: 'Lifecycle'
        definition: {
          // Leases of runs that ended are scratch as well; one that is held cannot be deleted.
          filters: { blobTypes: ['blockBlob', 'appendBlob'], prefixMatch: ['scratch/', 'store/leases/'] }
          actions: {
            baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } }
            version: { delete: { daysAfterCreationGreaterThan: 1 } }
          }
        }
      }
      {
        name: 'drop-dead-letters'
        enabled: true
        type: 'Lifecycle'
        definition: {
          filters: { blobTypes: ['blockBlob', 'appendBlob'], prefixMatch: ['${deadLetterContainer}/'] }
          actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 90 } } }
        }
      }
      {
        name: 'drop-replaced-versions'
        enabled: true
        type: 'Lifecycle'
        definition: {
          filters: { blobTypes: ['blockBlob'], prefixMatch: ['cohorts/', 'store/'] }
          actions: { version: { delete: { daysAfterCreationGreaterThan: 30 } } }
        }
      }
    ]
    workspaceId: monitoring.outputs.workspaceId
  }
}

module deploymentContainer 'modules/deployment-container.bicep' = {
  name: 'deployment-container'
  params: { accountName: hostAccountName, containerName: deploymentContainerName }
  dependsOn: [hostAccount]
}

module dataLayout 'modules/data-layout.bicep' = {
  name: 'data-layout'
  params: {
    accountName: dataAccountName
    eventsQueue: eventsQueue
    poisonQueue: poisonQueue
    deadLetterContainer: deadLetterContainer
    resultsRetentionDays: resultsRetentionDays
  }
  dependsOn: [dataAccount]
}

module hostAccess 'modules/host-access.bicep' = {
  name: 'host-access'
  params: {
    accountName: hostAccountName
    identityId: identity.id
    principalId: identity.properties.principalId
    usesQueues: !onScheduler
  }
  dependsOn: [hostAccount]
}

module dataAccess 'modules/data-access.bicep' = {
  name: 'data-access'
  params: {
    accountName: dataAccountName
    eventsQueue: eventsQueue
    poisonQueue: poisonQueue
    identityId: identity.id
    principalId: identity.properties.principalId
  }
  dependsOn: [dataLayout]
}

module malware 'modules/malware-scanning.bicep' = if (malwareScanning) {
  name: 'malware-scanning'
  params: { accountName: dataAccountName, capGBPerMonth: malwareScanningCapGBPerMonth }
  dependsOn: [dataAccount]
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: { name: 'vnet-${base}', location: location, tags: tags, services: privateServices }
}

module hostEndpoints 'modules/private-endpoints.bicep' = if (privateNetwork) {
  name: 'host-endpoints'
  params: {
    accountId: hostAccount.outputs.id
    accountName: hostAccountName
    location: location
    tags: tags
    subnetId: network!.outputs.endpointSubnetId
    services: privateServices
  }
}

module dataEndpoints 'modules/private-endpoints.bicep' = if (privateNetwork) {
  name: 'data-endpoints'
  params: {
    accountId: dataAccount.outputs.id
    accountName: dataAccountName
    location: location
    tags: tags
    subnetId: network!.outputs.endpointSubnetId
    services: privateServices
  }
}

module events 'modules/events.bicep' = {
  name: 'events'
  params: {
    topicName: 'evgt-${base}'
    location: location
    tags: tags
    accountName: dataAccountName
    eventsQueue: eventsQueue
    deadLetterContainer: deadLetterContainer
    workspaceId: monitoring.outputs.workspaceId
  }
  dependsOn: [dataLayout]
}

module scheduler 'modules/durable-task-scheduler.bicep' = if (onScheduler) {
  name: 'scheduler'
  params: {
    name: 'dts-${base}-${suffix}'
    hubName: taskHub
    location: location
    tags: tags
    identityId: identity.id
    principalId: identity.properties.principalId
    allowedIpRanges: schedulerIpRanges
  }
}

module app 'modules/function-app.bicep' = {
  name: 'function-app'
  params: {
    appName: 'func-${base}-${suffix}'
    planName: 'plan-${base}'
    location: location
    tags: tags
    identityId: identity.id
    identityClientId: identity.properties.clientId
    hostUris: {
      blob: hostAccount.outputs.blobUri
      queue: hostAccount.outputs.queueUri
      table: hostAccount.outputs.tableUri
    }
    dataUris: {
      blob: dataAccount.outputs.blobUri
      queue: dataAccount.outputs.queueUri
      table: dataAccount.outputs.tableUri
    }
    dataAccountId: dataAccount.outputs.id
    deploymentContainer: deploymentContainerName
    eventsQueue: eventsQueue
    insightsName: insightsName
    workspaceId: monitoring.outputs.workspaceId
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    alwaysReadyDurable: alwaysReadyDurable
    maximumInstances: maximumInstances
    revalidationSchedule: revalidationSchedule
    sweepSchedule: sweepSchedule
    scheduler: onScheduler ? { endpoint: scheduler!.outputs.endpoint, hub: taskHub } : null
    entraClientId: entraClientId
    mayLockModels: mayLockModels
  }
  // The first start already needs the roles and the way to storage.
  dependsOn: [deploymentContainer, hostAccess, dataAccess, hostEndpoints, dataEndpoints]
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  name: 'alerts'
  params: {
    name: 'alert-${base}'
    location: location
    tags: tags
    email: alertEmail
    topicId: events.outputs.topicId
    workspaceId: monitoring.outputs.workspaceId
    dataAccountName: dataAccountName
    poisonQueue: poisonQueue
  }
}

output functionAppName string = app.outputs.name
output apiHostName string = app.outputs.hostName
output dataAccountName string = dataAccountName
output identityPrincipalId string = identity.properties.principalId
