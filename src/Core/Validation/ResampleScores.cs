using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// The measures of every resample of one predictor set, in plan order, hence paired with those of another set under the same plan. NaN where a
/// fit failed or a class was not held out.
/// </summary>
/// <param name="OutOfBag">By bootstrap sample.</param>
/// <param name="NestedCv">By repeat of the cross-validation.</param>
/// <param name="OuterOutOfBag">By outer sample, then inner bootstrap sample.</param>
/// <param name="OuterNestedCv">By outer sample, then inner repeat.</param>
internal sealed record MeasureSeries(double[] OutOfBag, double[] NestedCv, double[][] OuterOutOfBag, double[][] OuterNestedCv);

/// <summary>Calibration of all held-out predictions taken together: of the cohort, and of each outer sample.</summary>
internal sealed record StackedSeries(double Value, double[] ByOuter);

/// <summary>Turns the results of a plan into series of measures. Reduces in plan order, whatever the order of the results.</summary>
internal sealed class ResampleScores
{
    private readonly ResamplingPlan plan;
    private readonly ResampleResult[] byUnit;

    public ResampleScores(ResamplingPlan plan, IEnumerable<ResampleResult> results)
    {
        this.plan = plan;
        byUnit = InPlanOrder(plan, results);
        Auc = Series(AucParts);
        Brier = Series(BrierParts);
    }

    public IReadOnlyList<ResampleResult> ByUnit => byUnit;

    public MeasureSeries Auc { get; }

    public MeasureSeries Brier { get; }

    public IEnumerable<(ResampleUnit Unit, ResampleResult Result)> Of(ResampleKind kind)
    {
        for (var i = 0; i < byUnit.Length; i++)
        {
            var unit = plan.Unit(i);
            if (unit.Kind == kind)
                yield return (unit, byUnit[i]);
        }
    }

    /// <summary>
    /// A calibration measure of the stacked held-out predictions, each fit weighing the same: of bootstrap samples if there are any, else of
    /// the cross-validation.
    /// </summary>
    public StackedSeries Stacked(CalibrationMeasure measure)
    {
        var (own, outer) = plan.Options.BootstrapResamples > 0
            ? (ResampleKind.Bootstrap, ResampleKind.OuterBootstrap)
            : (ResampleKind.CrossValidation, ResampleKind.OuterCrossValidation);
        var byOuter = Of(outer).GroupBy(r => r.Unit.Outer).OrderBy(g => g.Key).Select(g => StackedValue(measure, g)).ToArray();
        return new StackedSeries(StackedValue(measure, Of(own)), byOuter);
    }

    /// <summary>Mean unseen probability by row; NaN for a row that was never held out.</summary>
    public double[] CaseMeans()
    {
        var kind = plan.Options.BootstrapResamples > 0 ? ResampleKind.Bootstrap : ResampleKind.CrossValidation;
        var sums = new double[plan.Rows.Count];
        var counts = new int[plan.Rows.Count];
        foreach (var (_, result) in Of(kind))
        {
            for (var i = 0; i < result.Rows.Length; i++)
            {
                sums[result.Rows[i]] += result.Probabilities[i];
                counts[result.Rows[i]]++;
            }
        }
        return [.. sums.Select((sum, row) => sum / counts[row])];
    }

    public bool[] Outcomes(int[] rows) => [.. rows.Select(r => plan.Endpoint.Values[r])];

    private static ResampleResult[] InPlanOrder(ResamplingPlan plan, IEnumerable<ResampleResult> results)
    {
        var byUnit = new ResampleResult?[plan.UnitCount];
        foreach (var result in results)
        {
            if (result.Unit < 0 || result.Unit >= byUnit.Length || byUnit[result.Unit] is not null)
                throw new ArgumentException($"Resample {result.Unit} is not of this plan or comes twice.", nameof(results));
            byUnit[result.Unit] = result;
        }
        var missing = Array.IndexOf(byUnit, null);
        if (missing >= 0)
            throw new ArgumentException($"Resample {missing} of {byUnit.Length} is missing.", nameof(results));
        return [.. byUnit.OfType<ResampleResult>()];
    }

    private double StackedValue(CalibrationMeasure measure, IEnumerable<(ResampleUnit Unit, ResampleResult Result)> results)
    {
        var probabilities = new List<double>();
        var outcomes = new List<bool>();
        var weights = new List<double>();
        foreach (var (unit, result) in results)
        {
            if (result.Rows.Length == 0)
                continue;
            var copies = Weights(unit);
            var all = copies.Sum();
            probabilities.AddRange(result.Probabilities);
            outcomes.AddRange(Outcomes(result.Rows));
            weights.AddRange(copies.Select(c => c / all));
        }
        return measure == CalibrationMeasure.Slope
            ? LogisticRecalibration.Slope([.. probabilities], [.. outcomes], [.. weights]).Value
            : LogisticRecalibration.InTheLarge([.. probabilities], [.. outcomes], [.. weights]).Value;
    }

    private double[] Weights(ResampleUnit unit) => plan.Split(unit).HeldOutWeights;

    private MeasureSeries Series(Func<ResampleUnit, ResampleResult, (double Sum, double Count)> parts)
    {
        var outers = Enumerable.Range(0, plan.Options.OuterResamples).ToArray();
        var oob = NewSeries(plan.Options.BootstrapResamples);
        var cv = NewSeries(plan.Options.Repeats);
        double[][] outerOob = [.. outers.Select(_ => NewSeries(plan.InnerResamples))], outerCv = [.. outers.Select(_ => NewSeries(plan.InnerRepeats))];
        var folds = new List<(double Sum, double Count)>();
        for (var i = 0; i < byUnit.Length; i++)
        {
            var unit = plan.Unit(i);
            if (unit.Kind is ResampleKind.Full or ResampleKind.OuterFull)
                continue;
            var part = byUnit[i].Failure is null ? parts(unit, byUnit[i]) : (Sum: double.NaN, Count: double.NaN);
            if (unit.Fold < 0)
            {
                (unit.Outer < 0 ? oob : outerOob[unit.Outer])[unit.Resample] = part.Sum / part.Count;
                continue;
            }
            // Folds of a repeat follow one another; the last closes it.
            folds.Add(part);
            if (unit.Fold < plan.Options.Folds - 1)
                continue;
            double sum = 0, count = 0;
            foreach (var fold in folds)
                (sum, count) = (sum + fold.Sum, count + fold.Count);
            (unit.Outer < 0 ? cv : outerCv[unit.Outer])[unit.Resample] = sum / count;
            folds.Clear();
        }
        return new MeasureSeries(oob, cv, outerOob, outerCv);
    }

    private (double Sum, double Count) AucParts(ResampleUnit unit, ResampleResult result) =>
        Statistics.Auc.Concordance(result.Probabilities, Outcomes(result.Rows), Weights(unit));

    private (double Sum, double Count) BrierParts(ResampleUnit unit, ResampleResult result)
    {
        var weights = Weights(unit);
        var count = weights.Sum();
        return count == 0 ? (0, 0) : (BrierScore.Compute(result.Probabilities, Outcomes(result.Rows), weights) * count, count);
    }

    private static double[] NewSeries(int length) => new double[length];
}

/// <summary>Which calibration measure.</summary>
internal enum CalibrationMeasure
{
    InTheLarge,
    Slope,
}
