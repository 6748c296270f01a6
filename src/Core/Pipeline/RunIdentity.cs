using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>The id of a run: the same study on the same cohort with the same version is the same run.</summary>
public static class RunIdentity
{
    public const int Length = 12;

    /// <param name="study">The study, or any settings that decide what the run does.</param>
    /// <param name="cohort">The cohort's files; their places count (they say which case a file belongs to), their times do not.</param>
    /// <param name="version">Version of the program.</param>
    /// <returns>12 hexadecimal digits.</returns>
    public static string For<TStudy>(TStudy study, CohortSnapshot cohort, string version) =>
        CanonicalJson.Hash(new Content(CanonicalJson.Hash(study), CohortHash(cohort), version))[..Length];

    /// <inheritdoc cref="For{TStudy}(TStudy, CohortSnapshot, string)"/>
    public static string For<TStudy>(TStudy study, IReadOnlyList<CohortFile> cohort, string version) => For(study, new CohortSnapshot(cohort), version);

    /// <summary>As of the files; where cases are quarantined, of them and the reasons as well, since results tell of both.</summary>
    public static string CohortHash(CohortSnapshot cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var files = CohortHash(cohort.Files);
        return cohort.Quarantined is { Count: > 0 } kept ? CanonicalJson.Hash(new WithQuarantine(files, kept)) : files;
    }

    /// <summary>SHA-256 over path, length and content of every file, in ordinal order of the paths.</summary>
    public static string CohortHash(IReadOnlyList<CohortFile> cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        return CanonicalJson.Hash(cohort
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => new Placed(f.Path, f.Sha256, f.Length))
            .ToArray());
    }

    private sealed record Content(string Study, string Cohort, string Version);

    private sealed record WithQuarantine(string Files, IReadOnlyList<QuarantinedCase> Quarantined);

    private sealed record Placed(string Path, string Sha256, long Length);
}
