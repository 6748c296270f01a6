namespace RadiogenomicsCloud.Validation;

/// <summary>
/// A measure of every resample of one predictor set, in plan order, hence paired with those of another set under the same plan. NaN where a
/// fit failed or the measure does not exist.
/// </summary>
/// <param name="Own">By bootstrap sample or repeat; one value for sites and a split.</param>
/// <param name="ByOuter">By outer sample, then inner resample.</param>
internal sealed record MeasureSeries(double[] Own, double[][] ByOuter)
{
    public MeasureSeries Map(Func<double, double> change) => new([.. Own.Select(change)], [.. ByOuter.Select(o => o.Select(change).ToArray())]);

    public MeasureSeries Less(MeasureSeries other) => new(Subtract(Own, other.Own), [.. ByOuter.Zip(other.ByOuter, Subtract)]);

    private static double[] Subtract(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}

/// <summary>A measure of all held-out predictions taken together: of the cohort, and of each outer sample.</summary>
internal sealed record StackedSeries(double Value, double[] ByOuter);

/// <summary>Turns the results of a plan into series of measures. Reduces in plan order, whatever the order of the results.</summary>
internal sealed class ResampleScores
{
    private readonly ResamplingPlan plan;
    private readonly ResampleResult[] byUnit;
    private readonly ResampleUnit[] units;
    private readonly Dictionary<(ResampleKind Kind, int Outer, int Resample), List<int>> places = [];
    private readonly HeldOut?[] heldOut;

    public ResampleScores(ResamplingPlan plan, IEnumerable<ResampleResult> results)
    {
        this.plan = plan;
        byUnit = InPlanOrder(plan, results);
        units = [.. Enumerable.Range(0, byUnit.Length).Select(plan.Unit)];
        heldOut = [.. units.Select(u => byUnit[u.Index].HeldOut(plan, u))];
        foreach (var unit in units)
        {
            if (!places.TryGetValue((unit.Kind, unit.Outer, unit.Resample), out var list))
                places.Add((unit.Kind, unit.Outer, unit.Resample), list = []);
            list.Add(unit.Index);
        }
        Schemes = Scheme.Of(plan);
        Leading = MeasureRegistry.Leading(plan.Endpoint.Kind);
    }

    public IReadOnlyList<ResampleResult> ByUnit => byUnit;

    /// <summary>All results but those of permutations.</summary>
    public IReadOnlyList<ResampleResult> Fits => [.. units.Where(u => u.Kind != ResampleKind.Permutation).Select(u => byUnit[u.Index])];

    /// <summary>The schemes that the plan has; the first leads.</summary>
    public IReadOnlyList<Scheme> Schemes { get; }

    public Measure Leading { get; }

    public IEnumerable<(ResampleUnit Unit, ResampleResult Result)> Of(ResampleKind kind)
    {
        foreach (var unit in units)
        {
            if (unit.Kind == kind)
                yield return (unit, byUnit[unit.Index]);
        }
    }

    /// <summary>What was held out of the fits of a kind, failed ones left out.</summary>
    public IEnumerable<HeldOut> HeldOutOf(ResampleKind kind) => units.Where(u => u.Kind == kind).Select(u => heldOut[u.Index]).OfType<HeldOut>();

    /// <summary>The held-out parts of one resample; null where a fit failed.</summary>
    public IReadOnlyList<HeldOut>? Parts(ResampleKind kind, int outer, int resample)
    {
        var parts = new List<HeldOut>();
        foreach (var index in places.GetValueOrDefault((kind, outer, resample), []))
        {
            if (byUnit[index].Failure is not null)
                return null;
            parts.Add(heldOut[index]!);
        }
        return parts;
    }

    public MeasureSeries Series(Measure measure, Scheme scheme, double parameter = double.NaN) => Series(scheme, (kind, outer, resample) =>
        Parts(kind, outer, resample) is { } parts ? measure.Of(parts, parameter) : double.NaN);

    /// <summary>Any number made of each resample of a scheme.</summary>
    public MeasureSeries Series(Scheme scheme, Func<ResampleKind, int, int, double> value) => new(
        [.. Enumerable.Range(0, scheme.Resamples(plan)).Select(r => value(scheme.Own, -1, r))],
        [
            .. Enumerable.Range(0, plan.Options.OuterResamples).Select(outer =>
                Enumerable.Range(0, scheme.InnerResamples(plan)).Select(r => value(scheme.Outer, outer, r)).ToArray()),
        ]);

    /// <summary>A measure of the stacked held-out predictions of a scheme, each fit weighing the same; failed fits are left out.</summary>
    public StackedSeries Stacked(Measure measure, Scheme scheme, double parameter = double.NaN) => new(
        StackedValue(measure, Of(scheme.Own), parameter),
        [.. Of(scheme.Outer).GroupBy(r => r.Unit.Outer).OrderBy(g => g.Key).Select(g => StackedValue(measure, g, parameter))]);

    /// <summary>What the models of the leading scheme predict of each row, on average over those that had not seen it; null for a row that was never held out.</summary>
    public double[]?[] CaseMeans()
    {
        var sums = new double[]?[plan.Rows.Count];
        var counts = new int[plan.Rows.Count];
        foreach (var (_, result) in Of(Schemes[0].Own))
        {
            if (result.Rows.Length == 0)
                continue;
            var width = result.Predicted.Length / result.Rows.Length;
            for (var i = 0; i < result.Rows.Length; i++)
            {
                var sum = sums[result.Rows[i]] ??= new double[width];
                for (var k = 0; k < width; k++)
                    sum[k] += result.Predicted[(i * width) + k];
                counts[result.Rows[i]]++;
            }
        }
        return [.. sums.Select((sum, row) => sum?.Select(s => s / counts[row]).ToArray())];
    }

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

    private double StackedValue(Measure measure, IEnumerable<(ResampleUnit Unit, ResampleResult Result)> results, double parameter)
    {
        var parts = new List<HeldOut>();
        foreach (var (unit, result) in results)
        {
            if (result.Rows.Length == 0)
                continue;
            var h = heldOut[unit.Index]!;
            var all = h.Weights.Sum();
            parts.Add(new HeldOut(h.Outcome, h.Predictions, [.. h.Weights.Select(w => w / all)], h.CutOff, () => h.Training));
        }
        return parts.Count == 0 ? double.NaN : measure.Of(parts, parameter);
    }
}
