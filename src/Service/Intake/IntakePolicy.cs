namespace RadiogenomicsCloud.Service.Intake;

/// <summary>What the service asks of a cohort. Its own setting, never the uploader's; it travels with the job, so that a job keeps the one that it began with.</summary>
/// <param name="RequireDeidentified">
/// Whether every DICOM file must pass the de-identification gate. Off only where a host's operator says so for cohorts of the owner.
/// </param>
/// <param name="RequireStudy">Whether the cohort must hold a study file: it does not where a model's study is used.</param>
public sealed record IntakePolicy(IntakeLimits Limits, bool RequireDeidentified = true, bool RequireStudy = true)
{
    public static IntakePolicy Default { get; } = new(new IntakeLimits());
}
