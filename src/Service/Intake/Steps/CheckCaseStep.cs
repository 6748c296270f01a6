using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Service.Intake;

/// <param name="Part">An <see cref="IntakePart"/>, and where in it; what is checked is in <paramref name="Content"/>.</param>
/// <param name="CaseId">Null for files that belong to no case.</param>
public sealed record CheckCaseInput(
    [property: NotInKey] ArtifactRef Part, [property: NotInKey] int Index, string? CaseId, string Content, ArchiveLimits Archives, bool RequireDeidentified);

/// <summary>
/// Reads every file of a case at the version that was listed: its length and hash, its archives within their limits, its DICOM files through
/// the de-identification gate. Gives a <see cref="CheckedUnits"/> of one. What is wrong with a file of no case is a failure.
/// </summary>
public sealed class CheckCaseStep : IStepHandler<CheckCaseInput, ArtifactRef>
{
    public static readonly Step<CheckCaseInput, ArtifactRef> Definition = new("check-case", 2);

    private readonly LastRead<IntakePart> parts = new((context, reference) => context.Artifacts.GetJson<IntakePart>(reference, CancellationToken.None));

    public Step<CheckCaseInput, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(CheckCaseInput input, StepContext context, CancellationToken cancel)
    {
        var unit = (await parts.Get(context, input.Part, cancel).ConfigureAwait(false)).Units[input.Index];
        var findings = new CaseFindings(unit.Problems);
        var files = new List<CohortFile>(unit.Files.Count);
        var check = new FileCheck(input.CaseId, input.Archives, input.RequireDeidentified, findings);
        foreach (var file in unit.Files)
        {
            var stream = await context.Cohort.Open(new(file.Path, file.Sha256 ?? "", file.Length, file.Version), cancel).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
                files.Add(new(file.Path, check.Read(file, stream, cancel), file.Length, file.Version));
        }
        if (input.CaseId is null && findings.Reasons is [var first, ..])
            return Outcome.Failed<ArtifactRef>(new BadInputException(first.Code, first.Message, first.File).ToFailure());
        var isOut = findings.Reasons.Count > 0;
        var verdict = input.CaseId is null ? null : new IntakeCase(
            input.CaseId, isOut ? IntakeStatus.Quarantined : IntakeStatus.Admitted, findings.Reasons, findings.Warnings, unit.Count, unit.Bytes);
        return Outcome.Of(await context.Artifacts.PutJson(new CheckedUnits([new(verdict, isOut ? [] : files)]), cancel).ConfigureAwait(false));
    }
}
