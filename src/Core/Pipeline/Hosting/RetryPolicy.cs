namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>How a host tries a step again after a <see cref="TransientException"/>.</summary>
/// <param name="Attempts">The first one included; at least 1.</param>
/// <param name="FirstDelay">Before the second attempt; doubled before each further one.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay)
{
    /// <summary>Four attempts, after 1, 2 and 4 seconds.</summary>
    public static RetryPolicy Default { get; } = new(4, TimeSpan.FromSeconds(1));

    internal TimeSpan DelayAfter(int attempt) => FirstDelay * Math.Pow(2, attempt - 1);
}
