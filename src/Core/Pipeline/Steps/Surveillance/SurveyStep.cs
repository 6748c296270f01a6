using System.Text;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Page;
using RadiogenomicsCloud.Tables;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Surveillance;

/// <param name="Analysis">An <see cref="AnalysisDocument"/> of the cohort as it is now, made with the locked models' study.</param>
/// <param name="Models">The file of a <see cref="ModelDocument"/>.</param>
/// <param name="Training">Files of the run that made the models: <c>performance.json</c>, <c>features.csv</c>, <c>cases.csv</c>.</param>
/// <param name="Known">The <see cref="KnownCases"/> of the last look; null at the first.</param>
public sealed record SurveyInput(ArtifactRef Analysis, ArtifactRef Models, TrainingFiles Training, ArtifactRef? Known, SurveillanceThresholds Thresholds);

/// <summary>What a locked model is compared with.</summary>
public sealed record TrainingFiles(ArtifactRef Performance, ArtifactRef Features, ArtifactRef Cases);

/// <summary>Cases that earlier looks have counted, in ordinal order.</summary>
public sealed record KnownCases(IReadOnlyList<string> CaseIds);

/// <param name="Document">A <see cref="SurveillanceDocument"/>, the file <c>surveillance.json</c>.</param>
/// <param name="Report">The page that shows it.</param>
/// <param name="Known">What the next look starts from: the same as before where there were too few cases to compare, so that they add up.</param>
/// <param name="Compared">Whether there were enough new cases.</param>
public sealed record SurveyOutput(ArtifactRef Document, ArtifactRef Report, ArtifactRef Known, int NewCases, bool Compared, int Alerts, int Watches);

/// <summary>Looks at locked models on the cases that no model has seen and no earlier look has counted; nothing is fitted.</summary>
public sealed class SurveyStep(AnalysisReader analyses) : IStepHandler<SurveyInput, SurveyOutput>
{
    public static readonly Step<SurveyInput, SurveyOutput> Definition = new("survey", 2);

    public Step<SurveyInput, SurveyOutput> Step => Definition;

    public async Task<Outcome<SurveyOutput>> Run(SurveyInput input, StepContext context, CancellationToken cancel)
    {
        var store = context.Artifacts;
        var data = await analyses.Get(context, input.Analysis, cancel);
        var models = await ModelDocument.Read(store, input.Models, cancel);
        var known = input.Known is { } last ? await store.GetJson<KnownCases>(last, cancel) : new([]);
        var fresh = Fresh(data, models, known);
        var endpoint = data.Endpoint.SelectRows(fresh);
        var compared = fresh.Length >= input.Thresholds.FewestCases;
        var notes = new List<string>();
        PerformanceDocument? performance = null;
        IReadOnlyList<FigureChange> changes = [];
        IReadOnlyList<PredictorDrift> drift = [];
        if (!compared)
        {
            notes.Add(FormattableString.Invariant($"{fresh.Length} new cases are too few to compare; {input.Thresholds.FewestCases} are awaited."));
        }
        else
        {
            var (fewest, are) = Fewest(endpoint);
            if (fewest < SurveillanceThresholds.FewestOfAClass)
                notes.Add(FormattableString.Invariant($"Only {fewest} of the new cases {are} of {endpoint.Name}: inputs are compared, performance is not."));
            else
            {
                performance = Score(models, data, fresh, endpoint);
                changes = FigureChanges.Of(await store.GetJson<PerformanceDocument>(input.Training.Performance, cancel), performance, input.Thresholds);
            }
            drift = await Drift(models, data, fresh, input, notes, store, cancel);
        }
        var document = new SurveillanceDocument(
            SurveillanceDocument.CurrentSchema, models.Study.Name, endpoint.Name, fresh.Length, Events(endpoint), input.Thresholds, performance, changes, drift, notes);
        var seen = compared ? new KnownCases([.. known.CaseIds.Concat(fresh.Select(row => data.Rows[row].Case)).Order(StringComparer.Ordinal)]) : known;
        return Outcome.Of(new SurveyOutput(
            await store.PutJson(document, cancel),
            await store.Put(stream => stream.Write(Encoding.UTF8.GetBytes(SurveillancePage.Render(document))), cancel),
            await store.PutJson(seen, cancel), fresh.Length, compared, document.Alerts, document.Watches));
    }

    /// <summary>
    /// What a model only would read had it been chosen does not matter to it. Of one that weighs levels or projections, what it chose are no columns of the table:
    /// all that it reads count.
    /// </summary>
    private static IReadOnlyList<string> Inputs(LockedModel model)
    {
        var columns = model.Columns.ToHashSet(StringComparer.Ordinal);
        return model.Selected.All(columns.Contains) ? model.Selected : model.Columns;
    }

    private static (int Fewest, string Are) Fewest(Endpoint endpoint) => endpoint switch
    {
        BinaryEndpoint binary => (Math.Min(binary.EventCount, binary.Count - binary.EventCount), "are in the rarer class"),
        MulticlassEndpoint classes => (classes.Rarest, "are in the rarest class"),
        SurvivalEndpoint survival => (survival.EventCount, "have the event"),
        _ => (endpoint.Count, "have a value"),
    };

    private static int? Events(Endpoint endpoint) => endpoint switch
    {
        BinaryEndpoint binary => binary.EventCount,
        SurvivalEndpoint survival => survival.EventCount,
        _ => null,
    };

    private static int[] Fresh(AnalysisData data, ModelDocument models, KnownCases known)
    {
        var counted = known.CaseIds.ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, data.Rows.Count)
            .Where(row => !counted.Contains(data.Rows[row].Case) && !models.Models.Any(m => m.Model.HasSeen(data.Rows[row])))];
    }

    private static PerformanceDocument Score(ModelDocument models, AnalysisData data, int[] fresh, Endpoint endpoint)
    {
        var performances = new List<ModelPerformance>();
        foreach (var locked in models.Models)
        {
            ScoreStep.RequireSameLabels(locked, endpoint);
            performances.AddRange(ExternalValidation.Score(
                locked.Model, data.PredictorsOf(locked.Model.Columns).SelectRows(fresh), endpoint, locked.Set, locked.ModelName, horizons: models.Study.Validate.Horizons).Models);
        }
        return new(1, "external", endpoint.Name, performances, []);
    }

    private static async Task<IReadOnlyList<PredictorDrift>> Drift(
        ModelDocument models, AnalysisData data, int[] fresh, SurveyInput input, List<string> notes, IArtifactStore store, CancellationToken cancel)
    {
        var selected = models.Models.SelectMany(m => Inputs(m.Model)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToLookup(data.Document.Categories.ContainsKey);
        var predictors = selected[false].ToList();
        if (selected[true].Any())
            notes.Add($"Inputs are compared where they are numbers; not compared: {string.Join(", ", selected[true])}.");
        CaseTable features;
        await using (var stream = await store.OpenRequired(input.Training.Features, cancel))
            features = CaseTableReader.Read(stream, RunFileNames.Features, models.Study.Ids.Case);
        IReadOnlyList<CaseRecord> cases;
        await using (var stream = await store.OpenRequired(input.Training.Cases, cancel))
            cases = CasesFile.Read(stream, RunFileNames.Cases);
        var trained = features.SelectCases([.. cases.Where(c => c.Status == CaseStatus.Analysed).Select(c => c.CaseId)]);
        return InputDrift.Of(
            predictors,
            predictor => trained.Numeric(predictor).Values.ToArray(),
            predictor =>
            {
                var values = data.Table.Numeric(predictor).Values;
                return fresh.Select(row => values[row]).ToArray();
            },
            input.Thresholds);
    }
}
