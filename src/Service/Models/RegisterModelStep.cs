using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;

namespace RadiogenomicsCloud.Service.Models;

/// <param name="Model">Of the run: its <c>model.json</c>, and so on.</param>
/// <param name="Cohort">Name of the cohort.</param>
public sealed record RegisterModelInput(string RunId, string Cohort, ArtifactRef Model, ArtifactRef Performance, ArtifactRef Features, ArtifactRef Cases)
{
    /// <summary>From the files of a finished cohort run.</summary>
    public static RegisterModelInput Of(string runId, string cohort, RunFileList files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new(runId, cohort, File(RunFileNames.Model), File(RunFileNames.Performance), File(RunFileNames.Features), File(RunFileNames.Cases));

        ArtifactRef File(string name) => files.Files.Single(f => f.Name == name).Content;
    }
}

/// <summary>A version in the registry.</summary>
public sealed record RegisteredModel(string Name, int Version);

/// <summary>Enters the model of a finished cohort run as a candidate; done twice it enters one.</summary>
public sealed class RegisterModelStep(ModelRegistry registry) : IStepHandler<RegisterModelInput, RegisteredModel>
{
    private const string Service = "service";

    public static readonly Step<RegisterModelInput, RegisteredModel> Definition = new("register-model", 1, StepKind.Effect);

    public Step<RegisterModelInput, RegisteredModel> Step => Definition;

    public async Task<Outcome<RegisteredModel>> Run(RegisterModelInput input, StepContext context, CancellationToken cancel)
    {
        var document = await ModelDocument.Read(context.Artifacts, input.Model, cancel).ConfigureAwait(false);
        var version = await registry.Register(
            new(
                document.Study.Name, input.Model, input.RunId, input.Cohort, input.Performance, input.Features, input.Cases,
                document.Models.Any(m => m.Model.HoldsRows))
            { Discloses = Discloses(document) },
            Service, cancel).ConfigureAwait(false);
        return Outcome.Of(new RegisteredModel(version.Name, version.Version));
    }

    private static string? Discloses(ModelDocument document) =>
        string.Join("; ", document.Models.SelectMany(m => m.Model.Discloses).Distinct(StringComparer.Ordinal)) is { Length: > 0 } all ? all : null;
}
