namespace RadiogenomicsCloud.Service.Intake;

/// <summary>
/// What a site states about the de-identification of its cohort: either how it was done, or why none was needed (a phantom, synthetic data).
/// A statement is kept and shown; it never opens the gate, which is the service's own.
/// </summary>
/// <param name="Method">How, as free text of at most <see cref="MaximumLength"/> characters; null with <paramref name="NotRequired"/>.</param>
/// <param name="NotRequired">Why not, likewise; null with <paramref name="Method"/>.</param>
public sealed record DeidentificationStatement(string? Method, string? NotRequired)
{
    public const int MaximumLength = 500;
}
