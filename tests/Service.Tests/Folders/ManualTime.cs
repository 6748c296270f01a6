namespace RadiogenomicsCloud.Service.Tests.Folders;

/// <summary>A clock that stands until it is set; waiting takes real time.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
