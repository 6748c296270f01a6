using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Which fits a validation consists of and which rows each may see: a function of the seed, the options, the subjects and the outcome alone,
/// so that predictor sets on the same rows are compared resample by resample, and so that any part of it can be computed anywhere.
/// Everything is drawn by subject: all rows of a patient are in or out together.
/// <para>
/// Bootstrap samples are plain (not stratified by class), n subjects with replacement, and drawn again until they hold two distinct subjects
/// of each class and leave out one of each. Folds are stratified by class. Each outer bootstrap sample (four distinct subjects of each class)
/// stands for another cohort, in which the procedure is run again: there the copies of a subject are one subject, resampled and held out whole, so that
/// they never lie on both sides.
/// </para>
/// </summary>
public sealed class ResamplingPlan
{
    private const int FewestSubjectsOfAClass = 5;
    private const string FitPurpose = "fit";
    private readonly IReadOnlyList<SubjectRows> subjects;
    private readonly SubjectSampler sampler;
    private readonly int[] everyone;
    private readonly int outerStart;
    private readonly int unitsAnOuter;

    private ResamplingPlan(IReadOnlyList<RowId> rows, BinaryEndpoint endpoint, ResamplingOptions options, ulong seed)
    {
        (Rows, Endpoint, Options, Seed) = (rows, endpoint, options, seed);
        subjects = Subjects.Group(rows);
        sampler = new SubjectSampler(subjects, endpoint.Values);
        everyone = [.. Enumerable.Range(0, subjects.Count)];
        outerStart = 1 + options.BootstrapResamples + (options.Repeats * options.Folds);
        InnerResamples = options.BootstrapResamples > 0 ? options.InnerResamples : 0;
        InnerRepeats = options.Repeats > 0 ? options.InnerRepeats : 0;
        unitsAnOuter = OuterFulls + InnerResamples + (InnerRepeats * options.Folds);
        UnitCount = checked(outerStart + (options.OuterResamples * unitsAnOuter));
    }

    public IReadOnlyList<RowId> Rows { get; }

    public BinaryEndpoint Endpoint { get; }

    public ResamplingOptions Options { get; }

    public ulong Seed { get; }

    public int SubjectCount => subjects.Count;

    /// <summary>The subjects of the rarer class.</summary>
    public int RarerClassSubjects => Math.Min(sampler.EventSubjects, sampler.OtherSubjects);

    /// <summary>Inner bootstrap samples of each outer one; 0 if the plan has no out-of-bag estimate.</summary>
    public int InnerResamples { get; }

    /// <summary>Inner repeats of the cross-validation in each outer bootstrap sample; 0 if the plan has none.</summary>
    public int InnerRepeats { get; }

    /// <summary>The number of fits.</summary>
    public int UnitCount { get; }

    /// <exception cref="BadInputException">
    /// An option is outside its range, the endpoint has one class, or fewer than five subjects are in one.
    /// </exception>
    public static ResamplingPlan Create(IReadOnlyList<RowId> rows, BinaryEndpoint endpoint, ResamplingOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(options);
        if (rows.Count != endpoint.Count)
            throw new ArgumentException($"{rows.Count} rows and {endpoint.Count} outcomes do not match.", nameof(endpoint));
        options.Check();
        BinaryEndpoints.RequireBothClasses(endpoint);
        var plan = new ResamplingPlan(rows, endpoint, options, seed);
        if (plan.RarerClassSubjects < FewestSubjectsOfAClass)
        {
            throw new BadInputException(
                "validation.class_too_small",
                $"'{endpoint.Name}' has {plan.sampler.EventSubjects} patients with {endpoint.EventLabel} and {plan.sampler.OtherSubjects} with "
                + $"{endpoint.ReferenceLabel}; validation needs at least {FewestSubjectsOfAClass} of each.",
                endpoint.Name);
        }
        if (options.Folds > plan.SubjectCount)
        {
            throw new BadInputException(
                "validation.option", $"{options.Folds} folds cannot be made of {plan.SubjectCount} patients; ask for fewer.", nameof(options.Folds));
        }
        return plan;
    }

