using System.Diagnostics;
using System.Security.Cryptography;

namespace RadiogenomicsCloud.Tests.Azurite;

/// <summary>
/// The storage emulator, installed by <c>npm ci --ignore-scripts</c> from the committed lock file into a folder of the user, named by the
/// lock file's hash; test projects that run at once install it once.
/// </summary>
internal static class AzuriteInstall
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The folder of the manifest.</summary>
    public static string Manifest => Path.Combine(ReferenceData.RepositoryRoot(), "tests", "azurite");

    /// <summary>The emulator's script.</summary>
    /// <exception cref="InvalidOperationException">No Node, or no network.</exception>
    public static async Task<string> Script()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Manifest, "package-lock.json"))))[..16];
        var cache = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "radiogenomics-tests");
        var folder = Path.Combine(cache, "azurite-" + hash);
        var script = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        Directory.CreateDirectory(cache);
        await using var alone = await Lock(folder + ".lock");
        if (!File.Exists(script))
            await Install(folder);
        return File.Exists(script) ? script : throw new InvalidOperationException("npm ci ended well and installed no emulator.");
    }

    private static async Task Install(string folder)
    {
        var draft = folder + ".new";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        foreach (var name in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(Manifest, name), Path.Combine(draft, name));
        await Run(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", draft, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.Move(draft, folder);
    }

    private static async Task Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(Limit);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await error} {await output}");
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or TimeoutException)
        {
            throw new InvalidOperationException($"{program}: {exception.Message}", exception);
        }
    }

    private static async Task<FileStream> Lock(string path)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(start) < Limit)
            {
                await Task.Delay(200);
            }
        }
    }
}
