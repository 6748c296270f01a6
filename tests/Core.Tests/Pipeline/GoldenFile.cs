using System.Text.Encodings.Web;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>
/// Holds what steps gave on a fixed input: <c>Data/golden/STEP.json</c> maps a version to the hash of the output. A step whose output
/// changed while its version did not is found here; a new version is added by running the tests once with <see cref="UpdateVariable"/>=1,
/// which never changes the hash of a version that is recorded.
/// </summary>
internal static class GoldenFile
{
    public const string UpdateVariable = "RADIOGENOMICS_UPDATE_GOLDEN";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static bool Updating => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    private static string Folder => Path.Combine(ReferenceData.RepositoryRoot(), "tests", "Core.Tests", "Data", "golden");

    /// <summary>
    /// Demands that a step of this name and version gives what is recorded. Artifacts count by their hashes. Use an input whose output is
    /// the same on every platform, or round it before.
    /// </summary>
    /// <param name="output">The outcome, or any part of it that must not change.</param>
    public static void Check<T>(string step, int version, T output, string? folder = null, bool? updating = null)
    {
        var path = Path.Combine(folder ?? Folder, step + ".json");
        var recorded = File.Exists(path)
            ? JsonSerializer.Deserialize<SortedDictionary<int, string>>(File.ReadAllText(path))!
            : [];
        var hash = CanonicalJson.Hash(output);
        if (recorded.TryGetValue(version, out var before))
        {
            Assert.True(
                before == hash,
                $"Step '{step}' gives another output than when its version {version} was recorded: raise its version, or undo the change.");
        }
        else
        {
            Assert.True(updating ?? Updating, $"Step '{step}' has no recorded output of version {version}: run the tests once with {UpdateVariable}=1 and commit the file.");
            recorded[version] = hash;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, JsonSerializer.Serialize(recorded, Indented) + "\n");
        }
    }
}
