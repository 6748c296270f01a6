using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>What a run gives that nothing disturbs: its files, and the outcome of each of its steps by the step's key.</summary>
internal sealed record Reference(RunOutput Run, IReadOnlyDictionary<string, string> Outcomes)
{
    /// <summary>Runs a cohort by the command.</summary>
    public static async Task<Reference> Make(string cohort, string output)
    {
        (await Radiogenomics.Run("run", cohort, "--out", output)).Succeeded();
        return Of(output);
    }

    /// <summary>Of the one run below an output folder.</summary>
    public static Reference Of(string output)
    {
        var root = Path.Combine(output, "store", "outcomes");
        return new(RunOutput.Only(output), TestFolder.Files(root).ToDictionary(KeyOf, file => HashOf(File.ReadAllBytes(Path.Combine(root, file)))));
    }

    /// <summary>The key of a step from the path of its outcome: <c>ab/cdef….json</c>.</summary>
    public static string KeyOf(string path) => Path.ChangeExtension(path.Replace("/", "", StringComparison.Ordinal), null);

    /// <summary>The hash that an outcome is kept with.</summary>
    public static string HashOf(byte[] kept)
    {
        using var json = JsonDocument.Parse(kept);
        return json.RootElement.GetProperty("sha256").GetString()!;
    }
}
