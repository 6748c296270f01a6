using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Association;

namespace RadiogenomicsCloud.Pipeline.Inspection;

/// <summary>What an inspection found of one image of one case.</summary>
/// <param name="Problem">Why it cannot be processed; null if nothing forbids it.</param>
/// <param name="Series">What would be read: series UID or file name.</param>
public sealed record InspectedImage(string CaseId, string Image, string? Series, IReadOnlyList<string> Roi, IReadOnlyList<string> Warnings, Failure? Problem);

/// <summary>What is there and what is wrong, from headers and tables alone.</summary>
/// <param name="Cases">Every case that the cohort names.</param>
/// <param name="WithEndpoint">Of them, those with a value of the endpoint, null where nothing is predicted; <paramref name="Events"/> have the event, null where it knows none.</param>
/// <param name="Sources">Each source of predictors that is a table: its name, columns, and cases that it has.</param>
/// <param name="Notes">Findings about the cohort as a whole: near misses of ids, unread cells, unused columns.</param>
public sealed record InspectionReport(
    int Cases, int? WithEndpoint, int? Events, IReadOnlyList<InspectedSource> Sources, IReadOnlyList<InspectedImage> Images, IReadOnlyList<string> Notes);

public sealed record InspectedSource(string Name, int Columns, int CasesPresent);

/// <summary>Looks at a cohort before anything is spent on it.</summary>
public static class CohortInspection
{
    /// <exception cref="BadInputException">The study cannot be done at all: no endpoint, one class, too few patients of one, a table missing.</exception>
    public static async Task<InspectionReport> Inspect(Study study, IListedCohort cohort, IProgress<Progress> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(progress);
        var snapshot = new CohortSnapshot(await cohort.List(cancel));
        var settings = AssemblySettings.Of(study) with { Images = [] };
        var cases = await CohortCases.Read(snapshot, settings.Columns, cohort, cancel);
        cases.RequirePatients(RunRequest.FewestToResample, settings.Columns);
        var sources = await CohortSources.Read(settings, snapshot, cases, [], new([]), cohort, cancel);
        if (sources.Count > 0)
            _ = CohortSources.Join(sources);
        // Features of images are known once they are taken.
        foreach (var name in study.Association?.Adjust.Where(a => !study.Imaging.Any(i => a.StartsWith(i.Name + "_", StringComparison.Ordinal))) ?? [])
            _ = MapColumns.Covariate(name, sources, cases, settings);
        _ = await MapGeneSets.Read(study.GeneSetsOfMap, study.Association?.Molecular ?? [], sources, snapshot, cohort, cancel);

        var images = new List<InspectedImage>();
        var withImages = cases.CaseIds.Where(cases.ImagingIdByCase.ContainsKey).ToList();
        for (var n = 0; n < withImages.Count && study.Imaging.Count > 0; n++)
        {
            progress.Report(new("images", n, withImages.Count));
            var files = snapshot.ImagesOf(cases.ImagingIdByCase[withImages[n]]);
            foreach (var entry in study.Imaging)
                images.Add(await Check(withImages[n], entry, files, study.ArchiveLimits, cohort, cancel));
        }
        return new(
            cases.CaseIds.Count, cases.Endpoint?.CaseIds.Count,
            cases.Endpoint is { } endpoint ? EndpointDocument.Of(endpoint, endpoint.CaseIds).Events?.Count(e => e) : null,
            [.. sources.Select(s => new InspectedSource(s.Name, s.Table.Columns.Count, cases.CaseIds.Count - s.Absent.Count))],
            images, [.. cases.Notes, .. Missing(study, cases), .. sources.SelectMany(s => s.Notes)]);
    }

    private static IEnumerable<string> Missing(Study study, CohortCases cases)
    {
        var unread = cases.CaseIds.Where(id => !cases.Clinical.ContainsCase(id)).ToList();
        if (unread.Count > 0)
            yield return $"{unread.Count} cases have no row in {CohortCases.ClinicalFile}: {Sentences.List(unread)}.";
        if (cases.Endpoint is { MissingCaseIds.Count: > 0 } endpoint)
            yield return $"{endpoint.MissingCaseIds.Count} cases have no value of {endpoint.Name}: {Sentences.List(endpoint.MissingCaseIds)}.";
        var blind = cases.CaseIds.Where(id => !cases.ImagingIdByCase.ContainsKey(id)).ToList();
        if (study.Imaging.Count > 0 && blind.Count > 0)
            yield return $"{blind.Count} cases have no images: {Sentences.List(blind)}.";
    }

    private static async Task<InspectedImage> Check(
        string caseId, ImagingEntry entry, IReadOnlyList<CohortFile> files, ArchiveLimits? limits, ICohort cohort, CancellationToken cancel)
    {
        try
        {
            using var opened = await CaseImageFiles.Open(cohort, files, limits, cancel);
            var check = ImageImporter.Check(opened.Files, entry.Selection, cancel);
            return new(caseId, entry.Name, check.Source, check.Roi, check.Warnings, null);
        }
        catch (BadInputException problem)
        {
            return new(caseId, entry.Name, null, [], [], problem.ToFailure());
        }
    }
}
