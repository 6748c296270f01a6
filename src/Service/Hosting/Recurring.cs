namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>Something that a service does again and again: once at its start, and then an interval after it was done last.</summary>
/// <param name="Name">For people and logs.</param>
public sealed record Recurring(string Name, TimeSpan Every, Func<CancellationToken, Task> Act);

/// <summary>How a <see cref="Recurring"/> went when it was done last.</summary>
/// <param name="Last">When it was done without trouble; null if it never was.</param>
/// <param name="Trouble">Of the last time; null if there was none.</param>
public sealed record RecurringStatus(string Name, DateTimeOffset? Last, Pipeline.Failure? Trouble);
