using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Revalidation;

/// <summary>Where the looks at a version of a model stand: rewritten by every look, so that of two at once one is told to look again.</summary>
/// <param name="LastJob">The job of the last look.</param>
/// <param name="CohortRun">The run of the cohort as it was looked at last.</param>
/// <param name="Known">What the next look starts from.</param>
public sealed record LookStanding(int Looks, string LastJob, string CohortRun, ArtifactRef Known);
