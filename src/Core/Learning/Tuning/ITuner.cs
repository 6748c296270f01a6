namespace RadiogenomicsCloud.Learning;

/// <summary>A point of a search space to judge.</summary>
/// <param name="Number">From 0, in the order of suggestions.</param>
/// <param name="Values">One a parameter, as <see cref="SearchParameter"/> says.</param>
public sealed record Suggestion(int Number, IReadOnlyList<double> Values);

/// <summary>A point that was judged.</summary>
/// <param name="Loss">Less is better; NaN where the point could not be judged.</param>
public sealed record Evaluation(Suggestion Suggestion, double Loss);

/// <summary>
/// Searches for the point of least loss: suggest, observe, suggest …. The same space, options, seed and losses give the same suggestions.
/// No point is suggested twice: where a method returns to one, it is told the loss it had, at no cost.
/// </summary>
public interface ITuner
{
    /// <summary>
    /// The next point; null at the end: the budget is spent, too many in a row brought nothing better, or all points are known.
    /// </summary>
    /// <exception cref="InvalidOperationException">The last suggestion has not been observed.</exception>
    Suggestion? Suggest();

    /// <summary>Tells the loss of the last suggestion; NaN or an infinity where it failed, which counts as worse than any number.</summary>
    /// <exception cref="InvalidOperationException">It is not the last suggestion, or was observed already.</exception>
    void Observe(Suggestion suggestion, double loss);

    /// <summary>All that was observed, in order.</summary>
    IReadOnlyList<Evaluation> Evaluations { get; }

    /// <summary>The first of least loss; null while nothing succeeded.</summary>
    Evaluation? Best { get; }
}
