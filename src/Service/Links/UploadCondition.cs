using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>Under which condition an upload may write, of what the request asks and what the link allows: the stricter one.</summary>
/// <param name="Problem">What to answer where it does not hold.</param>
internal sealed record UploadCondition(WriteCondition Condition, BlobProblem Problem)
{
    /// <exception cref="BlobProblem">Not a condition that is understood.</exception>
    public static UploadCondition Of(IReadOnlyDictionary<string, string> headers, bool mayOverwrite)
    {
        var match = headers.GetValueOrDefault("If-Match");
        var noneMatch = headers.GetValueOrDefault("If-None-Match");
        if (noneMatch is not (null or "*") || (noneMatch is not null && match is not null))
            throw BlobProblem.BadHeader("If-None-Match");
        if (match is not null && (match.Length < 3 || match[0] != '"' || match[^1] != '"'))
            throw BlobProblem.BadHeader("If-Match");
        if (noneMatch is not null)
            return new(WriteCondition.IfAbsent, BlobProblem.AlreadyThere());
        if (!mayOverwrite)
            return match is null ? new(WriteCondition.IfAbsent, BlobProblem.NoOverwrite()) : throw BlobProblem.NoOverwrite();
        return match is null
            ? new(WriteCondition.None, BlobProblem.ConditionNotMet())
            : new(WriteCondition.IfVersion(match[1..^1]), BlobProblem.ConditionNotMet());
    }

    /// <summary>Asked before the body is read; asked again when the file is put in its place.</summary>
    /// <exception cref="BlobProblem">It does not hold.</exception>
    public async Task Require(IFileArea area, string path, CancellationToken cancel)
    {
        var standing = await area.Find(path, cancel).ConfigureAwait(false);
        if (Condition.MustBeAbsent ? standing is not null : Condition.Version is { } version && standing?.Version != version)
            throw Problem;
    }
}
