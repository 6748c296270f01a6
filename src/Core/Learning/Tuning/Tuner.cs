using System.Runtime.InteropServices;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>Keeps the books of a search: budget, early stopping, points already known, failures.</summary>
internal sealed class Tuner : ITuner
{
    /// <summary>So many known points in a row mean that the method is stuck; a new one is then drawn at random.</summary>
    private const int MostRepeats = 100;

    private const int MostDraws = 1000;

    /// <summary>Spaces of at most so many points are walked through where drawing finds nothing new.</summary>
    private const long LargestWalked = 100_000;

    private readonly SearchSpace space;
    private readonly int budget;
    private readonly int patience;
    private readonly DeterministicRandom fallback;
    private readonly IEnumerator<double[]> points;
    private readonly List<Trial> trials = [];
    private readonly List<Evaluation> evaluations = [];
    private readonly Dictionary<string, double> known = new(StringComparer.Ordinal);
    private Suggestion? pending;
    private int sinceBetter;

    /// <param name="patience">Evaluations without a lesser loss after which the search ends; 0 for never.</param>
    public Tuner(SearchSpace space, SearchMethod method, int budget, int patience, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        (this.space, this.budget, this.patience) = (space, budget, patience);
        fallback = new(DeterministicRandom.Derive(seed, "fallback", 0));
        points = method(space, trials, budget, new(DeterministicRandom.Derive(seed, "search", 0))).GetEnumerator();
    }

    public IReadOnlyList<Evaluation> Evaluations => evaluations;

    public Evaluation? Best { get; private set; }

    public Suggestion? Suggest()
    {
        if (pending is not null)
            throw new InvalidOperationException("The last suggestion has not been observed.");
        if (evaluations.Count >= budget || (patience > 0 && sinceBetter >= patience) || known.Count >= space.Count)
            return null;
        return Next() is { } values ? pending = new(evaluations.Count, values) : null;
    }

    public void Observe(Suggestion suggestion, double loss)
    {
        if (pending is null || !ReferenceEquals(suggestion, pending))
            throw new InvalidOperationException("Only the last suggestion can be observed, and once.");
        pending = null;
        var evaluation = new Evaluation(suggestion, double.IsFinite(loss) ? loss : double.NaN);
        evaluations.Add(evaluation);
        double[] values = [.. suggestion.Values];
        known.Add(Key(values), evaluation.Loss);
        trials.Add(new(space.ToUnit(values), evaluation.Loss));
        var better = evaluation.Loss < (Best?.Loss ?? double.PositiveInfinity);
        sinceBetter = better ? 0 : sinceBetter + 1;
        if (better)
            Best = evaluation;
    }

    private double[]? Next()
    {
        for (var repeats = 0; repeats < MostRepeats; repeats++)
        {
            if (!points.MoveNext())
                return null;
            var values = space.FromUnit(points.Current);
            if (!known.TryGetValue(Key(values), out var loss))
                return values;
            trials.Add(new(space.ToUnit(values), loss));
        }
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var values = space.FromUnit(Search.Uniform(space.Dimension, fallback));
            if (!known.ContainsKey(Key(values)))
                return values;
        }
        return space.Count <= LargestWalked ? FirstUnknown() : null;
    }

    private double[]? FirstUnknown()
    {
        var place = new double[space.Dimension];
        for (var index = 0L; index < space.Count; index++)
        {
            var rest = index;
            for (var p = 0; p < place.Length; p++)
            {
                var levels = space.Parameters[p].Levels!.Value;
                place[p] = space.Parameters[p] is IntegerParameter whole
                    ? whole.ToUnit(whole.Low + (rest % levels))
                    : ((rest % levels) + 0.5) / levels;
                rest /= levels;
            }
            var values = space.FromUnit(place);
            if (!known.ContainsKey(Key(values)))
                return values;
        }
        return null;
    }

    // The bits of the values.
    private static string Key(double[] values) => new(MemoryMarshal.Cast<double, char>(values));
}