    /// <summary>The fit at a place of the plan.</summary>
    public ResampleUnit Unit(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, UnitCount);
        if (index == 0)
            return new(index, ResampleKind.Full, -1, 0, -1);
        if (index >= outerStart)
        {
            var (outer, inner) = Math.DivRem(index - outerStart, unitsAnOuter);
            if (inner < OuterFulls)
                return new(index, ResampleKind.OuterFull, outer, 0, -1);
            inner -= OuterFulls;
            if (inner < InnerResamples)
                return new(index, ResampleKind.OuterBootstrap, outer, inner, -1);
            var (innerRepeat, innerFold) = Math.DivRem(inner - InnerResamples, Options.Folds);
            return new(index, ResampleKind.OuterCrossValidation, outer, innerRepeat, innerFold);
        }
        var place = index - 1;
        if (place < Options.BootstrapResamples)
            return new(index, ResampleKind.Bootstrap, -1, place, -1);
        var (repeat, fold) = Math.DivRem(place - Options.BootstrapResamples, Options.Folds);
        return new(index, ResampleKind.CrossValidation, -1, repeat, fold);
    }

    /// <summary>
    /// Rows, in order, and seed of the fit of all rows, the first of any plan on these rows: who locks a model with them locks the very model
    /// whose apparent performance and size the summary gives.
    /// </summary>
    public static (int[] TrainingRows, ulong FitSeed) FullFit(IReadOnlyList<RowId> rows, ulong seed) =>
        ([.. Subjects.Group(rows).SelectMany(s => s.Rows)], DeterministicRandom.Derive(seed, FitPurpose, 0));

    /// <summary>The rows of a fit.</summary>
    public ResampleSplit Split(ResampleUnit unit)
    {
        var weights = unit.Outer < 0 ? null : OuterCounts(unit.Outer);
        var pool = weights is null ? everyone : Array.FindAll(everyone, s => weights[s] > 0);
        var purpose = unit.Outer < 0 ? "" : $"outer {unit.Outer} ";
        var training = new int[subjects.Count];
        switch (unit.Kind)
        {
            case ResampleKind.Full or ResampleKind.OuterFull:
                Array.Fill(training, 1);
                break;
            case ResampleKind.Bootstrap or ResampleKind.OuterBootstrap:
                training = sampler.Bootstrap(pool, 2, 1, new(DeterministicRandom.Derive(Seed, purpose + "bootstrap", unit.Resample)));
                break;
            default:
                var fold = sampler.Folds(pool, Options.Folds, new(DeterministicRandom.Derive(Seed, purpose + "folds", unit.Resample)));
                foreach (var subject in pool)
                    training[subject] = fold[subject] == unit.Fold ? 0 : 1;
                break;
        }
        var trainingRows = new List<int>(Rows.Count);
        var sampleWeights = new double[Rows.Count];
        var heldOut = new List<(int Row, double Weight)>();
        foreach (var subject in pool)
        {
            var weight = weights is null ? 1 : weights[subject];
            var copies = training[subject] * weight;
            foreach (var row in subjects[subject].Rows)
                sampleWeights[row] = weight;
            for (var copy = 0; copy < copies; copy++)
                trainingRows.AddRange(subjects[subject].Rows);
            if (copies == 0)
                heldOut.AddRange(subjects[subject].Rows.Select(r => (r, (double)weight)));
        }
        heldOut.Sort((a, b) => a.Row.CompareTo(b.Row));
        return new ResampleSplit(
            [.. trainingRows],
            [.. heldOut.Select(h => h.Row)],
            [.. heldOut.Select(h => h.Weight)],
            sampleWeights,
            DeterministicRandom.Derive(Seed, FitPurpose, unit.Index));
    }

    // The apparent performance in an outer sample is wanted where there are bootstrap estimates to correct it with.
    private int OuterFulls => InnerResamples > 0 ? 1 : 0;

    private int[] OuterCounts(int outer) => sampler.Bootstrap(everyone, 4, 0, new(DeterministicRandom.Derive(Seed, "outer", outer)));
}
