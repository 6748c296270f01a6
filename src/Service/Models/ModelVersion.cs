using System.Globalization;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Models;

/// <summary>A change of a version's state, and who made it.</summary>
public sealed record ModelStamp(string Who, DateTimeOffset At);

/// <summary>
/// One version of a model. Everything but the state and its stamps is as it was entered, for good: another file is another version.
/// </summary>
/// <param name="Name">See <see cref="ModelName"/>.</param>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Model">The file <c>model.json</c>; its SHA-256 is the model's identity.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="Cohort">Name of the cohort that it was trained on.</param>
/// <param name="Performance">That run's <c>performance.json</c>: the figures that later ones are compared with.</param>
/// <param name="Features">That run's <c>features.csv</c>: the distribution of inputs that later ones are compared with.</param>
/// <param name="Cases">That run's <c>cases.csv</c>: which of them it was trained on.</param>
/// <param name="HoldsRows">The file holds values of training rows; see <see cref="Learning.LockedModel.HoldsRows"/>.</param>
public sealed record ModelVersion(
    string Name, int Version, ArtifactRef Model, string RunId, string Cohort, ArtifactRef Performance, ArtifactRef Features, ArtifactRef Cases, ModelStamp Entered,
    ModelState State = ModelState.Candidate, ModelStamp? Locked = null, ModelStamp? Retired = null, bool HoldsRows = false)
{
    /// <summary>What the file can tell of single training cases; see <see cref="Learning.LockedModel.Discloses"/>. Null where nothing, and in versions entered before it was recorded.</summary>
    public string? Discloses { get; init; }

    /// <summary><c>NAME/v1</c>: for people and file names.</summary>
    public string Label => Name + "/v" + Version.ToString(CultureInfo.InvariantCulture);
}
