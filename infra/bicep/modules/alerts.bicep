// Optional: a mail when a cohort did not start. Both cases are rare, silent and need a person: an event that Event Grid gave up,
// and a message that the application could not handle five times.

param name string
param location string
param tags object
param email string
param topicId string
param workspaceId string
param dataAccountName string
param poisonQueue string

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-people'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'radiogenom'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource deadLetter 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-dead-letter'
  location: 'global'
  tags: tags
  properties: {
    description: 'Event Grid could not deliver an event; it lies in the deadletter container. The sweeper starts the cohort.'
    severity: 2
    enabled: true
    scopes: [topicId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-letter'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'DeadLetteredCount'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

resource poison 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${name}-poison'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    description: 'A message of a completed cohort failed every attempt and was moved to the poison queue.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    // The table appears with its first row, which in a new workspace is after this rule.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'StorageQueueLogs | where OperationName == "PutMessage" and AccountName == "${dataAccountName}" and Uri has "/${poisonQueue}/"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: false
    actions: { actionGroups: [people.id] }
  }
}
