using System.Text.Json;
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
        using var cases = Open(runFolder, RunFileNames.Cases);
        return new(
            Read<ProvenanceDocument>(runFolder, RunFileNames.Provenance),
            Read<PerformanceDocument>(runFolder, RunFileNames.Performance),
            CasesFile.Read(cases, RunFileNames.Cases),
            Read<PreviewList>(runFolder, RunFileNames.Previews).Previews)
        {
            Explanations = File.Exists(Path.Combine(runFolder, RunFileNames.Explanations)) ? Read<ExplanationDocument>(runFolder, RunFileNames.Explanations) : null,
        };
    }

    /// <summary>Renders the page of a run's folder.</summary>
    public static string Render(string runFolder) => ReportPage.Render(Load(runFolder));

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
