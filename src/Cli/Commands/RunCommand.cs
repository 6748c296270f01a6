using System.CommandLine;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>run COHORT</c>: the whole pipeline.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var cohort = Arguments.Cohort();
        var output = Arguments.Out("Where results go; .radiogenomics in the cohort if not given.");
        var parallel = Arguments.Parallel();
        var strict = Arguments.Strict();
        var json = Arguments.Json();
        var command = new Command("run", "Run the whole pipeline; started again, it goes on where it was.") { cohort, output, parallel, strict, json };
        command.SetAction((parsed, cancel) => Run(
            new(parsed.GetValue(cohort)!, parsed.GetValue(output), parsed.GetValue(parallel)), parsed.GetValue(strict), parsed.GetValue(json), cancel));
        return command;
    }

    public static async Task<int> Run(LocalRunOptions options, bool strict, bool json, CancellationToken cancel)
    {
        var study = ReadStudy(options.Cohort);
        study.RequireModels();
        if (study.MolecularEndpoints is not null)
        {
            return RunSummary.PrintEndpoints(await LocalRuns.Run(
                options, EndpointsRunWorkflow.Definition,
                (files, artifacts) => RunRequest.Endpoints(study, files, LocalRuns.Version, artifacts, cancel), cancel), json);
        }
        var finished = await LocalRuns.Run(
            options, CohortRunWorkflow.Definition,
            (files, artifacts) => RunRequest.CohortRun(study, files, LocalRuns.Version, artifacts, cancel), cancel);
        return RunSummary.Print(finished, strict, json);
    }

    /// <summary>The study file of a cohort.</summary>
    public static Study ReadStudy(string cohort)
    {
        if (!Directory.Exists(cohort))
            throw new BadInputException("cohort.missing", $"There is no folder '{cohort}'.", cohort);
        var path = Path.Combine(cohort, StudyFile.FileName);
        return File.Exists(path)
            ? StudyFile.Parse(TextFile.Read(path), path)
            : throw new BadInputException("study.missing", $"'{cohort}' has no {StudyFile.FileName}; it says what to do with the cohort.", path);
    }
}
