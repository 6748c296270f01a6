namespace RadiogenomicsCloud.Validation;

/// <summary>
/// The leading measure of the cohort, corrected for optimism, and, for their interval, of each outer sample (Noma et al., Stat Med 2021, 40:5691, algorithm 2:
/// the correction is made again in every outer sample).
/// </summary>
internal sealed class OptimismSeries
{
    private readonly MeasureSeries outOfBag;
    private readonly double noInformation;
    private readonly ResampleResult[] samples;
    private readonly double[] outerApparent;
    private readonly double[][] outerOptimism;

    public OptimismSeries(ResampleScores scores, ResamplingPlan plan)
    {
        outOfBag = scores.Series(scores.Leading, Scheme.OutOfBag);
        noInformation = scores.Leading.NoInformation ?? 0;
        Apparent = scores.ByUnit[0].Apparent ?? double.NaN;
        samples = [.. scores.Of(ResampleKind.Bootstrap).Select(r => r.Result)];
        outerApparent = new double[plan.Options.OuterResamples];
        foreach (var (unit, result) in scores.Of(ResampleKind.OuterFull))
            outerApparent[unit.Outer] = result.Apparent ?? double.NaN;
        outerOptimism = [.. outerApparent.Select(_ => new double[plan.InnerResamples])];
        foreach (var (unit, result) in scores.Of(ResampleKind.OuterBootstrap))
            outerOptimism[unit.Outer][unit.Resample] = Optimism(result);
    }

    public double Apparent { get; }

    public double Harrell => OptimismCorrection.Harrell(Apparent, EstimateList.FiniteMean([.. samples.Select(Optimism)]));

    public double Point632 => OptimismCorrection.Point632(Apparent, EstimateList.FiniteMean(outOfBag.Own));

    public double Point632Plus => OptimismCorrection.Point632Plus(Apparent, EstimateList.FiniteMean(outOfBag.Own), noInformation);

    /// <summary>By bootstrap sample; the mean is the estimate.</summary>
    public double[] HarrellBySample => [.. samples.Select(s => OptimismCorrection.Harrell(Apparent, Optimism(s)))];

    public double[] Point632BySample => [.. outOfBag.Own.Select(o => OptimismCorrection.Point632(Apparent, o))];

    public IReadOnlyList<double[]> OuterHarrell =>
        [.. outerOptimism.Select((inner, o) => inner.Select(optimism => OptimismCorrection.Harrell(outerApparent[o], optimism)).ToArray())];

    public IReadOnlyList<double[]> OuterPoint632 =>
        [.. outOfBag.ByOuter.Select((inner, o) => inner.Select(oob => OptimismCorrection.Point632(outerApparent[o], oob)).ToArray())];

    /// <summary>
    /// Not linear in the out-of-bag measure, hence one value from the mean of each outer sample, written as often as there are inner ones: the inner
    /// Monte Carlo variance stays in.
    /// </summary>
    public IReadOnlyList<double[]> OuterPoint632Plus =>
    [
        .. outOfBag.ByOuter.Select((inner, o) =>
            Enumerable.Repeat(OptimismCorrection.Point632Plus(outerApparent[o], EstimateList.FiniteMean(inner), noInformation), inner.Length).ToArray()),
    ];

    private static double Optimism(ResampleResult result) => (result.Apparent - result.Original) ?? double.NaN;
}
