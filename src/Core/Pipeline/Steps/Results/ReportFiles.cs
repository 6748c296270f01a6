using System.Text.Json;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Page;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary>Makes the report again from the files of a run's folder and nothing else.</summary>
public static class ReportFiles
{
    /// <summary>Reads what the page is made of.</summary>
    /// <exception cref="BadInputException">A file is missing or damaged.</exception>
    public static ReportInput Load(string runFolder)
    {
        ArgumentNullException.ThrowIfNull(runFolder);
        using var file = Open(runFolder, RunFileNames.Cases);
        var cases = CasesFile.Read(file, RunFileNames.Cases);
        var provenance = Read<ProvenanceDocument>(runFolder, RunFileNames.Provenance);
        var previews = Read<PreviewList>(runFolder, RunFileNames.Previews).Previews;
        var association = Has(RunFileNames.Association) ? Read<AssociationDocument>(runFolder, RunFileNames.Association) : null;
        // Only a map that was made by itself has no performance.
        if (association is not null && !Has(RunFileNames.Performance))
            return ReportInput.OfMap(provenance, cases, previews, association);
        return new(provenance, Read<PerformanceDocument>(runFolder, RunFileNames.Performance), cases, previews)
        {
            Explanations = Has(RunFileNames.Explanations) ? Read<ExplanationDocument>(runFolder, RunFileNames.Explanations) : null,
            Association = association,
        };

        bool Has(string name) => File.Exists(Path.Combine(runFolder, name));
    }

    /// <summary>Renders the page of a run's folder.</summary>
    public static string Render(string runFolder) => LoadEndpoints(runFolder) is { } many
        ? EndpointsPage.Render(Read<ProvenanceDocument>(runFolder, RunFileNames.Provenance), many)
        : ReportPage.Render(Load(runFolder));

    /// <summary>Of a run of many endpoints; null of any other.</summary>
    public static EndpointsDocument? LoadEndpoints(string runFolder) =>
        File.Exists(Path.Combine(runFolder, RunFileNames.Endpoints)) ? Read<EndpointsDocument>(runFolder, RunFileNames.Endpoints) : null;

    private static T Read<T>(string folder, string name)
    {
        using var stream = Open(folder, name);
        try
        {
            return JsonSerializer.Deserialize<T>(stream, CanonicalJson.Options)
                ?? throw new BadInputException("run.damaged", $"{name} is empty; run the study again.", name);
        }
        catch (JsonException inner)
        {
            throw new BadInputException("run.damaged", $"{name} is not as a run writes it; run the study again.", name, inner);
        }
    }

    private static FileStream Open(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new BadInputException("run.incomplete", $"'{folder}' is not the folder of a finished run: it has no {name}.", path);
        return File.OpenRead(path);
    }
}
