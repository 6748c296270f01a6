using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

public sealed record LockInput(ArtifactRef Analysis, Procedure Procedure, ulong Seed);

/// <param name="Model">The file of a <see cref="LockedModel"/>.</param>
public sealed record LockOutput(ArtifactRef Model);

/// <summary>Fits a procedure on all analysed cases: the model that leaves the study, and the same fit as the first of its resampling plan.</summary>
public sealed class LockStep(AnalysisReader analyses) : IStepHandler<LockInput, LockOutput>
{
    public static readonly Step<LockInput, LockOutput> Definition = new("lock-model", 3);

    public Step<LockInput, LockOutput> Step => Definition;

    public async Task<Outcome<LockOutput>> Run(LockInput input, StepContext context, CancellationToken cancel)
    {
        var data = await analyses.Get(context, input.Analysis, cancel);
        var (rows, seed) = ResamplingPlan.FullFit(data.Rows, input.Seed);
        var training = new TrainingSet(input.Procedure.Predictors(data), data.Endpoint, seed).SelectRows(rows);
        var locked = LockedModel.Create((FittedPipeline)input.Procedure.Learner(data).Fit(training, cancel), data.Endpoint, study: null);
        var reference = await context.Artifacts.Put(stream => locked.Write(stream), cancel);
        return Outcome.Of(new LockOutput(reference));
    }
}
