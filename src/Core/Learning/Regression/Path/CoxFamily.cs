namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Cox regression by partial likelihood, without intercept. The second derivative is its diagonal, as in Simon et al., J. Stat. Softw.
/// 2011;39(5): where iterations stop, the gradient is exact.
/// </summary>
internal sealed class CoxFamily : PathFamily
{
    private readonly PartialLikelihood likelihood;
    private readonly double saturated;

    public CoxFamily(StandardisedDesign design, ReadOnlySpan<double> times, ReadOnlySpan<bool> events, TieMethod ties)
    {
        likelihood = new(times, events, design.Weights, ties);
        likelihood.MoveTo(new double[design.Stride]);
        saturated = likelihood.SaturatedLogLikelihood();
        NullLoss = Loss();
        if (!(NullLoss > 0))
            throw new BadInputException("learning.no_event", "No training row has the event while others are followed on; nothing can be learned.");
    }

    public override bool HasIntercept => false;

    public override double NullLoss { get; }

    public override double NullIntercept(int score) => 0;

    public override bool IsSpent(double devianceRatio, double before, double fourBefore) => devianceRatio - fourBefore < 1e-3 * devianceRatio;

    public override void MoveTo(double[][] linear) => likelihood.MoveTo(linear[0]);

    public override void Approximate(int score, Span<double> residual, Span<double> variance) => likelihood.Derivatives(residual, variance);

    public override double Loss() => saturated - likelihood.LogLikelihood();
}
