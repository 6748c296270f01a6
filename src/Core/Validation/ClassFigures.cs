using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>The curves of each of several classes against all others.</summary>
internal static class ClassFigures
{
    /// <summary>ROC averaged over the resamples of the leading scheme; the others of the mean unseen prediction of each case.</summary>
    public static IReadOnlyList<ClassCurves> Resampled(ResampleScores scores, MulticlassEndpoint endpoint)
    {
        var means = scores.CaseMeans();
        int[] held = [.. Enumerable.Range(0, means.Length).Where(r => means[r] is not null)];
        var scheme = scores.Schemes[0];
        HeldOut[] parts = [.. scores.HeldOutOf(scheme.Own)];
        return Of((MulticlassEndpoint)endpoint.SelectRows(held), (row, which) => means[held[row]]![which], (which, _, _) =>
            BinaryFigures.AveragedRoc(parts.Select(p => ClassMeasureEntries.OneAgainstOthers(p, which)), scheme));
    }

    public static IReadOnlyList<ClassCurves> Locked(Predictions predictions, MulticlassEndpoint endpoint) =>
        Of(endpoint, (row, which) => predictions.Row(row)[which], (_, probabilities, occurs) => BinaryFigures.Roc(probabilities, occurs));

    private static List<ClassCurves> Of(
        MulticlassEndpoint endpoint, Func<int, int, double> probability, Func<int, double[], bool[], IReadOnlyList<CurvePoint>> roc)
    {
        var curves = new List<ClassCurves>();
        for (var which = 0; which < endpoint.Labels.Count; which++)
        {
            double[] probabilities = [.. Enumerable.Range(0, endpoint.Count).Select(row => probability(row, which))];
            bool[] occurs = [.. endpoint.Values.Select(value => value == which)];
            var cases = occurs.Count(o => o);
            // A class without cases, or with all of them, has no curve.
            if (cases > 0 && cases < occurs.Length)
            {
                curves.Add(new(
                    endpoint.Labels[which], cases, roc(which, probabilities, occurs), BinaryFigures.PrecisionRecallOf(probabilities, occurs),
                    CalibrationFigures.Smooth(probabilities, occurs)));
            }
        }
        return curves;
    }
}
