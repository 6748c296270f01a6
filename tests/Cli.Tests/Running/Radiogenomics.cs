using System.Diagnostics;

namespace RadiogenomicsCloud.Cli.Tests.Running;

/// <summary>Starts the built command as a process of its own, as a user does.</summary>
internal static class Radiogenomics
{
    /// <summary>Generous: a machine that runs the other tests beside is slow.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs the command to its end; one that does not end is killed and fails the test.</summary>
    public static Task<CommandResult> Run(params string[] args) => Run([], args);

    /// <summary>As above, with variables of the environment.</summary>
    public static async Task<CommandResult> Run((string Name, string Value)[] environment, params string[] args)
    {
        using var process = Start(environment, args);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop.Token);
            var error = process.StandardError.ReadToEndAsync(stop.Token);
            await process.WaitForExitAsync(stop.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts the command and does not wait for it.</summary>
    public static Process Start(params string[] args) => Start([], args);

    /// <summary>Starts the command and leaves it running.</summary>
    public static Process Start((string Name, string Value)[] environment, string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "radiogenomics.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var ambient in start.Environment.Keys.Where(k => k.StartsWith("RADIOGENOMICS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(ambient);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("The command did not start.");
    }
}
