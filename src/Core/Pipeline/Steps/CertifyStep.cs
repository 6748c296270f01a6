using RadiogenomicsCloud.Certification;

namespace RadiogenomicsCloud.Pipeline.Steps;

/// <param name="Version">Of the product: nothing else decides what its features are.</param>
public sealed record CertifyInput(string Version);

/// <summary>
/// Compares the features of this version of the product with the reference values of the digital phantom and gives a
/// <see cref="CertificateSummary"/>. A value that is not reproduced does not end a run: its report says so.
/// </summary>
public sealed class CertifyStep : IStepHandler<CertifyInput, ArtifactRef>
{
    public static readonly Step<CertifyInput, ArtifactRef> Definition = new("certify", 1);

    public Step<CertifyInput, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(CertifyInput input, StepContext context, CancellationToken cancel) =>
        Outcome.Of(await context.Artifacts.PutJson(Certifier.DigitalPhantom(cancel).Summary(), cancel));
}
