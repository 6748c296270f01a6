namespace RadiogenomicsCloud.Statistics;

/// <summary>How many subjects one criterion asks for.</summary>
/// <param name="Name">What the criterion guards, in a few words.</param>
/// <param name="Required">Subjects; +∞ if no number is enough.</param>
public sealed record RileyCriterion(string Name, double Required);

/// <summary>
/// How many subjects the development of a model needs by Riley's criteria (Riley et al., BMJ 2020, 368:m441), and what this study has. A criterion on
/// anticipated performance is only as good as the performance anticipated.
/// </summary>
/// <param name="Candidates">Candidate predictor parameters, before any selection: a nominal column counts its levels less one.</param>
/// <param name="Subjects">Subjects at hand.</param>
/// <param name="Events">Subjects with the event, of the rarest class, or all for a continuous outcome.</param>
/// <param name="Criteria">One by one.</param>
public sealed record RileyResult(int Candidates, double Subjects, double Events, IReadOnlyList<RileyCriterion> Criteria)
{
    /// <summary>The greatest of all criteria.</summary>
    public double Required => Criteria.Max(c => c.Required);

    public bool Enough => Subjects >= Required;
}
