namespace RadiogenomicsCloud.Cli;

/// <summary>What the command's exit code means; scripts rely on it.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The study failed in a way known only after computing, or cases failed under <c>--strict</c>.</summary>
    public const int StudyFailed = 1;

    /// <summary>Bad usage, or input that <c>inspect</c> could have known to be bad.</summary>
    public const int BadInput = 2;

    /// <summary>Machine or storage: disk full, no permission, unreachable.</summary>
    public const int Storage = 3;

    /// <summary>Ctrl-C.</summary>
    public const int Cancelled = 130;
}
