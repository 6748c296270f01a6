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

/// <summary>Makes sure that the resamples can be drawn from these cases, warns where they are few for what is tried, and cuts the fits into chunks.</summary>
public sealed class PlanStep(AnalysisReader analyses) : IStepHandler<PlanInput, PlanOutput>
{
    /// <summary>
    /// So many that what a chunk costs beside its fits (some storage transactions) does not show, and so few that a killed run loses little and several
    /// processors have something to do to the end.
    /// </summary>
    private const int FewestFitsPerChunk = 25;

    /// <summary>So few that the references to their results fit into a payload.</summary>
    public const int MostChunks = 120;

    /// <summary>So few that they fit into a payload; the summary of each model has all of its own.</summary>
    private const int MostWarnings = 30;

    public static readonly Step<PlanInput, PlanOutput> Definition = new("plan-resamples", 2);

    public Step<PlanInput, PlanOutput> Step => Definition;

    public async Task<Outcome<PlanOutput>> Run(PlanInput input, StepContext context, CancellationToken cancel)
    {
        var data = await analyses.Get(context, input.Analysis, cancel);
        var plan = Plan(data, input.Resampling);
        return Outcome.Of(
            new PlanOutput(plan.UnitCount, Math.Max(FewestFitsPerChunk, (plan.UnitCount + MostChunks - 1) / MostChunks)),
            [.. data.Document.Sets.SelectMany(set => SizeWarnings(plan, data, set)).Take(MostWarnings)]);
    }

    /// <summary>Of a predictor set, known before anything is fitted; the summary of each model says it again.</summary>
    private static IEnumerable<string> SizeWarnings(ResamplingPlan plan, AnalysisData data, ModelledSet set)
    {
        var parameters = Parameters(data, set.Columns);
        return StudySize.Warnings(plan.Endpoint.Kind, plan.Rows.Count, plan.RarerClassSubjects, parameters)
            .Concat(new[] { StudySize.Riley(plan, parameters) }.OfType<string>()).Select(w => $"{set.Name}: {w}");
    }

    /// <summary>Candidate parameters of columns: a nominal column counts its levels less one, any other one.</summary>
    internal static int Parameters(AnalysisData data, IReadOnlyList<string> columns) =>
        columns.Sum(c => data.Document.Categories.TryGetValue(c, out var categories) && !categories.Ordered ? Math.Max(1, categories.Levels.Count - 1) : 1);

    internal static ResamplingPlan Plan(AnalysisData data, Resampling resampling) =>
        ResamplingPlan.Create(data.Rows, data.Endpoint, resampling.Options, resampling.Seed, data.Attributes);
}
