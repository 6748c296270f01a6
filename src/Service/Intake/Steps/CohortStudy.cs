using System.Security.Cryptography;
using System.Text;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>Reads the study file of a cohort, so that a study that cannot be done is refused before its images are read.</summary>
internal static class CohortStudy
{
    /// <summary>Four bytes for each character that a study file may have.</summary>
    private const int MaximumBytes = 4 << 20;

    /// <returns>The study as an artifact; null if there is none and none is needed.</returns>
    public static async Task<ArtifactRef?> Read(IReadOnlyList<ListedFile> shared, IntakePolicy policy, StepContext context, CancellationToken cancel)
    {
        if (shared.FirstOrDefault(f => f.Path == StudyFile.FileName) is not { } file)
        {
            return policy.RequireStudy
                ? throw new BadInputException("study.missing", $"The cohort has no {StudyFile.FileName}; it says what to do with the cohort.", StudyFile.FileName)
                : null;
        }
        var study = StudyFile.Parse(await Text(file, context, cancel).ConfigureAwait(false), StudyFile.FileName);
        RunRequest.RequireSize(study);
        RequireLimits(study.ArchiveLimits, policy.Limits.Archives ?? new());
        return await context.Artifacts.PutJson(study, cancel).ConfigureAwait(false);
    }

    private static async Task<string> Text(ListedFile file, StepContext context, CancellationToken cancel)
    {
        if (file.Length > MaximumBytes)
            throw new BadInputException("study.too_long", FormattableString.Invariant($"{file.Path} has more than {MaximumBytes} bytes."), file.Path);
        var stream = await context.Cohort.Open(new(file.Path, "", file.Length, file.Version), cancel).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var bytes = await ManifestBytes.Read(stream, MaximumBytes, cancel).ConfigureAwait(false);
            if (file.Sha256 is { } promised && promised != Convert.ToHexStringLower(SHA256.HashData(bytes.Span)))
            {
                var reason = IntakeErrors.WrongHash(file.Path);
                throw new BadInputException(reason.Code, reason.Message, file.Path);
            }
            var content = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content.Span);
            }
            catch (DecoderFallbackException broken)
            {
                throw new BadInputException("study.encoding", $"{file.Path} is not UTF-8; save it as UTF-8.", file.Path, broken);
            }
        }
    }

    private static void RequireLimits(ArchiveLimits? asked, ArchiveLimits allowed)
    {
        if (asked is not null && (asked.MaxEntries > allowed.MaxEntries || asked.MaxTotalBytes > allowed.MaxTotalBytes || asked.MaxRatio > allowed.MaxRatio))
        {
            throw new BadInputException(
                "study.archive-limits",
                FormattableString.Invariant($"{StudyFile.FileName} asks for archives larger than this service reads: at most {allowed.MaxEntries} entries, {allowed.MaxTotalBytes} bytes, a ratio of {allowed.MaxRatio}."),
                StudyFile.FileName);
        }
    }
}
