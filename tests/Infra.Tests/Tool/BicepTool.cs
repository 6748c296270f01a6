using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Infra.Tests.Tool;

/// <summary>
/// The Bicep compiler of the NuGet package, run without network and with a home of its own. Skips the test where the package
/// has no executable for the machine.
/// </summary>
internal sealed class BicepTool(string home)
{
    private static readonly string? Package = typeof(BicepTool).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "BicepPackage").Value;

    /// <summary>What a run wrote and how it ended.</summary>
    public sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>Runs the compiler in <paramref name="folder"/>; ends the test if it takes over a minute.</summary>
    public Result Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable(), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(home, "bundle");
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        // Nobody listens there: a template that needs a registry fails here and at once, not on a machine without network.
        foreach (var proxy in (string[])["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"])
            start.Environment[proxy] = "http://127.0.0.1:9";
        start.Environment.Remove("NO_PROXY");
        start.Environment.Remove("no_proxy");
        foreach (var setting in start.Environment.Keys.Where(key => key.StartsWith("RADIOGENOMICS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(setting);

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"bicep {string.Join(' ', arguments)} did not end within a minute.");
        }
        return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static string Executable()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
            "The Bicep compiler that the solution restores runs on Linux x64; the templates are compiled and tested there.");
        var path = Path.Combine(Package!, "tools", "bicep");
        Assert.True(File.Exists(path), $"The Bicep package has no {path}; run 'dotnet restore'.");
        if (OperatingSystem.IsLinux() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute))
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }
}
