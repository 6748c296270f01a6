using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

/// <param name="Model">The file of a <see cref="LockedModel"/>.</param>
/// <param name="Importance">What <see cref="ImportanceStep"/> gave; empty where it was not asked for.</param>
public sealed record ExplainInput(
    ArtifactRef Analysis, Procedure Procedure, Resampling Resampling, ExplainSettings Settings, ArtifactRef Model, IReadOnlyList<ArtifactRef> Importance);

/// <summary>Puts together what the models of one procedure rest on: a <see cref="ProcedureExplanation"/>.</summary>
public sealed class ExplainStep(AnalysisReader analyses) : IStepHandler<ExplainInput, ArtifactRef>
{
    public static readonly Step<ExplainInput, ArtifactRef> Definition = new("explain", 1);

    public Step<ExplainInput, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(ExplainInput input, StepContext context, CancellationToken cancel)
    {
        var data = await analyses.Get(context, input.Analysis, cancel);
        var plan = PlanStep.Plan(data, input.Resampling);
        var predictors = input.Procedure.Predictors(data);
        LockedModel locked;
        await using (var stream = await context.Artifacts.OpenRequired(input.Model, cancel))
            locked = LockedModel.Read(stream);
        var notes = new List<string>();
        ImportanceTable? importance = null;
        if (input.Settings.PermutationImportance is { } settings)
        {
            var results = new List<ResampleImportance>();
            foreach (var part in input.Importance)
                results.AddRange((await context.Artifacts.GetJson<ImportanceResults>(part, cancel)).Results);
            (importance, var said) = ImportanceSummary.Make(plan, results, settings.Repeats);
            notes.AddRange(said);
        }
        DependenceTable? dependence = null;
        if (input.Settings.PartialDependence is { } curves)
        {
            string[] shown = [.. Ranked(locked, importance).Take(curves.Predictors)];
            dependence = DependenceTables.Make(plan, input.Procedure.Learner(data), predictors, locked, shown, curves, cancel);
        }
        var (nomogram, why) = NomogramTables.Make(locked, predictors, plan);
        if (why is not null)
            notes.Add(why);
        var explanation = new ProcedureExplanation(input.Procedure.Set, input.Procedure.Model.Name, importance, dependence, nomogram, notes);
        return Outcome.Of(await context.Artifacts.PutJson(explanation, cancel));
    }

    /// <summary>The columns that the locked model reads: by importance where it is known, then by standardised weight, then in its order.</summary>
    private static IEnumerable<string> Ranked(LockedModel locked, ImportanceTable? importance)
    {
        var weights = (locked.Coefficients ?? []).ToDictionary(c => c.Column, c => Math.Abs(c.Standardised), StringComparer.Ordinal);
        var growths = (importance?.Columns ?? []).ToDictionary(c => c.Column, c => c.Growth, StringComparer.Ordinal);
        return locked.Columns.OrderByDescending(c => growths.GetValueOrDefault(c, double.NegativeInfinity))
            .ThenByDescending(c => weights.GetValueOrDefault(c)).ThenByDescending(c => locked.Selected.Contains(c, StringComparer.Ordinal));
    }
}
