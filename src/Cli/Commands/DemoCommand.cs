using System.CommandLine;
using RadiogenomicsCloud.Cli.Demo;
using RadiogenomicsCloud.Cli.Terminal;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>demo</c>: a synthetic cohort and its run.</summary>
internal static class DemoCommand
{
    private const int Cases = 41;
    private const ulong Seed = 20260101;

    public static Command Create()
    {
        var output = new Option<string>("--out")
        {
            Description = "Folder of the synthetic cohort.",
            DefaultValueFactory = _ => "demo-cohort",
            HelpName = "DIR",
        };
        var parallel = Arguments.Parallel();
        var command = new Command("demo", "Make a small synthetic cohort with a planted signal and run it.") { output, parallel };
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(output)!, parsed.GetValue(parallel), cancel));
        return command;
    }

    private static Task<int> Run(string folder, int workers, CancellationToken cancel)
    {
        var demo = new DemoCohort(Cases, Seed);
        if (demo.IsIn(folder))
        {
            Messages.Note($"The synthetic cohort is in '{folder}' already.");
        }
        else
        {
            demo.Write(folder);
            Messages.Note($"Made a synthetic cohort of {Cases} cases in '{folder}'; its README.md says what is planted.");
        }
        return RunCommand.Run(new(folder, null, workers), strict: false, json: false, cancel);
    }
}
