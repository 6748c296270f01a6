namespace RadiogenomicsCloud.Cli.Serve;

/// <summary>What <c>serve</c> was asked for.</summary>
/// <param name="Storage">See <see cref="StorageArgument"/>; null if it was not said.</param>
/// <param name="Port">0 for any that is free.</param>
/// <param name="Workers">Steps at the same time.</param>
/// <param name="Poll">Between two looks at what has been uploaded; null for the storage's own pace.</param>
/// <param name="RevalidateEvery">Between two looks at locked models.</param>
/// <param name="UrlFile">Where the address is written once the service answers; null for nowhere.</param>
/// <param name="Open">Show the page in the browser.</param>
/// <param name="AcceptIdentified">Cohorts of the owner need not be de-identified.</param>
internal sealed record ServeOptions(string? Storage, int Port, int Workers, TimeSpan? Poll, TimeSpan RevalidateEvery, string? UrlFile, bool Open, bool AcceptIdentified);
