using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

/// <param name="Part">Which share of the resamples; from 0.</param>
public sealed record ImportanceInput(ArtifactRef Analysis, Procedure Procedure, Resampling Resampling, ImportanceSettings Settings, int Part)
{
    /// <summary>Shares, each a step of its own: a killed run loses no more.</summary>
    public const int Parts = 8;
}

/// <summary>Results of the resamples of a share.</summary>
internal sealed record ImportanceResults(IReadOnlyList<ResampleImportance> Results);

/// <summary>Fits a share of the leading resamples of one procedure again and judges each column by permuting it among the cases left out.</summary>
public sealed class ImportanceStep(AnalysisReader analyses) : IStepHandler<ImportanceInput, ArtifactRef>
{
    public static readonly Step<ImportanceInput, ArtifactRef> Definition = new("importance", 1);

    public Step<ImportanceInput, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(ImportanceInput input, StepContext context, CancellationToken cancel)
    {
        var data = await analyses.Get(context, input.Analysis, cancel);
        var plan = PlanStep.Plan(data, input.Resampling);
        var (learner, predictors) = (input.Procedure.Learner(data), input.Procedure.Predictors(data));
        var resamples = ExplainedResamples.Part(ExplainedResamples.Of(plan, input.Settings.Resamples), input.Part, ImportanceInput.Parts);
        var results = resamples.Select(r => UnseenImportance.Of(plan, learner, predictors, r, input.Settings.Repeats, cancel)).ToList();
        return Outcome.Of(await context.Artifacts.PutJson(new ImportanceResults(results), cancel));
    }
}
