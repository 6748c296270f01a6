using System.Security.Cryptography;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Publishing;

/// <param name="Prefix">Ends with a slash.</param>
public sealed record PublishResultsInput(string Area, string Prefix, RunFileList Files);

/// <summary>
/// Puts the files of a run where people find them, the report last: where there is a report, all is there. Written once; a file that is
/// there already must be the same.
/// </summary>
public sealed class PublishResultsStep(IFileAreas areas) : IStepHandler<PublishResultsInput, string>
{
    public static readonly Step<PublishResultsInput, string> Definition = new("publish-results", 1, StepKind.Effect);

    public Step<PublishResultsInput, string> Step => Definition;

    /// <summary>Gives the prefix.</summary>
    public async Task<Outcome<string>> Run(PublishResultsInput input, StepContext context, CancellationToken cancel)
    {
        var area = areas.Area(input.Area);
        foreach (var file in input.Files.Files.OrderBy(f => f.Name == RunFileNames.Report))
            await Publish(area, input.Prefix + file.Name, file.Content, context.Artifacts, cancel).ConfigureAwait(false);
        return Outcome.Of(input.Prefix);
    }

    private static async Task Publish(IFileArea area, string path, ArtifactRef content, IArtifactStore artifacts, CancellationToken cancel)
    {
        if (await ArtifactFile.WriteIfAbsent(area, path, content, artifacts, cancel).ConfigureAwait(false))
            return;
        var there = await area.Open(path, null, cancel).ConfigureAwait(false)
            ?? throw new TransientException("results.moved", $"'{path}' was there a moment ago and is not any more.", path);
        await using (there.ConfigureAwait(false))
        {
            if (there.Length != content.Length || Convert.ToHexStringLower(await SHA256.HashDataAsync(there, cancel).ConfigureAwait(false)) != content.Sha256)
                throw new BadInputException("results.conflict", $"'{path}' is there already and is another file; results are never overwritten: move it away, then start the job again.", path);
        }
    }
}
