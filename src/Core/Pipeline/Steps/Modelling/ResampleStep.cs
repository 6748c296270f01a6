using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

/// <param name="From">First fit of the plan; <paramref name="To"/> is the first one not done.</param>
public sealed record ResampleInput(ArtifactRef Analysis, Procedure Procedure, Resampling Resampling, int From, int To);

/// <summary>Results of fits in the order of the plan.</summary>
public sealed record ResampleResults(IReadOnlyList<ResampleResult> Results);

/// <summary>A chunk of resamples of one procedure. Its result does not depend on how the plan was cut.</summary>
public sealed class ResampleStep(AnalysisReader analyses) : IStepHandler<ResampleInput, ArtifactRef>
{
    public static readonly Step<ResampleInput, ArtifactRef> Definition = new("resample", 2);

    public Step<ResampleInput, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(ResampleInput input, StepContext context, CancellationToken cancel)
    {
        var data = await analyses.Get(context, input.Analysis, cancel);
        var results = ResampleRunner.Run(
            PlanStep.Plan(data, input.Resampling), input.Procedure.Pipeline(), data.Predictors(input.Procedure.Set), input.From, input.To, cancel);
        return Outcome.Of(await context.Artifacts.PutJson(new ResampleResults(results), cancel));
    }
}
