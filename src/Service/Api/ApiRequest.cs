namespace RadiogenomicsCloud.Service.Api;

/// <summary>A request to the service's HTTP API, as any host hands it over.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Path">Begins with a slash; percent-decoded once, but for an encoded slash.</param>
/// <param name="Query">The first value of each name.</param>
/// <param name="Who">The person, as the host authenticated them; written into the audit, and text of unknown origin wherever it is shown.</param>
public sealed record ApiRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, Stream Body, string Who);
