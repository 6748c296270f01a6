using System.CommandLine;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>associate COHORT</c>: the map between image and molecule, without a model.</summary>
internal static class AssociateCommand
{
    public static Command Create()
    {
        var cohort = Arguments.Cohort();
        var output = Arguments.Out("Where results go; .radiogenomics in the cohort if not given.");
        var parallel = Arguments.Parallel();
        var strict = Arguments.Strict();
        var json = Arguments.Json();
        var command = new Command("associate", "Relate every imaging feature to every molecular feature; started again, it goes on where it was.") { cohort, output, parallel, strict, json };
        command.SetAction((parsed, cancel) => Run(
            new(parsed.GetValue(cohort)!, parsed.GetValue(output), parsed.GetValue(parallel)), parsed.GetValue(strict), parsed.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> Run(LocalRunOptions options, bool strict, bool json, CancellationToken cancel)
    {
        var study = RunCommand.ReadStudy(options.Cohort);
        _ = study.RequireAssociation();
        var finished = await LocalRuns.Run(
            options, AssociateWorkflow.Definition,
            (files, artifacts) => RunRequest.Associate(study, files, LocalRuns.Version, artifacts, cancel), cancel);
        return RunSummary.Print(finished, strict, json);
    }
}
