using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Predictions of one fit for cases that it had not seen, their outcome, and what was known before them: the outcomes of the training rows and
/// the cut-off fixed on these. All that a measure may look at.
/// </summary>
internal sealed class HeldOut(Endpoint outcome, Predictions predictions, double[] weights, double? cutOff, Func<Endpoint> training)
{
    private readonly Lazy<Endpoint> trained = new(training);
    private readonly Dictionary<(string What, double Parameter), object> made = [];
    private double[]? scores;

    public Endpoint Outcome => outcome;

    public Predictions Predictions => predictions;

    /// <summary>How often each case counts.</summary>
    public double[] Weights => weights;

    public double? CutOff => cutOff;

    /// <summary>Outcomes of the training rows, copies included.</summary>
    public Endpoint Training => trained.Value;

    public int Count => outcome.Count;

    /// <summary>Probability of the event, expected value or risk of each case.</summary>
    public double[] Scores => scores ??= predictions.Scores();

    public bool[] IsEvent => ((BinaryEndpoint)outcome).Values;

    public double[] Numbers => ((ContinuousEndpoint)outcome).Values;

    public MulticlassEndpoint Classes => (MulticlassEndpoint)outcome;

    /// <summary>What several measures are made of (a curve, a score at a time) is made once. Not for several threads.</summary>
    /// <param name="what">Its name, one for each <paramref name="make"/>.</param>
    public T Once<T>(string what, double parameter, Func<T> make) where T : notnull
    {
        if (!made.TryGetValue((what, parameter), out var known))
            made.Add((what, parameter), known = make());
        return (T)known;
    }
}
