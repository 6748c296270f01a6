using System.CommandLine;
using System.Globalization;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>clean DIR</c>: drops what no kept run reaches.</summary>
internal static class CleanCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that runs wrote to: COHORT/.radiogenomics, or what --out named." };
        var command = new Command("clean", "Drop the results of steps that no run below DIR/runs reaches; delete a run's folder first to let go of it.") { folder };
        command.SetAction((parsed, cancel) => Clean(parsed.GetValue(folder)!, cancel));
        return command;
    }

    private static async Task<int> Clean(string folder, CancellationToken cancel)
    {
        var result = await StoreCleaner.Clean(folder, cancel);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Kept {result.Runs} runs; dropped {result.Outcomes} outcomes and {result.Artifacts} artifacts, {result.BytesFreed / 1e6:F1} MB."));
        return ExitCodes.Done;
    }
}
