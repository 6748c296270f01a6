using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Workflows;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>One submission of an exchange.</summary>
public sealed record SubmissionKey(string Exchange, int Submission);

/// <summary>
/// From an accepted submission to the request of its external validation. An effect although it only reads: whether the exchange is accepted
/// and the model locked is true of the moment.
/// </summary>
/// <param name="version">Of the product.</param>
public sealed class PrepareScoringStep(IRecordStore records, ModelRegistry models, TimeProvider time, string version)
    : IStepHandler<SubmissionKey, ExternalValidationInput>
{
    public static readonly Step<SubmissionKey, ExternalValidationInput> Definition = new("prepare-exchange-scoring", 1, StepKind.Effect);

    private readonly ExchangeBook book = new(records, time);

    public Step<SubmissionKey, ExternalValidationInput> Step => Definition;

    public async Task<Outcome<ExternalValidationInput>> Run(SubmissionKey input, StepContext context, CancellationToken cancel)
    {
        var exchange = await book.Find(input.Exchange, cancel).ConfigureAwait(false) ?? throw ExchangeErrors.Missing(input.Exchange);
        if (exchange.State is not (ExchangeState.Accepted or ExchangeState.Released) || exchange.Submission.Number != input.Submission
            || exchange.Submission.Snapshot is not { } reference)
            throw ExchangeErrors.NotNow(exchange, "is not accepted");
        var model = await models.RequireLocked(exchange.Model.Name, exchange.Model.Version, cancel).ConfigureAwait(false);
        var document = await ModelDocument.Read(context.Artifacts, model.Model, cancel).ConfigureAwait(false);
        var snapshot = await context.Artifacts.GetJson<CohortSnapshot>(reference, cancel).ConfigureAwait(false);
        var (name, idMap) = await Identity(exchange, context.Artifacts, cancel).ConfigureAwait(false);
        var request = await RunRequest.ExternalValidation(document, name, idMap, snapshot, version, context.Artifacts, cancel).ConfigureAwait(false);
        return Outcome.Of(request.Input);
    }

    /// <summary>Of the partner's study file, if there is one, the name and the id map alone are read, so that a training cohort is known again.</summary>
    private static async Task<(string Name, SortedDictionary<string, string> IdMap)> Identity(
        Exchange exchange, IArtifactStore artifacts, CancellationToken cancel)
    {
        if (exchange.Submission.Study is not { } reference)
            return ("cohort of exchange " + exchange.Id, new(StringComparer.Ordinal));
        var study = await artifacts.GetJson<Study>(reference, cancel).ConfigureAwait(false);
        return (study.Name, study.IdMap);
    }
}
