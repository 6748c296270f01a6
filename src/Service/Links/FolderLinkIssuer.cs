using System.Globalization;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>
/// Links to areas of a folder storage: signed URLs of the service's own endpoint, <c>BASE/blob/AREA?sp=…&amp;sig=…</c>, which
/// <see cref="BlobGateway"/> serves. A path is put behind the area, as with a container's URL.
/// </summary>
public sealed class FolderLinkIssuer : ILinkIssuer
{
    /// <summary>The path below which the service serves areas by links.</summary>
    public const string Mount = "/blob/";

    private readonly LinkKey key;
    private readonly LinkGenerations generations;
    private readonly TimeProvider time;
    private Uri? endpoint;

    internal FolderLinkIssuer(IRecordStore records, LinkKey key, TimeProvider time) =>
        (generations, this.key, this.time) = (new(records), key, time);

    public string Signature => "service-token";

    public LinkRight UploadRight => LinkRight.Create;

    public bool EnforcesIpRange => true;

    internal LinkGenerations Generations => generations;

    internal LinkKey Key => key;

    internal TimeProvider Time => time;

    /// <summary>Says where the service is reached from outside: <c>https://host[/path]</c>, or <c>http</c> on loopback.</summary>
    /// <exception cref="BadInputException">Not such an address.</exception>
    public void ServeAt(Uri baseAddress)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        if (!baseAddress.IsAbsoluteUri || baseAddress.Query.Length > 0 || baseAddress.Fragment.Length > 0 || baseAddress.UserInfo.Length > 0
            || !(baseAddress.Scheme == Uri.UriSchemeHttps || (baseAddress.Scheme == Uri.UriSchemeHttp && baseAddress.IsLoopback)))
        {
            throw new BadInputException(
                "links.endpoint", "Links need an address that begins with https:// (http:// on this machine alone), without query.", baseAddress.OriginalString);
        }
        endpoint = baseAddress;
    }

    /// <inheritdoc/>
    /// <exception cref="StorageException">No endpoint is served: see <see cref="ServeAt"/>.</exception>
    public async Task<Uri> Issue(LinkRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var served = endpoint ?? throw new StorageException(
            "links.no_endpoint", "Links to a folder storage work while the service runs: make them there ('radiogenomics serve').");
        Require(request);
        var parameters = new LinkParameters(
            request.Area, LinkParameters.RightOf(request.Right), LinkParameters.TimeOf(request.Start), LinkParameters.TimeOf(request.Expiry),
            request.IpRange ?? "", served.Scheme == Uri.UriSchemeHttps ? LinkParameters.HttpsAlone : LinkParameters.HttpsAndHttp,
            (await generations.Of(request.Area, cancel).ConfigureAwait(false)).ToString(CultureInfo.InvariantCulture));
        return new Uri(served.GetLeftPart(UriPartial.Path).TrimEnd('/') + Mount + request.Area + "?" + parameters.Query(key.Read()));
    }

    /// <summary>Ends every link to an area that was made before.</summary>
    public Task Revoke(string area, CancellationToken cancel) => generations.Raise(area, cancel);

    private static void Require(LinkRequest request)
    {
        if (!Folders.FolderFileAreas.IsName(request.Area) || request.Area == AreaNames.Store)
            throw new BadInputException("links.area", "Links are made to areas of files, never to the store of the pipeline.", request.Area);
        if (request.Expiry <= request.Start || request.Expiry - request.Start > LinkRequest.LongestLife)
            throw new BadInputException("links.life", $"A link ends after it starts, and at most {LinkRequest.LongestLife.TotalDays:0} days later.");
        if (request.IpRange is { } range && IpRange.Parse(range) is null)
            throw new BadInputException("links.ip", "An IP range is one IPv4 address, or two with a hyphen, the lower one first.", range);
    }
}
