using System.CommandLine;
using RadiogenomicsCloud.Pipeline.Steps.Results;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>report RUN</c>: the page again, from the run's files alone.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Folder of a finished run." };
        var command = new Command("report", "Make the report of a run again from its files.") { run };
        command.SetAction(parsed => Remake(parsed.GetValue(run)!));
        return command;
    }

    private static int Remake(string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, RunFileNames.Report));
        OutputFile.Write(path, ReportFiles.Render(folder));
        Console.Out.WriteLine($"Report: {path}");
        return ExitCodes.Done;
    }
}
