using System.CommandLine;
using RadiogenomicsCloud.Cli.Commands;
using RadiogenomicsCloud.Cli.Terminal;

namespace RadiogenomicsCloud.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand(
            "From a cohort of images, genomic files and a clinical table to a validated model and its report.")
        {
            DemoCommand.Create(), RunCommand.Create(), AssociateCommand.Create(), ExtractCommand.Create(), InspectCommand.Create(), ValidateCommand.Create(),
            FeaturesCommand.Create(), VerifyCommand.Create(), ReportCommand.Create(), CleanCommand.Create(), ServeCommand.Create(), PartnerCommand.Create(), UploadCommand.Create(),
        };
        var result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            Messages.Error(result.UnmatchedTokens.Count > 0
                ? $"There is no command or option '{result.UnmatchedTokens[0]}' here; see radiogenomics --help."
                : $"{result.Errors[0].Message} See radiogenomics --help.");
            return ExitCodes.BadInput;
        }
        using var interrupt = new CancellationTokenSource();
        return await Guarded(result.CommandResult.Command.Name, token => result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, token), interrupt);
    }

    /// <summary>Whether what the command has done so far is found when it is started again; the others begin anew.</summary>
    private static bool GoesOn(string command) => command is "run" or "associate" or "demo" or "validate" or "upload";

    /// <summary>
    /// Maps our exceptions to exit codes, each with one sentence. The first Ctrl-C asks running steps to stop and leaves the run
    /// resumable, the second ends the process at once.
    /// </summary>
    private static async Task<int> Guarded(string command, Func<CancellationToken, Task<int>> work, CancellationTokenSource interrupt)
    {
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        };
        try
        {
            return await work(interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            Messages.Note(GoesOn(command) ? "Stopped. Start the same command again to go on." : "Stopped.");
            return ExitCodes.Cancelled;
        }
        catch (BadInputException problem)
        {
            Messages.Error(problem);
            return ExitCodes.BadInput;
        }
        catch (StudyFailedException problem)
        {
            Messages.Error(problem);
            return ExitCodes.StudyFailed;
        }
        catch (RadiogenomicsException problem)
        {
            Messages.Error(problem);
            return ExitCodes.Storage;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Messages.Error($"A file cannot be read or written: {problem.Message} [storage.io]");
            return ExitCodes.Storage;
        }
    }
}
