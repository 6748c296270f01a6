// One storage account with everything that does not differ between the host's state and the study data: no keys, no
// anonymous access, recoverable deletions, and an audit trail of every read, write and deletion.

param name string
param location string
param tags object
@description('Standard_LRS for development, Standard_ZRS where a zone may fail.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param sku string
@description('Deny every network but the private endpoints, the ranges below and trusted Azure services.')
param restrictNetwork bool
@description('Public IPv4 addresses or CIDR ranges that stay allowed on a restricted account, such as the partner sites.')
param allowedIpRanges string[]
@description('Origins of web pages that may upload with a SAS link, such as https://portal.example.org.')
param browserOrigins string[]
@description('Days for which deleted blobs and containers can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int
@description('Rules of the lifecycle policy; each names the prefixes on which it acts.')
param lifecycleRules object[]
@description('Where the audit logs go.')
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    // Only Entra identities and links that are signed by them: a leaked key would open everything and name nobody.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    supportsHttpsTrafficOnly: true
    minimumTlsVersion: 'TLS1_2'
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      services: {
        blob: { enabled: true, keyType: 'Account' }
        file: { enabled: true, keyType: 'Account' }
        queue: { enabled: true, keyType: 'Service' }
        table: { enabled: true, keyType: 'Service' }
      }
    }
    // Links live seven days at most; the service enforces it, and the log shows a link that was made around it.
    sasPolicy: { sasExpirationPeriod: '7.00:00:00', expirationAction: 'Log' }
    publicNetworkAccess: restrictNetwork && empty(allowedIpRanges) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: restrictNetwork ? 'Deny' : 'Allow'
      // Event Grid delivers with its identity through this exception.
      bypass: 'AzureServices'
      ipRules: [for range in (restrictNetwork ? allowedIpRanges : []): { value: range, action: 'Allow' }]
      virtualNetworkRules: []
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    cors: {
      // A browser may only create blobs; reading stays with the link's own right and needs no other origin.
      corsRules: empty(browserOrigins)
        ? []
        : [
            {
              allowedOrigins: browserOrigins
              allowedMethods: ['PUT', 'OPTIONS']
              allowedHeaders: ['content-type', 'if-none-match', 'x-ms-*']
              exposedHeaders: ['etag', 'x-ms-*']
              maxAgeInSeconds: 3600
            }
          ]
    }
  }
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-01-01' = {
  parent: account
  name: 'default'
  properties: { policy: { rules: lifecycleRules } }
  dependsOn: [blobs]
}

// Who read, wrote and deleted what: Azure does not log the making of a SAS link, but it logs every use of one.
var audit = [
  { category: 'StorageRead', enabled: true }
  { category: 'StorageWrite', enabled: true }
  { category: 'StorageDelete', enabled: true }
]
var metrics = [{ category: 'Transaction', enabled: true }]

resource blobAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'audit'
  properties: { workspaceId: workspaceId, logs: audit, metrics: metrics }
}

resource queueAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: queues
  name: 'audit'
  properties: { workspaceId: workspaceId, logs: audit, metrics: metrics }
}

resource tableAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: tables
  name: 'audit'
  properties: { workspaceId: workspaceId, logs: audit, metrics: metrics }
}

output id string = account.id
output blobUri string = 'https://${name}.blob.${environment().suffixes.storage}'
output queueUri string = 'https://${name}.queue.${environment().suffixes.storage}'
output tableUri string = 'https://${name}.table.${environment().suffixes.storage}'
