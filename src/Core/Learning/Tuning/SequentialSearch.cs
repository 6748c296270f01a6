namespace RadiogenomicsCloud.Learning;

/// <summary>
/// One parameter at a time, the others held at the best point found: some places across its range, or all values of a list or choice.
/// Round after round, the places of a range draw together around the best, their span shrinking by the factor 2 / points.
/// Begins in the middle, draws nothing, and ends where a round has nothing new to try.
/// </summary>
internal static class SequentialSearch
{
    public static SearchMethod With(int points) => (space, trials, _, _) => Points(space, trials, points);

    private static IEnumerable<double[]> Points(SearchSpace space, IReadOnlyList<Trial> trials, int points)
    {
        var middle = new double[space.Dimension];
        middle.AsSpan().Fill(0.5);
        yield return middle;
        var best = trials[^1];
        var fresh = true;
        for (var span = 1.0; fresh; span *= 2.0 / points)
        {
            fresh = false;
            for (var p = 0; p < space.Dimension; p++)
            {
                foreach (var place in Places(space.Parameters[p], best.Unit[p], span, points))
                {
                    var point = (double[])best.Unit.Clone();
                    point[p] = place;
                    // What is known is not better than the best.
                    if (Search.IsKnown(trials, space.Snap(point)))
                        continue;
                    fresh = true;
                    yield return point;
                    if (Search.Rank(trials[^1]) < Search.Rank(best))
                        best = trials[^1];
                }
            }
        }
    }

    // Centres of equal parts of the span, which is moved where it would leave the range.
    private static double[] Places(SearchParameter parameter, double centre, double span, int points)
    {
        if (parameter is ListParameter or ChoiceParameter)
            return [.. Enumerable.Range(0, (int)parameter.Levels!.Value).Select(i => (i + 0.5) / parameter.Levels.Value)];
        var low = Math.Clamp(centre - (span / 2), 0, 1 - span);
        return [.. Enumerable.Range(0, points).Select(i => low + (span * (i + 0.5) / points))];
    }
}
