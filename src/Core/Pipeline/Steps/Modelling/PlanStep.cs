using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

/// <param name="Analysis">An <see cref="AnalysisDocument"/>.</param>
public sealed record PlanInput(ArtifactRef Analysis, Resampling Resampling);

/// <param name="Fits">Fits of each procedure.</param>
/// <param name="FitsPerChunk">How many of them one step does.</param>
public sealed record PlanOutput(int Fits, int FitsPerChunk)
{
    public int Chunks => (Fits + FitsPerChunk - 1) / FitsPerChunk;
}

/// <summary>Makes sure that the resamples can be drawn from these cases, and cuts them into chunks.</summary>
public sealed class PlanStep(AnalysisReader analyses) : IStepHandler<PlanInput, PlanOutput>
{
    /// <summary>So many that a chunk takes seconds: a killed run loses no more.</summary>
    private const int FewestFitsPerChunk = 100;

    /// <summary>So few that the references to their results fit into a payload.</summary>
    public const int MostChunks = 120;

    public static readonly Step<PlanInput, PlanOutput> Definition = new("plan-resamples", 1);

    public Step<PlanInput, PlanOutput> Step => Definition;

    public async Task<Outcome<PlanOutput>> Run(PlanInput input, StepContext context, CancellationToken cancel)
    {
        var plan = Plan(await analyses.Get(context, input.Analysis, cancel), input.Resampling);
        return Outcome.Of(new PlanOutput(plan.UnitCount, Math.Max(FewestFitsPerChunk, (plan.UnitCount + MostChunks - 1) / MostChunks)));
    }

    internal static ResamplingPlan Plan(AnalysisData data, Resampling resampling) =>
        ResamplingPlan.Create(data.Rows, data.Endpoint, resampling.Options, resampling.Seed, data.Attributes);
}
