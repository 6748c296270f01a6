using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

/// <param name="Analysis">An <see cref="AnalysisDocument"/> of the other cohort.</param>
/// <param name="Models">The file of a <see cref="ModelDocument"/>.</param>
public sealed record ScoreInput(ArtifactRef Analysis, ArtifactRef Models);

/// <param name="Performance">A <see cref="PerformanceDocument"/>.</param>
/// <param name="Predictions">A file <c>predictions.csv</c>.</param>
public sealed record ScoreOutput(ArtifactRef Performance, ArtifactRef Predictions);

/// <summary>Scores locked models on a cohort that they never saw; nothing is fitted.</summary>
public sealed class ScoreStep(AnalysisReader analyses) : IStepHandler<ScoreInput, ScoreOutput>
{
    public static readonly Step<ScoreInput, ScoreOutput> Definition = new("score", 2);

    public Step<ScoreInput, ScoreOutput> Step => Definition;

    public async Task<Outcome<ScoreOutput>> Run(ScoreInput input, StepContext context, CancellationToken cancel)
    {
        var data = await analyses.Get(context, input.Analysis, cancel);
        var models = await ModelDocument.Read(context.Artifacts, input.Models, cancel);
        var performances = new List<ModelPerformance>();
        var scores = new List<(string, string, LockedScores)>();
        var horizons = models.Study.Validate.Horizons ?? [];
        var times = EvaluationTimes.All(data.Endpoint, EvaluationTimes.Reached(data.Endpoint, horizons));
        foreach (var locked in models.Models)
        {
            RequireSameLabels(locked, data.Endpoint);
            var predictors = data.PredictorsOf(locked.Model.Columns);
            performances.AddRange(ExternalValidation.Score(locked.Model, predictors, data.Endpoint, locked.Set, locked.ModelName, horizons: horizons, cutOff: locked.CutOff).Models);
            scores.Add((locked.Set, locked.ModelName, LockedScores.Make(locked.Model, predictors, data.Endpoint, times)));
        }
        var performance = new PerformanceDocument(1, "external", data.Endpoint.Name, performances, []);
        var predictions = await context.Artifacts.Put(stream => PredictionsFile.Write(stream, scores), cancel);
        return Outcome.Of(new ScoreOutput(await context.Artifacts.PutJson(performance, cancel), predictions));
    }

    internal static void RequireSameLabels(LockedSet locked, Endpoint endpoint)
    {
        if (locked.Model.Fits(endpoint))
            return;
        throw new BadInputException(
            "validate.labels",
            $"The model predicts {Describe(locked.Model.EndpointKind, locked.Model.Labels)}, but {endpoint.Name} of this cohort is {Describe(endpoint.Kind, LockedModel.LabelsOf(endpoint))}; use the same kind and labels.",
            endpoint.Name);
    }

    private static string Describe(EndpointKind kind, IReadOnlyList<string> labels) => kind switch
    {
        EndpointKind.Binary => $"'{labels[0]}' against '{labels[1]}'",
        EndpointKind.Multiclass => string.Join(", ", labels.Select(label => $"'{label}'")),
        EndpointKind.Continuous => "a number",
        _ => "a survival time",
    };
}
