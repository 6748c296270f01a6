namespace RadiogenomicsCloud.Service.Ports;

/// <summary>Who did what, and when; written in one transaction with the change that it tells of, and never changed.</summary>
/// <param name="Who">A person as the host authenticated them, or <c>service</c>.</param>
/// <param name="What">Dotted lower case, for example <c>exchange.accepted</c>.</param>
/// <param name="Facts">Text that a person may have written: to be encoded wherever it is shown.</param>
public sealed record AuditEntry(DateTimeOffset At, string Who, string What, IReadOnlyDictionary<string, string> Facts);
