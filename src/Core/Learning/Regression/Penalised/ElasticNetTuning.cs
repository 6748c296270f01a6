using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>How each λ of a path did on rows held out; see <see cref="TuningMeasure"/>.</summary>
/// <param name="Loss">One a λ; empty where no fold could be judged.</param>
/// <param name="StandardError">Of <paramref name="Loss"/>, over folds.</param>
internal sealed record TuningCurve(double[] Loss, double[] StandardError)
{
    /// <summary>Index of the greatest λ of least loss; 0, the model without predictors, where nothing could be judged.</summary>
    public int Best => Loss.Length == 0 ? 0 : Array.IndexOf(Loss, Loss.Min());

    /// <summary>Index of the greatest λ whose loss is within one standard error of the least.</summary>
    public int OneStandardError => Loss.Length == 0 ? 0 : Array.FindIndex(Loss, loss => loss <= Loss[Best] + StandardError[Best]);
}

/// <summary>
/// Cross-validation of paths as R's <c>cv.glmnet(lambda = path$lambda, grouped = TRUE)</c>: the λ of the path of all rows are solved for
/// without each fold (not interpolated, as cv.glmnet does where it is given no λ) and judged on it; folds count by the weights of their rows, for
/// the deviance of survival by those of their events. A fold that leaves nothing to learn, or (for the AUC and the C index) holds nothing to
/// compare, is left out. Repeats are averaged, loss and standard error.
/// </summary>
internal static class ElasticNetTuning
{
    /// <param name="paths">The settings of each path and its λ, descending.</param>
    /// <returns>One curve a path.</returns>
    public static TuningCurve[] Evaluate(
        TrainingSet training,
        IReadOnlyList<FoldAssignment> repeats,
        IReadOnlyList<(PathSettings Settings, double[] Lambdas)> paths,
        TuningMeasure measure,
        TieMethod ties,
        CancellationToken cancel)
    {
        var curves = paths.Select(path => new Average(path.Lambdas.Length)).ToArray();
        foreach (var folds in repeats)
        {
            var judged = paths.Select(_ => new List<(double Weight, double[] Loss)>(folds.FoldCount)).ToArray();
            for (var fold = 0; fold < folds.FoldCount; fold++)
            {
                var taken = folds.TrainingRows(fold);
                var judge = FoldJudge.Of(training, taken, folds.HeldOutRows(fold), measure, ties);
                if (judge is null || !Teaches(training.Endpoint.SelectRows(taken)))
                    continue;
                // One design serves all paths.
                var design = StandardisedDesign.Create(training.Predictors.All, training.Predictors.RowCount, training.Weights, taken);
                for (var p = 0; p < paths.Count; p++)
                {
                    var fit = PenalisedPath.Fit(design, training.Endpoint.SelectRows(taken), ties, paths[p].Lambdas, paths[p].Settings, cancel);
                    if (fit.Points.Count > 0)
                        judged[p].Add((judge.Weight, LossOf(judge, fit, paths[p].Lambdas.Length)));
                }
            }
            for (var p = 0; p < paths.Count; p++)
                curves[p].Add(judged[p]);
        }
        return [.. curves.Select(c => c.ToCurve())];
    }

    private static double[] LossOf(FoldJudge judge, PathFit fit, int count)
    {
        var loss = new double[count];
        for (var l = 0; l < count; l++)
        {
            // A path that saturates ends; its last solution stands for the lesser λ.
            loss[l] = l < fit.Points.Count ? judge.Loss(fit.Points[l].Scores) : loss[l - 1];
        }
        return loss;
    }

    private static bool Teaches(Endpoint endpoint) => endpoint switch
    {
        BinaryEndpoint binary => binary.Values.Contains(true) && binary.Values.Contains(false),
        MulticlassEndpoint classes => classes.Values.Distinct().Count() > 1,
        ContinuousEndpoint numbers => numbers.Values.AsSpan().IndexOfAnyExcept(numbers.Values.FirstOrDefault()) >= 0,
        SurvivalEndpoint survival => HasComparableEvent(survival),
        _ => false,
    };

    private static bool HasComparableEvent(SurvivalEndpoint survival)
    {
        var last = survival.Times.Max();
        return Enumerable.Range(0, survival.Count).Any(r => survival.Events[r] && (survival.Times[r] < last || survival.Times.Count(t => t == last) > 1));
    }

    /// <summary>The mean of the curves of repeats.</summary>
    private sealed class Average(int count)
    {
        private readonly double[] loss = new double[count];
        private readonly double[] error = new double[count];
        private int repeats;

        public void Add(List<(double Weight, double[] Loss)> folds)
        {
            if (folds.Count == 0)
                return;
            repeats++;
            var weight = folds.Sum(f => f.Weight);
            for (var l = 0; l < loss.Length; l++)
            {
                var mean = folds.Sum(f => f.Weight * f.Loss[l]) / weight;
                var variance = folds.Sum(f => f.Weight * (f.Loss[l] - mean) * (f.Loss[l] - mean)) / weight;
                loss[l] += mean;
                error[l] += folds.Count > 1 ? Math.Sqrt(variance / (folds.Count - 1)) : 0;
            }
        }

        public TuningCurve ToCurve() => repeats == 0 ? new([], []) : new([.. loss.Select(v => v / repeats)], [.. error.Select(v => v / repeats)]);
    }
}
