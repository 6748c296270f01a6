namespace RadiogenomicsCloud.Service.Intake;

/// <summary>The sentences of quotas; each names the limit.</summary>
internal static class IntakeErrors
{
    public static BadInputException TooManyFiles(IntakeLimits limits) => new(
        "cohort.too-many-files",
        FormattableString.Invariant($"The cohort has more than the {limits.Files} files that are allowed here; put the images of each case into one zip archive."));

    public static BadInputException TooManyBytes(IntakeLimits limits) => new(
        "cohort.too-large", FormattableString.Invariant($"The cohort has more than the {limits.Bytes} bytes that are allowed here; divide it, or ask for a higher limit."));

    public static BadInputException FileTooLarge(string path, IntakeLimits limits) => new(
        "cohort.file-too-large",
        FormattableString.Invariant($"'{CohortPath.Shown(path)}' has more than the {limits.FileBytes} bytes that a file may have here."),
        CohortPath.Shown(path));
}
