using System.Globalization;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Surveillance;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Revalidation;

public sealed record RecordLookInput(string JobId, string Model, int Version, string CohortRun, SurveyOutput Survey);

/// <summary>Enters a look at a locked model and publishes it; done twice it enters one.</summary>
public sealed class RecordLookStep(IServiceStorage storage, LookBook looks) : IStepHandler<RecordLookInput, LookRecord>
{
    public const string DocumentName = "surveillance.json";
    public const string ReportName = "report.html";

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
        await Write(DocumentName, survey.Document).ConfigureAwait(false);
        await Write(ReportName, survey.Report).ConfigureAwait(false);
        return Outcome.Of(look);

        // Results are written once; the same job gives the same bytes.
        Task Write(string name, ArtifactRef content) => storage.Files.Area(AreaNames.Results).Write(
            look.ResultsPrefix + name,
            async stream =>
            {
                var source = await context.Artifacts.OpenRequired(content, cancel).ConfigureAwait(false);
                await using (source.ConfigureAwait(false))
                    await source.CopyToAsync(stream, cancel).ConfigureAwait(false);
            },
            WriteCondition.IfAbsent, cancel);
    }
}
