// Production: zone-redundant storage, a private network, one instance ready for orchestrations, uploads scanned.
// Who is mailed, who may lock models, which Entra application guards the API and which sites may upload differ between
// installations and come from the environment of whoever deploys.
using 'main.bicep'

param environmentName = 'prod'
param storageSku = 'Standard_ZRS'
param softDeleteDays = 30
param resultsRetentionDays = 365
param logRetentionDays = 365
param maximumInstances = 125
param alwaysReadyDurable = 1
param privateNetwork = true
param malwareScanning = true
param entraClientId = readEnvironmentVariable('RADIOGENOMICS_ENTRA_CLIENT_ID', '')
param alertEmail = readEnvironmentVariable('RADIOGENOMICS_ALERT_EMAIL', '')
param mayLockModels = readEnvironmentVariable('RADIOGENOMICS_MAY_LOCK', '')
param partnerIpRanges = filter(split(readEnvironmentVariable('RADIOGENOMICS_PARTNER_IP_RANGES', ''), ','), range => !empty(range))
