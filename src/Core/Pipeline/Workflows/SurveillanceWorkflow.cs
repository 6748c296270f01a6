using RadiogenomicsCloud.Pipeline.Steps.Surveillance;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="Cohort">The cohort as it is now, its table made as the locked models' study says.</param>
/// <param name="Models">The file of a model document.</param>
/// <param name="Training">Files of the run that made the models.</param>
/// <param name="Known">What the last look left; null at the first.</param>
public sealed record SurveillanceInput(
    CohortTableInput Cohort, ArtifactRef Models, TrainingFiles Training, ArtifactRef? Known, SurveillanceThresholds Thresholds);

/// <summary>Looks at locked models on the cases of their own cohort that have come since. Features of cases that a run has processed are found, not made.</summary>
public static class SurveillanceWorkflow
{
    public static readonly Workflow<SurveillanceInput, SurveyOutput> Definition = new("surveillance", 1, Body);

    private static async Task<SurveyOutput> Body(IWorkflow run, SurveillanceInput input)
    {
        var assembled = await CohortTable.Make(run, input.Cohort);
        await run.Checkpoint(new("comparison", 0, 1));
        var survey = (await run.Run(SurveyStep.Definition, new(assembled.Analysis, input.Models, input.Training, input.Known, input.Thresholds))).Require();
        await run.Checkpoint(new("comparison", 1, 1));
        return survey;
    }
}
