using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>Puts the files of a finished run into its folder.</summary>
public static class RunPublisher
{
    private const string Unfinished = ".partial";

    /// <summary>
    /// Writes every file beside its place and then renames it, the report last: a folder with a report is complete. A killed publication is
    /// repeated by the next start of the run.
    /// </summary>
    public static async Task Publish(RunFileList files, IArtifactStore artifacts, string folder, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files.Files.OrderBy(f => f.Name == RunFileNames.Report))
        {
            var path = Path.Combine(folder, file.Name);
            await StorageTrouble.Translate(() => Write(file, path), path).ConfigureAwait(false);
        }

        async Task<bool> Write(RunFile file, string path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var content = await artifacts.OpenRequired(file.Content, cancel).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var target = File.Create(path + Unfinished);
                await using (target.ConfigureAwait(false))
                    await content.CopyToAsync(target, cancel).ConfigureAwait(false);
            }
            File.Move(path + Unfinished, path, overwrite: true);
            return true;
        }
    }
}
