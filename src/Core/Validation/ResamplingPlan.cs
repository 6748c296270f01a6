using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Which fits a validation consists of and which rows each may see: a function of the seed, the options, the subjects, their sites and the
/// outcome alone, so that predictor sets on the same rows are compared resample by resample, and so that any part of it can be computed
/// anywhere. Everything is drawn by subject: all rows of a patient are in or out together.
/// <para>
/// Bootstrap samples are plain (not stratified), n subjects with replacement, and drawn again until they hold two distinct subjects of each
/// class (see <see cref="SubjectClasses"/>) and leave out one of each. Folds and splits are stratified. Each outer bootstrap sample (four distinct
/// subjects of each class) stands for another cohort, in which the procedure is run again, sites left out and splits included: there the
/// copies of a subject are one subject, resampled and held out whole, so that they never lie on both sides. Permutation 0 has the outcomes as they
/// are; the others have them dealt out anew to the subjects (<see cref="PermutedOutcomes"/>), and resamples drawn for the new outcomes.
/// </para>
/// </summary>
public sealed class ResamplingPlan
{
    private const int FewestSubjectsOfAClass = 5;
    private const string FitPurpose = "fit";
    private readonly IReadOnlyList<SubjectRows> subjects;
    private readonly SubjectClasses classes;
    private readonly SubjectSampler sampler;
    private readonly PermutedOutcomes permuted;
    private readonly int[] everyone;
    private readonly int[] siteOfSubject;
    private readonly bool[]? heldOutByColumn;
    private readonly PlanLayout layout;

    private ResamplingPlan(
        IReadOnlyList<RowId> rows, Endpoint endpoint, ResamplingOptions options, ulong seed, IReadOnlyDictionary<string, IReadOnlyList<string?>> attributes)
    {
        (Rows, Endpoint, Options, Seed) = (rows, endpoint, options, seed);
        subjects = Subjects.Group(rows);
        classes = SubjectClasses.Of(subjects, endpoint);
        sampler = new SubjectSampler(classes);
        permuted = new PermutedOutcomes(subjects, endpoint, seed);
        everyone = [.. Enumerable.Range(0, subjects.Count)];
        (Sites, siteOfSubject) = options.LeaveOneSiteOut ? RowParts.Sites(subjects, attributes) : ([], []);
        heldOutByColumn = options.HoldOut is { Column: { } column } holdOut ? RowParts.HeldOut(subjects, attributes, column, holdOut.HeldOut) : null;
        layout = new PlanLayout(options, Sites.Count);
        Times = EvaluationTimes.All(endpoint, options.Horizons);
        Horizons = EvaluationTimes.Horizons(endpoint, options.Horizons);
    }

    public IReadOnlyList<RowId> Rows { get; }

    public Endpoint Endpoint { get; }

    public ResamplingOptions Options { get; }

    public ulong Seed { get; }

    /// <summary>The sites that are left out in turn; empty where none is.</summary>
    public IReadOnlyList<string> Sites { get; }

    /// <summary>Times at which models are asked for survival, ascending; empty for other endpoints.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>Those of <see cref="Times"/> at which survival is judged.</summary>
    public IReadOnlyList<double> Horizons { get; }

    public int SubjectCount => subjects.Count;

    /// <summary>The subjects of the rarest class, for survival those with the event; of a number all.</summary>
    public int RarerClassSubjects => classes.Fewest;

    /// <summary>Inner bootstrap samples of each outer one; 0 if the plan has no out-of-bag estimate.</summary>
    public int InnerResamples => layout.InnerResamples;

    /// <summary>Inner repeats of the cross-validation in each outer bootstrap sample; 0 if the plan has none.</summary>
    public int InnerRepeats => layout.InnerRepeats;

    /// <summary>The number of fits.</summary>
    public int UnitCount => layout.UnitCount;

