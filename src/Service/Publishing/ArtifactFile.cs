using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Publishing;

/// <summary>Puts an artifact where people find it, under a name.</summary>
internal static class ArtifactFile
{
    /// <summary>Writes it where there is no file of that path.</summary>
    /// <returns>False if there was one, whatever is in it.</returns>
    public static async Task<bool> WriteIfAbsent(IFileArea area, string path, ArtifactRef content, IArtifactStore artifacts, CancellationToken cancel)
    {
        if (await area.Find(path, cancel).ConfigureAwait(false) is not null)
            return false; // Asked first, to save the sending; the condition decides.
        var written = await area.Write(
            path,
            async target =>
            {
                var source = await artifacts.OpenRequired(content, cancel).ConfigureAwait(false);
                await using (source.ConfigureAwait(false))
                    await source.CopyToAsync(target, cancel).ConfigureAwait(false);
            },
            WriteCondition.IfAbsent, cancel).ConfigureAwait(false);
        return written is not null;
    }
}
