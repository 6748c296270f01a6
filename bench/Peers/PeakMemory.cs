using System.Diagnostics;
using System.Globalization;
using RadiogenomicsCloud.Bench.Regions;

namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>Peak resident memory of a fresh process that loads one case and extracts it once: runtime, image and features together.</summary>
internal static class PeakMemory
{
    /// <summary>The argument that makes this program that process.</summary>
    public const string ChildCommand = "peak";

    /// <returns>Mebibytes without the two features of all pairs, and with them.</returns>
    public static (double WithoutPairs, double WithPairs) Of(BenchCase bench, string data)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        // Started through the host, not through the program's own executable.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(PeakMemory).Assembly.Location);
        foreach (var argument in (ReadOnlySpan<string>)[ChildCommand, bench.Name, "--data", data])
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start) ?? throw new InvalidOperationException("The process of one case did not start.");
        var answer = child.StandardOutput.ReadToEnd().Split('\n');
        child.WaitForExit();
        if (child.ExitCode != 0)
            throw new InvalidOperationException($"The process of case '{bench.Name}' ended with code {child.ExitCode}.");
        return (double.Parse(answer[0], CultureInfo.InvariantCulture), double.Parse(answer[1], CultureInfo.InvariantCulture));
    }

    /// <summary>What the fresh process does.</summary>
    public static void RunChild(BenchCase bench, string data)
    {
        var region = bench.Load(data) ?? throw new InvalidOperationException($"The data of case '{bench.Name}' are not in '{data}'.");
        region.Extract(Wanted.WithoutPairs);
        Console.Out.WriteLine(OfThisProcess().ToString(CultureInfo.InvariantCulture));
        region.Extract(Wanted.Everything);
        Console.Out.WriteLine(OfThisProcess().ToString(CultureInfo.InvariantCulture));
    }

    public static double OfThisProcess()
    {
        const string status = "/proc/self/status";
        const string peak = "VmHWM:";
        if (File.Exists(status) && File.ReadLines(status).FirstOrDefault(l => l.StartsWith(peak, StringComparison.Ordinal)) is { } line)
            return double.Parse(line[peak.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024;
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / (1024.0 * 1024);
    }
}
