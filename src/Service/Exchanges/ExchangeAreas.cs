using System.Globalization;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>The areas of an exchange: <c>x-ID-N-in</c> and <c>x-ID-N-out</c> of each submission.</summary>
public static class ExchangeAreas
{
    /// <summary>Says that a submission is complete.</summary>
    public const string Marker = CohortManifest.FileName;

    /// <summary>A file of this name in the inbox takes the cohort back.</summary>
    public const string WithdrawalMarker = "_WITHDRAW";

    internal const int IdLength = 12;
    private const string InboxEnd = "-in";

    public static string Inbox(string id, int submission) => Stem(id, submission) + InboxEnd;

    public static string Outbox(string id, int submission) => Stem(id, submission) + "-out";

    /// <summary>Below <see cref="AreaNames.Results"/>, ends with a slash.</summary>
    public static string ResultsPrefix(string id, int submission) =>
        string.Create(CultureInfo.InvariantCulture, $"{ResultPrefixes.Exchanges}/{id}/{submission}/");

    /// <summary>Whose inbox an area is; null if it is none.</summary>
    public static (string Id, int Submission)? OfInbox(string area)
    {
        ArgumentNullException.ThrowIfNull(area);
        var parts = area.Split('-');
        return parts is ["x", { } id, { } number, "in"] && IsId(id)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var submission) && submission > 0 && Inbox(id, submission) == area
            ? (id, submission)
            : null;
    }

    public static bool IsId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length == IdLength && id.All(char.IsAsciiHexDigitLower);
    }

    private static string Stem(string id, int submission) => string.Create(CultureInfo.InvariantCulture, $"{AreaNames.ExchangePrefix}{id}-{submission}");
}
