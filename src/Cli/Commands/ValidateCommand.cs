using System.CommandLine;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>validate --model model.json COHORT</c>: locked models on another cohort; nothing is fitted.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var cohort = Arguments.Cohort();
        var model = new Option<string>("--model") { Description = "The model.json of a run.", Required = true, HelpName = "FILE" };
        var output = Arguments.Out("Where results go; .radiogenomics in the cohort if not given.");
        var parallel = Arguments.Parallel();
        var strict = Arguments.Strict();
        var json = Arguments.Json();
        var command = new Command("validate", "Score another cohort with a locked model; nothing is fitted.") { cohort, model, output, parallel, strict, json };
        command.SetAction((parsed, cancel) => Run(
            new(parsed.GetValue(cohort)!, parsed.GetValue(output), parsed.GetValue(parallel)), parsed.GetValue(model)!, parsed.GetValue(strict), parsed.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> Run(LocalRunOptions options, string modelFile, bool strict, bool json, CancellationToken cancel)
    {
        if (!Directory.Exists(options.Cohort))
            throw new BadInputException("cohort.missing", $"There is no folder '{options.Cohort}'.", options.Cohort);
        var models = ReadModels(modelFile);
        var (name, idMap) = Identity(options.Cohort);
        var finished = await LocalRuns.Run(
            options, ExternalValidationWorkflow.Definition,
            (files, artifacts) => RunRequest.ExternalValidation(models, name, idMap, files, LocalRuns.Version, artifacts, cancel), cancel);
        return RunSummary.Print(finished, strict, json);
    }

    private static ModelDocument ReadModels(string path)
    {
        if (!File.Exists(path))
            throw new BadInputException("model.missing", $"There is no file '{path}'.", path);
        using var stream = File.OpenRead(path);
        return ModelDocument.Read(stream);
    }

    /// <summary>
    /// Name and id map of the cohort's own study file, so that the training cohort is known again; without one, the folder's name and no map.
    /// </summary>
    private static (string Name, SortedDictionary<string, string> IdMap) Identity(string cohort)
    {
        if (!File.Exists(Path.Combine(cohort, StudyFile.FileName)))
            return ("cohort without a study file: " + Path.GetFileName(Path.GetFullPath(cohort)), new(StringComparer.Ordinal));
        var study = RunCommand.ReadStudy(cohort);
        return (study.Name, study.IdMap);
    }
}
