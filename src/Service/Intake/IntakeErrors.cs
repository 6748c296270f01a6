namespace RadiogenomicsCloud.Service.Intake;

/// <summary>The sentences of quotas and of lists; each names the limit, or the file.</summary>
internal static class IntakeErrors
{
    /// <summary>Of one case that are told; a broken upload has thousands of the same kind.</summary>
    public const int MostReasons = 20;

    public static BadInputException TooManyFiles(IntakeLimits limits) => new(
        "cohort.too-many-files",
        FormattableString.Invariant($"The cohort has more than the {limits.Files} files that are allowed here; put the images of each case into one zip archive."));

    public static BadInputException TooManyBytes(IntakeLimits limits) => new(
        "cohort.too-large", FormattableString.Invariant($"The cohort has more than the {limits.Bytes} bytes that are allowed here; divide it, or ask for a higher limit."));

    public static BadInputException TooManyCases(IntakeLimits limits) => new(
        "cohort.too-many-cases", FormattableString.Invariant($"The cohort has more than the {limits.Cases} cases that are allowed here; divide it, or ask for a higher limit."));

    public static IntakeReason TooManyFilesOfCase(IntakeLimits limits) => new(
        "intake.too-many-files",
        FormattableString.Invariant($"There are more than the {limits.FilesPerCase} files that one case, or the part of the cohort that belongs to no case, may have here."));

    public static IntakeReason FileTooLarge(string path, IntakeLimits limits) => new(
        "intake.file-too-large",
        FormattableString.Invariant($"'{CohortPath.Shown(path)}' has more than the {limits.FileBytes} bytes that a file may have here."), CohortPath.Shown(path));

    public static IntakeReason WrongSize(string path, long promised, long found) => new(
        "intake.size",
        FormattableString.Invariant($"'{CohortPath.Shown(path)}' has {found} bytes, and the manifest says {promised}; upload it again, then the manifest."),
        CohortPath.Shown(path));

    public static IntakeReason WrongHash(string path) => new(
        "intake.hash", $"'{CohortPath.Shown(path)}' is not what the manifest says (SHA-256); upload it again, then the manifest.", CohortPath.Shown(path));

    public static IntakeReason Missing(string path) => new(
        "intake.missing", $"'{CohortPath.Shown(path)}' is in the manifest and was not uploaded; upload it, then the manifest again.", CohortPath.Shown(path));
}