    /// <param name="attributes">Texts of the rows by name, as <see cref="Predictors.Attributes"/>: <c>site</c> where sites are left out, and <c>hold_out</c> for a split by a column.</param>
    /// <exception cref="BadInputException">
    /// An option is outside its range, the endpoint does not differ between the rows, fewer than five subjects are in one of its classes, an
    /// attribute is needed and absent, or what a site or split leaves for training is too little.
    /// </exception>
    public static ResamplingPlan Create(
        IReadOnlyList<RowId> rows, Endpoint endpoint, ResamplingOptions options, ulong seed,
        IReadOnlyDictionary<string, IReadOnlyList<string?>>? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(options);
        if (rows.Count != endpoint.Count)
            throw new ArgumentException($"{rows.Count} rows and {endpoint.Count} outcomes do not match.", nameof(endpoint));
        options.Check();
        EndpointChecks.RequireDifferences(endpoint);
        var plan = new ResamplingPlan(rows, endpoint, options, seed, attributes ?? new Dictionary<string, IReadOnlyList<string?>>());
        if (plan.RarerClassSubjects < FewestSubjectsOfAClass)
        {
            throw new BadInputException(
                "validation.class_too_small",
                $"The patients of '{endpoint.Name}' are {plan.classes.Counts()}; validation needs at least {FewestSubjectsOfAClass} of each.",
                endpoint.Name);
        }
        if (options.Folds > plan.SubjectCount)
        {
            throw new BadInputException(
                "validation.option", $"{options.Folds} folds cannot be made of {plan.SubjectCount} patients; ask for fewer.", nameof(options.Folds));
        }
        if (options.Permutation is { Scheme: PermutationScheme.CrossValidation } permutation && permutation.Fits > plan.SubjectCount)
        {
            throw new BadInputException(
                "validation.option", $"{permutation.Fits} folds of a permutation cannot be made of {plan.SubjectCount} patients; ask for fewer.", nameof(options.Permutation));
        }
        plan.RequireTrainable();
        return plan;
    }

    /// <summary>The fit at a place of the plan.</summary>
    public ResampleUnit Unit(int index) => layout.Unit(index);

    /// <summary>The outcomes that a fit learns from and is judged by: dealt out anew in permutations, else <see cref="Endpoint"/>.</summary>
    public Endpoint EndpointOf(ResampleUnit unit) =>
        unit is { Kind: ResampleKind.Permutation, Resample: > 0 } ? permuted.Make(unit.Resample) : Endpoint;

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
        var training = TrainingCounts(unit, pool);
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

    /// <summary>How often each subject of the pool is in the training set.</summary>
    private int[] TrainingCounts(ResampleUnit unit, int[] pool)
    {
        var purpose = unit.Outer < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"outer {unit.Outer} ");
        switch (unit.Kind)
        {
            case ResampleKind.Full or ResampleKind.OuterFull:
                return In(_ => true);
            case ResampleKind.Bootstrap or ResampleKind.OuterBootstrap:
                return sampler.Bootstrap(pool, 2, 1, Random(purpose + "bootstrap", unit.Resample));
            case ResampleKind.LeaveSiteOut or ResampleKind.OuterLeaveSiteOut:
                return In(s => siteOfSubject[s] != unit.Fold);
            case ResampleKind.HoldOut or ResampleKind.OuterHoldOut:
                var held = heldOutByColumn ?? sampler.HoldOut(pool, Options.HoldOut!.Share, Random(purpose + "hold-out", 0));
                return In(s => !held[s]);
            case ResampleKind.Permutation:
                var drawn = unit.Resample == 0 ? sampler : new SubjectSampler(SubjectClasses.Of(subjects, EndpointOf(unit)));
                purpose = string.Create(CultureInfo.InvariantCulture, $"permutation {unit.Resample} ");
                if (Options.Permutation!.Scheme == PermutationScheme.OutOfBag)
                    return drawn.Bootstrap(pool, 2, 1, Random(purpose + "bootstrap", unit.Fold));
                var part = drawn.Folds(pool, Options.Permutation.Fits, Random(purpose + "folds", 0));
                return In(s => part[s] != unit.Fold);
            default:
                var fold = sampler.Folds(pool, Options.Folds, Random(purpose + "folds", unit.Resample));
                return In(s => fold[s] != unit.Fold);
        }

        int[] In(Func<int, bool> isIn)
        {
            var counts = new int[subjects.Count];
            foreach (var subject in pool)
                counts[subject] = isIn(subject) ? 1 : 0;
            return counts;
        }
    }

    private DeterministicRandom Random(string purpose, int index) => new(DeterministicRandom.Derive(Seed, purpose, index));

    private int[] OuterCounts(int outer) => sampler.Bootstrap(everyone, 4, 0, Random("outer", outer));

    // Folds and bootstrap samples are balanced or drawn again; a site or a column is as it is.
    private void RequireTrainable()
    {
        for (var site = 0; site < Sites.Count; site++)
        {
            var left = site;
            Require($"Without site '{Sites[site]}'", s => siteOfSubject[s] != left);
        }
        if (heldOutByColumn is { } held)
            Require($"Without the cases that '{Options.HoldOut!.Column}' holds out", s => !held[s]);

        void Require(string without, Func<int, bool> isIn)
        {
            foreach (var of in classes.Classes)
            {
                var count = everyone.Count(s => isIn(s) && of.Has[s]);
                if (count < 2)
                {
                    throw new BadInputException(
                        "validation.class_too_small",
                        string.Create(CultureInfo.InvariantCulture, $"{without} {count} patients with {of.Name} are left to train on; at least two are needed."),
                        Endpoint.Name);
                }
            }
        }
    }
}
