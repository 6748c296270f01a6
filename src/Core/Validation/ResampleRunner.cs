using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Carries out fits of a plan. A fit depends on nothing but its unit, so that any chunking gives the same results.</summary>
public static class ResampleRunner
{
    /// <summary>Runs the units from <paramref name="from"/> up to but without <paramref name="to"/>, in order, on the calling thread.</summary>
    /// <param name="learner">The whole pipeline: everything learned from data is learned in its <see cref="IModelLearner.Fit"/>.</param>
    /// <param name="predictors">The rows of the plan, in its order.</param>
    /// <exception cref="ArgumentException">The rows are not those of the plan.</exception>
    public static IReadOnlyList<ResampleResult> Run(
        ResamplingPlan plan, IModelLearner learner, Predictors predictors, int from, int to, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(predictors);
        if (!predictors.Rows.SequenceEqual(plan.Rows))
            throw new ArgumentException("The rows of the table are not those of the resampling plan.", nameof(predictors));
        var results = new List<ResampleResult>(to - from);
        for (var index = from; index < to; index++)
        {
            cancel.ThrowIfCancellationRequested();
            results.Add(RunUnit(plan, learner, predictors, plan.Unit(index), cancel));
        }
        return results;
    }

    private static ResampleResult RunUnit(
        ResamplingPlan plan, IModelLearner learner, Predictors predictors, ResampleUnit unit, CancellationToken cancel)
    {
        var split = plan.Split(unit);
        var training = new TrainingSet(predictors.SelectRows(split.TrainingRows), plan.Endpoint.SelectRows(split.TrainingRows), split.FitSeed);
        try
        {
            var model = learner.Fit(training, cancel);
            if (!model.Seen.SetEquals(Subjects.Of(training.Predictors.Rows)))
                throw new InvalidOperationException($"The model of '{learner.Name}' does not know the patients that it was trained on.");
            return Score(plan, predictors, unit, split, model);
        }
        catch (BadInputException e) when (e.Code is "learning.rows_seen" or "learning.rows_unseen")
        {
            throw new InvalidOperationException("A resample scored rows in the wrong role: a leak, and never data.", e);
        }
        catch (Exception e) when (e is BadInputException or StudyFailedException)
        {
            // One resample without a model is data; the summary decides how many are too many.
            return new ResampleResult(unit.Index, [], [], null, null, [], e.Message);
        }
    }

    private static ResampleResult Score(
        ResamplingPlan plan, Predictors predictors, ResampleUnit unit, ResampleSplit split, IFittedModel model)
    {
        double[] probabilities = split.HeldOutRows.Length == 0
            ? []
            : [.. UnseenPredictions.Make(model, predictors.SelectRows(split.HeldOutRows)).Probabilities];
        RequireProbabilities(probabilities);
        double? apparentAuc = null, originalAuc = null;
        if (unit.Fold < 0)
        {
            var copies = new double[predictors.RowCount];
            foreach (var row in split.TrainingRows)
                copies[row]++;
            int[] seen = [.. split.TrainingRows.Distinct().Order()];
            double[] apparent = [.. ApparentPredictions.Make(model, predictors.SelectRows(seen)).Probabilities];
            RequireProbabilities(apparent);
            bool[] outcome = [.. seen.Select(r => plan.Endpoint.Values[r])];
            double[] weights = [.. seen.Select(r => copies[r])];
            apparentAuc = Auc.Compute(apparent, outcome, weights);
            if (unit.Kind is ResampleKind.Bootstrap or ResampleKind.OuterBootstrap)
            {
                int[] all = [.. seen, .. split.HeldOutRows];
                originalAuc = Auc.Compute(
                    [.. apparent, .. probabilities], [.. all.Select(r => plan.Endpoint.Values[r])], [.. all.Select(r => split.SampleWeights[r])]);
            }
        }
        // Selections are counted over the resamples of the cohort itself.
        return new ResampleResult(
            unit.Index, split.HeldOutRows, probabilities, apparentAuc, originalAuc, unit.Outer < 0 ? [.. model.Selected] : [], null);
    }

    private static void RequireProbabilities(double[] probabilities)
    {
        foreach (var p in probabilities)
        {
            if (!(p is >= 0 and <= 1))
                throw new StudyFailedException("validation.no_probability", "The model gave no probability between 0 and 1 for a case.");
        }
    }
}
