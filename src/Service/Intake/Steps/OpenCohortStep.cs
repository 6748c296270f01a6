using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Intake;

/// <param name="Listing">An <see cref="IntakeListing"/>.</param>
/// <param name="SharedParts">Its first parts: files that belong to no case.</param>
/// <param name="Parts">All of its parts.</param>
/// <param name="Cases">Cases with image files.</param>
public sealed record OpenCohortOutput(ArtifactRef Listing, int SharedParts, int Parts, int Cases, ArtifactRef? Study);

/// <summary>
/// Lists a cohort once, within the quotas, compares the list with the manifest, reads the study, and cuts the cohort into parts. What
/// lies in a storage is no function of the input, so it is done at every call.
/// </summary>
public sealed class OpenCohortStep(IFileAreas areas) : IStepHandler<IntakeInput, OpenCohortOutput>
{
    /// <summary>Units of a part: their names fit into one payload.</summary>
    internal const int UnitsPerPart = 16;

    /// <summary>Files of a part, unless one case has more: a part is read as one document.</summary>
    private const int FilesPerPart = 20_000;

    private const int PartsAtOnce = 8;

    public static readonly Step<IntakeInput, OpenCohortOutput> Definition = new("open-cohort", 1, StepKind.Effect);

    public Step<IntakeInput, OpenCohortOutput> Step => Definition;

    public async Task<Outcome<OpenCohortOutput>> Run(IntakeInput input, StepContext context, CancellationToken cancel)
    {
        var limits = input.Policy.Limits;
        var manifest = await ReadManifest(input, context, cancel).ConfigureAwait(false);
        var lister = new CohortLister(limits, manifest);
        await foreach (var file in areas.Area(input.Place.Area).List(input.Place.Prefix, cancel).ConfigureAwait(false))
            lister.Add(file.Path[input.Place.Prefix.Length..], file);
        lister.Finish();
        var shared = lister.SharedFiles.ToList();
        if (shared.TrueForAll(f => f.Path != CohortCases.ClinicalFile))
            throw new BadInputException("cohort.no-clinical-table", $"The cohort has no '{CohortCases.ClinicalFile}', the table of one row a case.", CohortCases.ClinicalFile);
        var study = await CohortStudy.Read(shared, input.Policy, context, cancel).ConfigureAwait(false);

        var units = lister.Units().ToList();
        List<IntakePart> sharedParts = [.. Pack(units.Where(u => u.CaseId is null))];
        List<IntakePart> parts = [.. sharedParts, .. Pack(units.Where(u => u.CaseId is not null))];
        var references = new ArtifactRef[parts.Count];
        await Parallel.ForAsync(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancel }, async (n, token) =>
            references[n] = await context.Artifacts.PutJson(parts[n], token).ConfigureAwait(false)).ConfigureAwait(false);
        var listing = new IntakeListing(manifest?.Site, manifest?.Deidentification, input.Policy.RequireDeidentified, [.. lister.Notes()], references);
        return Outcome.Of(new OpenCohortOutput(
            await context.Artifacts.PutJson(listing, cancel).ConfigureAwait(false), sharedParts.Count, parts.Count, lister.CaseCount, study));
    }

    private static async Task<CohortManifest?> ReadManifest(IntakeInput input, StepContext context, CancellationToken cancel)
    {
        if (input.Manifest.Length > input.Policy.Limits.ManifestBytes)
            throw ManifestBytes.TooLarge(input.Policy.Limits.ManifestBytes);
        var stream = await context.Artifacts.OpenRequired(input.Manifest, cancel).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
            return await CohortManifest.Read(stream, input.Policy.Limits, cancel).ConfigureAwait(false);
    }

    private static IEnumerable<IntakePart> Pack(IEnumerable<IntakeUnit> units)
    {
        var (part, files) = (new List<IntakeUnit>(), 0);
        foreach (var unit in units)
        {
            if (part.Count == UnitsPerPart || (part.Count > 0 && files + unit.Files.Count > FilesPerPart))
            {
                yield return new(part);
                (part, files) = ([], 0);
            }
            part.Add(unit);
            files += unit.Files.Count;
        }
        if (part.Count > 0)
            yield return new(part);
    }
}
