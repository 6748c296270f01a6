using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Jobs;

public enum JobKind
{
    /// <summary>A cohort of the owner: intake, the whole pipeline, report.</summary>
    CohortRun,

    /// <summary>A partner's submission: intake alone.</summary>
    ExchangeIntake,

    /// <summary>A partner's accepted submission: the locked model is scored on it.</summary>
    ExchangeScoring,

    /// <summary>A locked model on the cases that are new since its last look.</summary>
    Revalidation,
}

public enum JobState
{
    Queued,
    Running,

    /// <summary>Done; single cases may have failed.</summary>
    Completed,

    /// <summary>The cohort as a whole was not let in: its manifest or its size.</summary>
    Refused,

    /// <summary>The study cannot be done; starting again does not help.</summary>
    Failed,

    Cancelled,
}

/// <summary>One unit of the service's work, as people follow it. The truth about its steps is in the outcomes, not here.</summary>
/// <param name="Id">The id of its root workflow.</param>
/// <param name="Subject">Name of the cohort, id of the exchange, or name of the model.</param>
/// <param name="Workflow">Name of the root workflow.</param>
/// <param name="Input">Artifact with the canonical JSON of the root workflow's input: a job can be started again from its record.</param>
/// <param name="RunId">The run whose results it publishes; null before the intake has decided.</param>
/// <param name="Intake">An intake document: every case as admitted or quarantined, with reasons; null before.</param>
/// <param name="ResultsPrefix">Below <see cref="AreaNames.Results"/>, ends with a slash; null before the report is there.</param>
/// <param name="Problem">Why it was refused or failed; of a job that has not ended, the trouble after which it will be tried again.</param>
/// <param name="Progress">Where it was last seen; a host may know better.</param>
/// <param name="Attempts">How often trouble of the host or its storage ended it since it was queued.</param>
public sealed record JobRecord(
    string Id, JobKind Kind, string Subject, CohortPlace Place, string Workflow, int WorkflowVersion, ArtifactRef Input, JobState State,
    DateTimeOffset Created, DateTimeOffset Changed, bool CancelRequested = false, string? RunId = null, ArtifactRef? Intake = null,
    string? ResultsPrefix = null, Failure? Problem = null, Progress? Progress = null, int Attempts = 0)
{
    /// <summary>A <see cref="Pipeline.Steps.CohortSnapshot"/> of what the intake let in, pinned; null before.</summary>
    public ArtifactRef? Snapshot { get; init; }

    public bool HasEnded => State is not (JobState.Queued or JobState.Running);
}
