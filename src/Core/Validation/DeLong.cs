using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Scale on which an interval of the AUC is symmetric.</summary>
public enum AucScale
{
    /// <summary>The AUC itself, cut to [0, 1], as pROC's <c>ci.auc</c>.</summary>
    Raw,

    /// <summary>Its logit (delta method): stays inside (0, 1).</summary>
    Logit,
}

/// <summary>AUC with its variance.</summary>
/// <param name="Variance">NaN where a class has fewer than two subjects.</param>
public readonly record struct DeLongAuc(double Auc, double Variance);

/// <summary>Difference of two correlated AUCs, its interval, Z and two-sided p-value (NaN where the difference does not vary).</summary>
public sealed record DeLongComparison(double Difference, Interval Interval, double Z, double PValue);

/// <summary>
/// Inference on the AUC of locked models on unseen rows (DeLong et al., Biometrics 1988, 44:837). Where a subject has several rows, its rows are one
/// cluster (Obuchowski, Biometrics 1997, 53:567).
/// </summary>
public static class DeLong
{
    public static DeLongAuc Auc(LockedScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var components = Components(scores);
        var (clusters, count) = Clusters(scores);
        return new DeLongAuc(components.Auc, AucComponents.Covariance(components, components, clusters, count));
    }

    /// <summary>Null where the variance is not defined, or is zero because the scores separate the classes completely.</summary>
    public static Interval? Interval(LockedScores scores, double level = 0.95, AucScale scale = AucScale.Logit)
    {
        var (auc, variance) = Auc(scores);
        if (!(variance > 0) || auc is <= 0 or >= 1)
            return null;
        var half = Normal.Quantile((1 + level) / 2) * Math.Sqrt(variance);
        if (scale == AucScale.Raw)
            return new Interval(Math.Max(0, auc - half), Math.Min(1, auc + half), level, "DeLong");
        var logit = Math.Log(auc / (1 - auc));
        half /= auc * (1 - auc);
        return new Interval(LogisticRecalibration.Expit(logit - half), LogisticRecalibration.Expit(logit + half), level, "DeLong, logit scale");
    }

    /// <summary>Paired test of two locked models on the same rows, as pROC's <c>roc.test(a, b, paired = TRUE, method = "delong")</c>.</summary>
    /// <exception cref="ArgumentException">The rows or the outcomes differ.</exception>
    public static DeLongComparison Compare(LockedScores a, LockedScores b, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (!a.Rows.SequenceEqual(b.Rows) || !a.Binary.Values.AsSpan().SequenceEqual(b.Binary.Values))
            throw new ArgumentException("Only scores of the same rows and endpoint can be compared.", nameof(b));
        var (first, second) = (Components(a), Components(b));
        var (clusters, count) = Clusters(a);
        var variance = AucComponents.Covariance(first, first, clusters, count) + AucComponents.Covariance(second, second, clusters, count)
            - (2 * AucComponents.Covariance(first, second, clusters, count));
        var difference = first.Auc - second.Auc;
        var error = Math.Sqrt(Math.Max(0, variance));
        var half = Normal.Quantile((1 + level) / 2) * error;
        var z = error > 0 ? difference / error : double.NaN;
        return new DeLongComparison(
            difference, new Interval(Math.Max(-1, difference - half), Math.Min(1, difference + half), level, "DeLong, paired"), z, Normal.TwoSidedP(z));
    }

    private static AucComponents Components(LockedScores scores) => new(scores.Probabilities.Span, scores.Binary.Values);

    private static (int[] Clusters, int Count) Clusters(LockedScores scores)
    {
        var numbers = new Dictionary<(string, string), int>();
        int[] clusters = [.. scores.Rows.Select(r => numbers.TryGetValue(r.Subject, out var n) ? n : numbers[r.Subject] = numbers.Count)];
        return (clusters, numbers.Count);
    }
}
