using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Service.Intake;

/// <param name="Checked">A <see cref="CheckedUnits"/> of the whole cohort.</param>
public sealed record AdmitInput(ArtifactRef Listing, ArtifactRef Checked, ArtifactRef? Study);

/// <summary>Makes the snapshot of what passed, and the document of what became of every case.</summary>
public sealed class AdmitStep : IStepHandler<AdmitInput, IntakeOutput>
{
    public static readonly Step<AdmitInput, IntakeOutput> Definition = new("admit", 1);

    public Step<AdmitInput, IntakeOutput> Step => Definition;

    public async Task<Outcome<IntakeOutput>> Run(AdmitInput input, StepContext context, CancellationToken cancel)
    {
        var listing = await context.Artifacts.GetJson<IntakeListing>(input.Listing, cancel).ConfigureAwait(false);
        var units = (await context.Artifacts.GetJson<CheckedUnits>(input.Checked, cancel).ConfigureAwait(false)).Units;
        List<CohortFile> files = [.. units.SelectMany(u => u.Files).OrderBy(f => f.Path, StringComparer.Ordinal)];
        List<IntakeCase> cases = [.. units.Select(u => u.Case).OfType<IntakeCase>().OrderBy(c => c.CaseId, StringComparer.Ordinal)];
        List<IntakeCase> kept = [.. cases.Where(c => c.Status == IntakeStatus.Quarantined)];
        var snapshot = new CohortSnapshot(files, kept.Count == 0 ? null : [.. kept.Select(c => new QuarantinedCase(c.CaseId, Sentence(c.Reasons)))]);
        var document = new IntakeDocument(
            IntakeDocument.CurrentSchema, listing.Site, listing.Deidentification, listing.DeidentificationRequired,
            new(cases.Count, cases.Count - kept.Count, kept.Count, files.Count, files.Sum(f => f.Length)), cases, listing.Notes);
        return Outcome.Of(new IntakeOutput(
            await context.Artifacts.PutJson(snapshot, cancel).ConfigureAwait(false),
            await context.Artifacts.PutJson(document, cancel).ConfigureAwait(false),
            input.Study, cases.Count - kept.Count, kept.Count));
    }

    private static string Sentence(IReadOnlyList<IntakeReason> reasons)
    {
        var first = reasons[0];
        var where = first.File is null || first.Message.Contains(first.File, StringComparison.Ordinal) ? "" : $"{first.File}: ";
        var more = reasons.Count == 1 ? "" : FormattableString.Invariant($" ({reasons.Count - 1} more reasons in the intake's list.)");
        return where + first.Message + more;
    }
}
