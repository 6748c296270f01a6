// The containers and queues of the service in the data account. Containers of exchanges (x-...) and the table of records
// are made by the service itself, because they come and go with partners.

param accountName string
param eventsQueue string
param poisonQueue string
param deadLetterContainer string
@description('Days for which no version of a result can be changed or deleted.')
@minValue(1)
@maxValue(146000)
param resultsRetentionDays int

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: accountName

  resource blobs 'blobServices' existing = {
    name: 'default'
  }

  resource queues 'queueServices' existing = {
    name: 'default'
  }
}

// cohorts: what sites drop. store: artifacts and outcomes by their hash. scratch: what no one misses after a week.
// The last one: events that Event Grid could not deliver.
var names = ['cohorts', 'store', 'scratch', deadLetterContainer]

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for name in names: {
    parent: account::blobs
    name: name
    properties: { publicAccess: 'None' }
  }
]

// Reports and locked models: a version once written cannot be changed or deleted while the period runs, by anybody; writing
// again makes another version. Version-level immutability can only be chosen when a container is made.
resource results 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: account::blobs
  name: 'results'
  properties: {
    publicAccess: 'None'
    immutableStorageWithVersioning: { enabled: true }
  }
}

// The policy is made unlocked, so that a mistake in a new environment can be undone. Locking it is one command and final.
resource retention 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-01-01' = {
  parent: results
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: resultsRetentionDays
    // A log may grow at its end; what it says already stays.
    allowProtectedAppendWrites: true
  }
}

resource events 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = {
  parent: account::queues
  name: eventsQueue
}

// Made here, so that the application needs no right to make queues and an alert can watch it from the first day.
resource poison 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = {
  parent: account::queues
  name: poisonQueue
}
