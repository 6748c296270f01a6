// The container of the application's package, in the host account: whoever may write it decides what code runs.

param accountName string
param containerName string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: accountName

  resource blobs 'blobServices' existing = {
    name: 'default'
  }
}

resource deployments 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: account::blobs
  name: containerName
  properties: { publicAccess: 'None' }
}
