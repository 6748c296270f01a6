using System.Net;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>A request as it came to the service, below any path that a proxy took away.</summary>
/// <param name="Target">Path and query exactly as sent, nothing decoded or tidied: <c>/blob/AREA/PATH?…</c>.</param>
/// <param name="Headers">Names in any case; a repeated header with its values joined by commas.</param>
/// <param name="Body">Read at most once and only as far as needed; not closed.</param>
/// <param name="Remote">The address of the peer, or what a trusted proxy says it is; null if unknown.</param>
/// <param name="IsHttps">Whether the client spoke https, to this service or to a trusted proxy.</param>
public sealed record BlobRequest(
    string Method, string Target, IEnumerable<KeyValuePair<string, string>> Headers, Stream Body, IPAddress? Remote, bool IsHttps);
