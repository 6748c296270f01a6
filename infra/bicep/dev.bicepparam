// Development: one zone, short retention, nothing that is paid for while idle.
using 'main.bicep'

param environmentName = 'dev'
param storageSku = 'Standard_LRS'
param softDeleteDays = 7
param resultsRetentionDays = 1
param logRetentionDays = 30
param maximumInstances = 10
param alwaysReadyDurable = 0
