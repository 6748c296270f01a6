using System.Globalization;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>
/// <c>status.json</c> of an outbox: where the exchange is, for a partner who has a link and no account. Made from the record alone, so that
/// one that a killed process did not write is written by the next sweep.
/// </summary>
internal static class ExchangeStatus
{
    public const string FileName = "status.json";

    private sealed record Document(
        string Exchange, int Submission, string State, DateTimeOffset Since, DateTimeOffset UploadUntil, DateTimeOffset ResultsUntil, string Model,
        ExchangeTerms OwnerSees, ExchangeReason? Reason);

    /// <summary>Writes it if it is not as it should be; not to an outbox that is no longer there.</summary>
    public static async Task Write(IFileAreas files, Exchange exchange, CancellationToken cancel)
    {
        var name = ExchangeAreas.Outbox(exchange.Id, exchange.Submission.Number);
        if (exchange.FilesRemoved || !await files.Exists(name, cancel).ConfigureAwait(false))
            return;
        var document = new Document(
            exchange.Id, exchange.Submission.Number, ExchangeBook.Word(exchange.State), exchange.Changed, exchange.Deadline, exchange.CloseBy,
            string.Create(CultureInfo.InvariantCulture, $"{exchange.Model.Name}/v{exchange.Model.Version}"), exchange.Terms, exchange.Reason);
        await ExchangeFiles.WriteIfOther(files.Area(name), FileName, document, cancel).ConfigureAwait(false);
    }
}
