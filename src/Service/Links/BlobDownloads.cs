using System.Globalization;
using System.Text.RegularExpressions;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>Get Blob and Get Blob Properties.</summary>
internal static partial class BlobDownloads
{
    /// <exception cref="BlobProblem"/>
    public static async Task<BlobResponse> Answer(
        IFileArea area, string path, IReadOnlyDictionary<string, string> request, Dictionary<string, string> headers, bool withBody, CancellationToken cancel)
    {
        var file = await area.Find(path, cancel).ConfigureAwait(false) ?? throw BlobProblem.NotFound();
        if (request.TryGetValue("If-Match", out var match) && match != "*" && match != BlobHeaders.ETag(file.Version))
            throw BlobProblem.ConditionNotMet();
        if (request.TryGetValue("If-None-Match", out var noneMatch) && (noneMatch == "*" || noneMatch == BlobHeaders.ETag(file.Version)))
        {
            BlobHeaders.AddFile(headers, file);
            headers.Remove("Content-Length"); // Zero would be said of the file.
            return new(304, headers);
        }
        var range = withBody ? RangeOf(request, file.Length, headers) : null;
        var (first, length) = range ?? (0, file.Length);
        BlobHeaders.AddContent(headers, file, length);
        if (range is not null)
            headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{first + length - 1}/{file.Length}");
        if (!withBody)
            return new(200, headers);
        var body = await Open(area, file, match is not null, cancel).ConfigureAwait(false);
        body.Position = first;
        return new(range is null ? 200 : 206, headers) { Body = body, BodyLength = length };
    }

    private static async Task<Stream> Open(IFileArea area, StoredFile file, bool pinned, CancellationToken cancel)
    {
        try
        {
            return await area.Open(file.Path, file.Version, cancel).ConfigureAwait(false) ?? throw BlobProblem.NotFound();
        }
        catch (BadInputException exception) when (exception.Code == Pipeline.CohortFile.ChangedCode)
        {
            throw pinned ? BlobProblem.ConditionNotMet() : new BlobProblem(503, "ServerBusy", "The file was just being replaced: try again.");
        }
    }

    /// <summary>Null is the whole file: ranges of another form are left aside, as HTTP allows.</summary>
    private static (long First, long Length)? RangeOf(IReadOnlyDictionary<string, string> request, long length, Dictionary<string, string> headers)
    {
        if (!(request.TryGetValue("x-ms-range", out var text) || request.TryGetValue("Range", out text)) || RangePattern().Match(text) is not { Success: true } range)
            return null;
        var first = long.Parse(range.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var last = range.Groups[2].Success ? long.Parse(range.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : long.MaxValue;
        if (first >= length || last < first)
        {
            headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes */{length}");
            throw new BlobProblem(416, "InvalidRange", "The file has no such range.");
        }
        return (first, Math.Min(last, length - 1) - first + 1);
    }

    [GeneratedRegex(@"\Abytes=([0-9]{1,18})-([0-9]{1,18})?\z")]
    private static partial Regex RangePattern();
}
