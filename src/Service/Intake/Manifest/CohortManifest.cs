using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>
/// The content of <c>_COMPLETE</c>, the file that is uploaded last: every file of the cohort, so that a file that is missing, cut short or
/// damaged on the way is found. It lists the cohort in full: a later manifest supersedes an earlier one, and a file that it does not list is
/// not part of the cohort. JSON of <c>schema</c>, <c>site</c>, <c>deidentification</c> (<c>{"method": …}</c> or <c>{"not_required": …}</c>)
/// and <c>files</c> (each <c>path</c>, <c>size</c>, <c>sha256</c>).
/// </summary>
/// <param name="Site">Where the data are from, at most <see cref="MaximumSiteLength"/> characters; null if it is not said.</param>
/// <param name="Deidentification">Null if nothing is stated.</param>
/// <param name="Files">As given, without duplicates.</param>
public sealed record CohortManifest(string? Site, DeidentificationStatement? Deidentification, IReadOnlyList<ManifestFile> Files)
{
    public const string FileName = "_COMPLETE";
    public const int CurrentSchema = 1;
    public const int MaximumSiteLength = 200;

    /// <summary>Reads a manifest; null if it is empty (no bytes, or white space alone), which promises nothing of the files.</summary>
    /// <exception cref="BadInputException">Code <c>manifest.…</c>: not JSON of this shape, beyond the limits, a path or a hash that is none, a newer schema.</exception>
    public static async Task<CohortManifest?> Read(Stream stream, IntakeLimits limits, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return ManifestReader.Read(await ManifestBytes.Read(stream, limits.ManifestBytes, cancel).ConfigureAwait(false), limits);
    }

    /// <summary>Writes the manifest, files in ordinal order of their paths: the same cohort gives the same bytes.</summary>
    /// <exception cref="BadInputException">A path that <see cref="Read"/> would refuse: the uploader hears of it before anything is sent.</exception>
    public void Write(Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, new() { Indented = true, IndentSize = 1, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteNumber("schema", CurrentSchema);
        if (Site is not null)
            writer.WriteString("site", Site);
        if (Deidentification is { } stated)
        {
            writer.WriteStartObject("deidentification");
            writer.WriteString(stated.Method is null ? "not_required" : "method", stated.Method ?? stated.NotRequired);
            writer.WriteEndObject();
        }
        writer.WriteStartArray("files");
        foreach (var file in Files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            CohortPath.Require(file.Path);
            writer.WriteStartObject();
            writer.WriteString("path", file.Path);
            writer.WriteNumber("size", file.Size);
            writer.WriteString("sha256", file.Sha256);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A manifest of files as listed and hashed.</summary>
    public static CohortManifest Of(IEnumerable<CohortFile> files, string? site, DeidentificationStatement? deidentification) =>
        new(site, deidentification, [.. files.Select(f => new ManifestFile(f.Path, f.Length, f.Sha256))]);
}
