namespace RadiogenomicsCloud.Service.Ports;

/// <summary>Under which condition a file is written.</summary>
public sealed record WriteCondition
{
    private WriteCondition(string? version, bool absent) => (Version, MustBeAbsent) = (version, absent);

    /// <summary>Whatever is there.</summary>
    public static WriteCondition None { get; } = new(null, false);

    /// <summary>Only if there is no such file.</summary>
    public static WriteCondition IfAbsent { get; } = new(null, true);

    /// <summary>The version that must be there; null asks for none.</summary>
    public string? Version { get; }

    public bool MustBeAbsent { get; }

    /// <summary>Only if the file still has this version.</summary>
    public static WriteCondition IfVersion(string version) => new(version ?? throw new ArgumentNullException(nameof(version)), false);
}
