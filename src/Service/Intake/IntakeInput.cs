using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>A cohort that was said to be complete.</summary>
/// <param name="Manifest">The bytes of the marker as they were when the job was entered; may be empty.</param>
public sealed record IntakeInput(CohortPlace Place, ArtifactRef Manifest, IntakePolicy Policy);

/// <summary>What an intake gave.</summary>
/// <param name="Snapshot">A <see cref="Pipeline.Steps.CohortSnapshot"/> of what passed, pinned by version and hash, and of what was kept out.</param>
/// <param name="Document">An <see cref="IntakeDocument"/>.</param>
/// <param name="Study">A <see cref="Pipeline.Study"/>; null if the cohort has none.</param>
/// <param name="Admitted">Cases with images that passed.</param>
/// <param name="Quarantined">Cases that did not.</param>
public sealed record IntakeOutput(ArtifactRef Snapshot, ArtifactRef Document, ArtifactRef? Study, int Admitted, int Quarantined)
{
    /// <summary>Refuses a cohort of which no case passed.</summary>
    /// <exception cref="BadInputException"><c>intake.nothing-admitted</c>.</exception>
    public IntakeOutput RequireCases() => Quarantined == 0 || Admitted > 0
        ? this
        : throw new BadInputException(
            "intake.nothing-admitted",
            FormattableString.Invariant($"None of the {Quarantined} cases passed the intake; the intake's list says why for each of them."));
}
