using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Publishing;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <param name="RunId">Of the run that made <paramref name="Files"/>.</param>
public sealed record ReleaseInput(SubmissionKey Submission, string RunId, RunFileList Files);

/// <param name="ResultsPrefix">Where the owner finds the aggregates, below <see cref="AreaNames.Results"/>.</param>
public sealed record ReleaseOutput(string ResultsPrefix);

/// <summary>
/// Gives the results out: the whole report into the partner's outbox, then the state, then the agreed aggregates to the owner. In this
/// order, so that nothing of a cohort that was taken back in the meantime comes to the owner.
/// </summary>
public sealed class ReleaseStep(IServiceStorage storage, ModelRegistry models, ExchangeSettings settings, TimeProvider time)
    : IStepHandler<ReleaseInput, ReleaseOutput>
{
    public static readonly Step<ReleaseInput, ReleaseOutput> Definition = new("release-exchange", 1, StepKind.Effect);

    private const string IntakeStage = "intake";

    private readonly ExchangeBook book = new(storage.Records, time);

    public Step<ReleaseInput, ReleaseOutput> Step => Definition;

    public async Task<Outcome<ReleaseOutput>> Run(ReleaseInput input, StepContext context, CancellationToken cancel)
    {
        var (id, number) = (input.Submission.Exchange, input.Submission.Submission);
        var exchange = await book.Find(id, cancel).ConfigureAwait(false) ?? throw ExchangeErrors.Missing(id);
        if (exchange.Submission.Number != number || exchange.State is not (ExchangeState.Accepted or ExchangeState.Released))
            throw ExchangeErrors.NotNow(exchange, "is no longer accepted");
        var outbox = storage.Files.Area(ExchangeAreas.Outbox(id, number));
        foreach (var file in input.Files.Files.OrderBy(f => f.Name == RunFileNames.Report))
            await ArtifactFile.WriteIfAbsent(outbox, file.Name, file.Content, context.Artifacts, cancel).ConfigureAwait(false);
        exchange = await book.Change(
            id, ExchangeCommand.Release, ExchangeBook.Service,
            e => e with { Reason = null, CloseBy = Later(e.CloseBy, time.GetUtcNow() + settings.FetchTime), Submission = e.Submission with { RunId = input.RunId } },
            cancel).ConfigureAwait(false);
        var aggregates = await Aggregates(input, exchange, context.Artifacts, cancel).ConfigureAwait(false);
        var prefix = ExchangeAreas.ResultsPrefix(id, number);
        // Results are written once: the same run gives the same bytes.
        await storage.Files.Area(AreaNames.Results).Write(
            prefix + AgreedAggregates.FileName,
            stream => JsonSerializer.SerializeAsync(stream, aggregates, ExchangeFiles.Json, cancel), WriteCondition.IfAbsent, cancel).ConfigureAwait(false);
        await ExchangeStatus.Write(storage.Files, exchange, cancel).ConfigureAwait(false);
        return Outcome.Of(new ReleaseOutput(prefix));
    }

    private async Task<AgreedAggregates> Aggregates(ReleaseInput input, Exchange exchange, IArtifactStore artifacts, CancellationToken cancel)
    {
        var model = await models.Find(exchange.Model.Name, exchange.Model.Version, cancel).ConfigureAwait(false)
            ?? throw new InvalidOperationException("A version of the registry is gone.");
        var document = await ModelDocument.Read(artifacts, model.Model, cancel).ConfigureAwait(false);
        var performance = await artifacts.GetJson<PerformanceDocument>(Content(RunFileNames.Performance), cancel).ConfigureAwait(false);
        var cases = await artifacts.OpenRequired(Content(RunFileNames.Cases), cancel).ConfigureAwait(false);
        await using (cases.ConfigureAwait(false))
        {
            var admitted = CasesFile.Read(cases, RunFileNames.Cases).Count(c => c.Stage != IntakeStage);
            return AggregateMaker.Make(performance, document, exchange, admitted);
        }

        ArtifactRef Content(string name) => input.Files.Files.Single(f => f.Name == name).Content;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
