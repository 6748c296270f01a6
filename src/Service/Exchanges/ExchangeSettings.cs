namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>Settings of the host for exchanges, with defaults that stand without a word.</summary>
/// <param name="UploadTime">From an invitation to its deadline, where the invitation says nothing; at most <see cref="LongestTime"/>.</param>
/// <param name="ClosingTime">From the deadline to the close: for the review, and for the partner to fetch results.</param>
/// <param name="FetchTime">At least this long after the release results can be fetched.</param>
public sealed record ExchangeSettings(TimeSpan UploadTime, TimeSpan ClosingTime, TimeSpan FetchTime)
{
    /// <summary>Links start in the past: clocks differ.</summary>
    public static readonly TimeSpan LinkHeadStart = TimeSpan.FromMinutes(15);

    /// <summary>Longest time from an invitation to its deadline.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(365);

    /// <summary>14 days to upload, 30 more to review, 30 to fetch.</summary>
    public static ExchangeSettings Default { get; } = new(TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(30));
}

/// <summary>Fills bytes with random ones that nobody can guess: <see cref="System.Security.Cryptography.RandomNumberGenerator.Fill"/>.</summary>
public delegate void SecretSource(Span<byte> bytes);
