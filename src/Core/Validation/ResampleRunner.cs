using RadiogenomicsCloud.Fitting;

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
        // An outer sample may have nobody of a site: there is nothing to judge.
        if (!unit.IsFull && split.HeldOutRows.Length == 0)
            return new ResampleResult(unit.Index, [], [], null, null, [], null);
        var endpoint = plan.EndpointOf(unit);
        try
        {
            return Score(plan, endpoint, predictors, unit, split, Fit(learner, predictors, endpoint, split, cancel));
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

    /// <summary>The model of one unit, the same whenever it is fitted.</summary>
    internal static IFittedModel Fit(IModelLearner learner, Predictors predictors, Endpoint endpoint, ResampleSplit split, CancellationToken cancel)
    {
        var training = new TrainingSet(predictors.SelectRows(split.TrainingRows), endpoint.SelectRows(split.TrainingRows), split.FitSeed);
        var model = learner.Fit(training, cancel);
        return model.Seen.SetEquals(Subjects.Of(training.Predictors.Rows))
            ? model
            : throw new InvalidOperationException($"The model of '{learner.Name}' does not know the patients that it was trained on.");
    }

    private static ResampleResult Score(
        ResamplingPlan plan, Endpoint endpoint, Predictors predictors, ResampleUnit unit, ResampleSplit split, IFittedModel model)
    {
        double[] unseen = [];
        if (split.HeldOutRows.Length > 0)
        {
            var predicted = UnseenPredictions.Make(model, predictors.SelectRows(split.HeldOutRows), plan.Times).Predictions;
            PredictionChecks.Require(predicted, endpoint, plan.Times);
            unseen = predicted.All.ToArray();
        }
        double? apparent = null, original = null, cutOff = null;
        if (unit.IsFull || unit.IsBootstrap || CutOffs.ReadsScores(plan, endpoint))
        {
            var seen = TrainingScores.Make(plan, endpoint, predictors, split, model);
            cutOff = CutOffs.Find(plan, seen);
            if (unit.IsFull || unit.IsBootstrap)
                apparent = seen.Leading();
            if (unit.IsBootstrap)
                original = seen.LeadingWith(split, unseen);
        }
        else
        {
            cutOff = CutOffs.Find(plan, endpoint.SelectRows(split.TrainingRows));
        }
        // Selections are counted over the resamples of the cohort itself.
        var own = unit.Outer < 0 && unit.Kind != ResampleKind.Permutation;
        return new ResampleResult(
            unit.Index, split.HeldOutRows, unseen, Finite(apparent), Finite(original), own ? [.. model.Selected] : [], null)
        { CutOff = Finite(cutOff) };
    }

    // A measure that does not exist, as that of a model without pairs to order, is no value.
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? value : null;
}
