using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Support vector machine (see <see cref="SmoSolver"/>): C-classification of two classes, of several by all pairs and
/// <see cref="PairwiseCoupling"/>, and ε-regression, on columns of mean 0 and sample standard deviation 1 (so is the endpoint of a
/// regression), as R's <c>e1071::svm</c> with <c>scale = TRUE</c>; weights scale the cost of their row and not the scaling. Columns without
/// differences are left out. Probabilities are a logistic function of the decision value (see <see cref="PlattScaling"/>) fitted on inner
/// folds of subjects. Missing and infinite values are refused.
/// </summary>
internal sealed class Svm(SvmOptions options) : IModelLearner
{
    private const int GreatestRows = 5000;

    public string Name => SvmOptions.RegistryName;

    IFittedModel IModelLearner.Fit(TrainingSet training, CancellationToken cancel) => Fit(training, cancel);

    public FittedSvm Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var outcome = training.Endpoint as ContinuousEndpoint;
        if (training.Endpoint is SurvivalEndpoint)
            throw Values.WrongEndpoint(training, Name, "a binary, multiclass or continuous endpoint");
        Values.RequireDifferences(training);
        cancel.ThrowIfCancellationRequested();
        if (training.Predictors.RowCount > GreatestRows)
            throw new BadInputException("learning.too_large", $"'{Name}' takes {GreatestRows} rows at most; take another model.", Name);
        training = CanonicalOrder.Of(training);
        var scaling = ColumnScaling.Fit(training.Predictors, Name);
        var rows = scaling.Apply(training.Predictors);
        double? gamma = options.Linear ? null : options.Gamma ?? 1.0 / Math.Max(1, scaling.Columns.Count);
        var problem = new SvmProblem(SvmKernel.Matrix(rows, gamma), training.Weights, options, cancel);
        var seen = Subjects.Of(training.Predictors.Rows);
        if (outcome is not null)
        {
            var values = ((ContinuousEndpoint)training.Endpoint).Values;
            var (mean, deviation) = (Moments.Mean(values), Math.Sqrt(Moments.SampleVariance(values)));
            var decision = problem.Regress(Array.ConvertAll(values, v => (v - mean) / deviation));
            return FittedSvm.Of(EndpointKind.Continuous, 1, scaling, rows, gamma, [(0, 0, decision, new PlattScaling(deviation, mean))], seen);
        }
        var classes = ClassRows.From(training, Name);
        var machines = new List<(int, int, SvmDecision, PlattScaling)>();
        var present = classes.Present;
        for (var i = 0; i < present.Length; i++)
        {
            for (var j = i + 1; j < present.Length; j++)
                machines.Add(Pair(problem, training, classes, present[i], present[j]));
        }
        return FittedSvm.Of(classes.Kind, classes.Count, scaling, rows, gamma, machines, seen);
    }

    private static (int First, int Second, SvmDecision Decision, PlattScaling Calibration) Pair(
        SvmProblem problem, TrainingSet training, ClassRows classes, int first, int second)
    {
        int[] rows = [.. Enumerable.Range(0, classes.Of.Length).Where(r => classes.Of[r] == first || classes.Of[r] == second)];
        var isSecond = Array.ConvertAll(rows, r => classes.Of[r] == second);
        var ids = Array.ConvertAll(rows, r => training.Predictors.Rows[r]);
        var seed = DeterministicRandom.Derive(training.Seed, "svm", (first * classes.Count) + second);
        return (first, second, problem.Classify(rows, isSecond), problem.Calibrate(rows, isSecond, ids, seed));
    }
}
