using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Revalidation;

/// <summary>One look at a locked version of a model.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="CohortRun">The run of the cohort as it was looked at.</param>
/// <param name="Compared">False where there were too few new cases; they stay new.</param>
/// <param name="Alerts">Changes beyond a threshold that are more than chance.</param>
/// <param name="Watches">Changes beyond a threshold that may be chance.</param>
/// <param name="Document">A <see cref="Validation.SurveillanceDocument"/>.</param>
/// <param name="ResultsPrefix">Below <see cref="Ports.AreaNames.Results"/>, ends with a slash.</param>
public sealed record LookRecord(
    string Model, int Version, int Number, string JobId, string CohortRun, DateTimeOffset At, int NewCases, bool Compared, int Alerts, int Watches, ArtifactRef Document,
    string ResultsPrefix);
