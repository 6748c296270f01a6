using System.Globalization;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Steps.Surveillance;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Publishing;

namespace RadiogenomicsCloud.Service.Revalidation;

public sealed record RecordLookInput(string JobId, string Model, int Version, string CohortRun, SurveyOutput Survey);

/// <summary>Enters a look at a locked model and publishes it; done twice it enters one.</summary>
public sealed partial class RecordLookStep(IServiceStorage storage, LookBook looks, ILogger<RecordLookStep> logger) : IStepHandler<RecordLookInput, LookRecord>
{
    public const string DocumentName = "surveillance.json";

    public static readonly Step<RecordLookInput, LookRecord> Definition = new("record-look", 1, StepKind.Effect);

    public Step<RecordLookInput, LookRecord> Step => Definition;

    public async Task<Outcome<LookRecord>> Run(RecordLookInput input, StepContext context, CancellationToken cancel)
    {
        var survey = input.Survey;
        var look = await looks.Enter(
            input.Model, input.Version, input.JobId, input.CohortRun, survey.Known,
            (number, at) => new(
                input.Model, input.Version, number, input.JobId, input.CohortRun, at, survey.NewCases, survey.Compared, survey.Alerts, survey.Watches, survey.Document,
                string.Create(CultureInfo.InvariantCulture, $"{ResultPrefixes.Revalidation}/{input.Model}/v{input.Version}/{number:D4}/")),
            cancel).ConfigureAwait(false);
        // Results are written once; the same job gives the same bytes.
        var results = storage.Files.Area(AreaNames.Results);
        await ArtifactFile.WriteIfAbsent(results, look.ResultsPrefix + DocumentName, survey.Document, context.Artifacts, cancel).ConfigureAwait(false);
        await ArtifactFile.WriteIfAbsent(results, look.ResultsPrefix + RunFileNames.Report, survey.Report, context.Artifacts, cancel).ConfigureAwait(false);
        if (look.Alerts > 0)
            LogAlerts(look.Model, look.Version, look.Number, look.Alerts, look.NewCases);
        return Outcome.Of(look);
    }

    // What an operator's alert rule waits for.
    [LoggerMessage(Level = LogLevel.Warning, EventName = "RevalidationAlert", Message = "Model {Model} v{Version}, look {Look}: {Alerts} changes beyond the study's thresholds on {NewCases} new cases.")]
    private partial void LogAlerts(string model, int version, int look, int alerts, int newCases);
}
