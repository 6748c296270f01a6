using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Cut-offs of a score, fixed on training rows alone.</summary>
internal static class CutOffs
{
    private const double LeastShare = 0.1;

    /// <summary>Whether the rule of the plan needs the model's predictions of its training rows.</summary>
    public static bool ReadsScores(ResamplingPlan plan, Endpoint endpoint) =>
        endpoint is SurvivalEndpoint || (endpoint is BinaryEndpoint && plan.Options.Threshold.Rule == ThresholdRule.Youden);

    /// <summary>By outcomes alone; null where there is no such rule for the endpoint.</summary>
    public static double? Find(ResamplingPlan plan, Endpoint training) => training is not BinaryEndpoint binary
        ? null
        : plan.Options.Threshold.Rule == ThresholdRule.Fixed ? plan.Options.Threshold.Value : (double)binary.EventCount / binary.Count;

    /// <summary>By the rule of the plan, outcomes and apparent predictions; copies count.</summary>
    public static double? Find(ResamplingPlan plan, TrainingScores seen) => seen.Endpoint switch
    {
        BinaryEndpoint when plan.Options.Threshold.Rule == ThresholdRule.Youden => Thresholds.Youden(seen.Predictions.Scores(), ((BinaryEndpoint)seen.Outcome).Values, seen.Copies),
        BinaryEndpoint => Find(plan, seen.Training()),
        SurvivalEndpoint when plan.Options.RiskGroups == RiskGroupRule.MaximallySelected => MaximallySelected((SurvivalEndpoint)seen.Outcome, seen.Predictions.Scores(), seen.Copies),
        SurvivalEndpoint => Median(seen.Predictions.Scores(), seen.Copies),
        _ => null,
    };

    private static double Median(double[] scores, double[] copies) =>
        Quantiles.Median([.. scores.SelectMany((s, i) => Enumerable.Repeat(s, (int)copies[i]))]);

    /// <summary>Where no cut-off leaves a tenth on each side, the median.</summary>
    private static double MaximallySelected(SurvivalEndpoint outcome, double[] scores, double[] copies) =>
        MaximallySelectedLogRank.Find(outcome.Times, outcome.Events, scores, LeastShare, 1 - LeastShare, copies)?.Cutoff ?? Median(scores, copies);
}
