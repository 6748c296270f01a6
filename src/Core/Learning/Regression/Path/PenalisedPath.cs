using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Paths of penalised regressions of any endpoint; see <see cref="PathSolver"/>.</summary>
internal static class PenalisedPath
{
    // e^-50 is no probability to speak of, and finite.
    private const double AbsentIntercept = -50;

    /// <param name="endpoint">Of the rows of <paramref name="design"/>.</param>
    /// <param name="lambdas">Descending, or null for a path of its own.</param>
    /// <exception cref="BadInputException">The endpoint is the same in all rows.</exception>
    public static PathFit Fit(
        StandardisedDesign design, Endpoint endpoint, TieMethod ties, double[]? lambdas, PathSettings settings, CancellationToken cancel) => endpoint switch
        {
            BinaryEndpoint binary => Solve(design, new BinomialFamily(design, binary.Values), lambdas, settings, cancel),
            ContinuousEndpoint numbers => Solve(design, new GaussianFamily(design, numbers.Values), lambdas, settings, cancel),
            SurvivalEndpoint survival => Solve(design, new CoxFamily(design, survival.Times, survival.Events, ties), lambdas, settings, cancel),
            MulticlassEndpoint classes => Multinomial(design, classes, lambdas, settings, cancel),
            _ => throw new ArgumentException($"'{endpoint.Name}' is of no known kind.", nameof(endpoint)),
        };

    private static PathFit Solve(StandardisedDesign design, PathFamily family, double[]? lambdas, PathSettings settings, CancellationToken cancel) =>
        new PathSolver(design, family, settings, cancel).Solve(lambdas);

    /// <summary>A class without a row takes no part, and has no probability to speak of.</summary>
    private static PathFit Multinomial(StandardisedDesign design, MulticlassEndpoint endpoint, double[]? lambdas, PathSettings settings, CancellationToken cancel)
    {
        int[] present = [.. endpoint.Values.Distinct().Order()];
        int[] places = [.. endpoint.Values.Select(k => Array.BinarySearch(present, k))];
        var fit = Solve(design, new MultinomialFamily(design, places, present.Length), lambdas, settings, cancel);
        if (present.Length == endpoint.Labels.Count)
            return fit;
        var absent = new ScorePoint(AbsentIntercept, [], []);
        return fit with
        {
            Points =
            [
                .. fit.Points.Select(point => point with
                {
                    Scores =
                    [
                        .. Enumerable.Range(0, endpoint.Labels.Count)
                            .Select(k => Array.BinarySearch(present, k) is >= 0 and var place ? point.Scores[place] : absent),
                    ],
                }),
            ],
        };
    }
}
