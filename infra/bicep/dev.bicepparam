// Development: one zone, short retention, nothing that is paid for while idle. Who may lock models comes from the environment
// of whoever deploys.
using 'main.bicep'

param environmentName = 'dev'
param storageSku = 'Standard_LRS'
param softDeleteDays = 7
param resultsRetentionDays = 1
param logRetentionDays = 30
param maximumInstances = 10
param alwaysReadyDurable = 0
param mayLockModels = readEnvironmentVariable('RADIOGENOMICS_MAY_LOCK', '')
