namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Riley's criteria for the size of a study that develops a prediction model: continuous outcomes (Stat Med 2019, 38:1262), binary and
/// time-to-event outcomes (Stat Med 2019, 38:1276), several classes (Pate et al., Stat Methods Med Res 2023, 32:555), with an expected shrinkage
/// of 0.9, an optimism in R² of 0.05 and a margin of 0.05 for the overall risk, as R's <c>pmsampsize</c> computes them.
/// </summary>
public static class RileyCriteria
{
    /// <summary>The shrinkage to be expected at least.</summary>
    public const double Shrinkage = 0.9;

    private const double Optimism = 0.05;
    private const double Margin = 0.05;
    private const double Z = 1.96;
    private const string ByShrinkage = "shrinkage of the coefficients of at most 10 %";
    private const string ByOptimism = "optimism of at most 0.05 in R²";
    private const string ByPrecision = "overall risk known to within 0.05";

    /// <param name="rSquared">Anticipated Cox–Snell R², adjusted for optimism; see <see cref="CoxSnellOfAuc"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no candidates, a class is absent, or R² is not between 0 and its maximum.</exception>
    public static RileyResult Binary(double subjects, double events, int candidates, double rSquared)
    {
        var prevalence = events / subjects;
        var maximum = MaximumCoxSnell(prevalence);
        Check(candidates, rSquared, maximum);
        return new(
            candidates, subjects, Math.Min(events, subjects - events),
            [
                new(ByShrinkage, ForShrinkage(candidates, rSquared, Shrinkage)),
                new(ByOptimism, ForShrinkage(candidates, rSquared, rSquared / (rSquared + (Optimism * maximum)))),
                new(ByPrecision, ForProportion(prevalence, Z)),
            ]);
    }

    /// <param name="personTime">Sum of the times to event or censoring.</param>
    /// <param name="horizon">Time of interest, in the unit of <paramref name="personTime"/>.</param>
    /// <param name="rSquared">Anticipated Cox–Snell R² (of the partial likelihood), adjusted for optimism.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no candidates or events, or R² is not between 0 and its maximum.</exception>
    public static RileyResult Survival(double subjects, double events, double personTime, double horizon, int candidates, double rSquared)
    {
        double rate = events / personTime, followUp = personTime / subjects, share = events / subjects;
        // The null model's likelihood is that of an exponential, with the events of the whole follow-up.
        var maximum = 1 - Math.Exp(2 * ((share * Math.Log(share)) - share));
        Check(candidates, rSquared, maximum);
        var risk = 1 - Math.Exp(-rate * horizon);
        // Upper limit of the risk no further than the margin: λ + z √(λ / (n · follow-up)) ≤ −log(1 − risk − margin) / horizon.
        var room = risk + Margin < 1 ? (-Math.Log(1 - risk - Margin) / horizon) - rate : double.PositiveInfinity;
        return new(
            candidates, subjects, events,
            [
                new(ByShrinkage, ForShrinkage(candidates, rSquared, Shrinkage)),
                new(ByOptimism, ForShrinkage(candidates, rSquared, rSquared / (rSquared + (Optimism * maximum)))),
                new(ByPrecision, Math.Max(1, Up(Z * Z * rate / (followUp * room * room)))),
            ]);
    }

    /// <param name="mean">
    /// Mean outcome, for the criterion that it be known to within a tenth of itself; NaN leaves that out, as it must be where the origin of the scale
    /// means nothing.
    /// </param>
    /// <param name="standardDeviation">Of the outcome.</param>
    /// <param name="rSquared">Anticipated R², adjusted for optimism.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no candidates, or R² is not in (0, 1).</exception>
    public static RileyResult Continuous(double subjects, double mean, double standardDeviation, int candidates, double rSquared)
    {
        Check(candidates, rSquared, 1);
        List<RileyCriterion> criteria =
        [
            new(ByShrinkage, LinearShrinkage(candidates, rSquared)),
            new(ByOptimism, Up(1 + (candidates * (1 - rSquared) / Optimism))),
            new("residual standard deviation known to within 10 %", 234 + candidates),
        ];
        if (!double.IsNaN(mean))
            criteria.Add(new("mean outcome known to within 10 %", ForMean(mean, standardDeviation * standardDeviation * (1 - rSquared), candidates)));
        return new(candidates, subjects, subjects, criteria);
    }

    /// <summary>Several classes: shrinkage for each pair of classes, optimism of the whole model, and the frequency of each class.</summary>
    /// <param name="classCounts">Subjects of each class.</param>
    /// <param name="candidates">Candidate parameters of each of the K − 1 linear predictors.</param>
    /// <param name="pairwiseAuc">Anticipated area for telling the classes of a pair apart, the same for all pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes, no candidates, an empty class, or the area is not above one half.</exception>
    public static RileyResult Multiclass(IReadOnlyList<double> classCounts, int candidates, double pairwiseAuc)
    {
        ArgumentNullException.ThrowIfNull(classCounts);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCounts.Count, 2);
        double subjects = classCounts.Sum(), forShrinkage = 0, gain = 0, nothing = 0, forShares = 0;
        // Simultaneous intervals of K proportions, by Bonferroni.
        var z = Normal.Quantile(1 - (0.025 / classCounts.Count));
        for (var k = 0; k < classCounts.Count; k++)
        {
            var share = classCounts[k] / subjects;
            nothing += share * Math.Log(share);
            forShares = Math.Max(forShares, ForProportion(share, z));
            for (var r = k + 1; r < classCounts.Count; r++)
            {
                var pair = classCounts[k] + classCounts[r];
                var rSquared = CoxSnellOfAuc(pairwiseAuc, classCounts[k] / pair);
                Check(candidates, rSquared, 1);
                forShrinkage = Math.Max(forShrinkage, Up(ForShrinkage(candidates, rSquared, Shrinkage) * subjects / pair));
                // Information of the pairs, each row once among its K − 1 pairs.
                gain -= Math.Log(1 - rSquared) * pair / subjects / (classCounts.Count - 1);
            }
        }
        double maximum = 1 - Math.Exp(2 * nothing), whole = Math.Min(1 - Math.Exp(-gain), 0.999 * maximum);
        return new(
            candidates, subjects, classCounts.Min(),
            [
                new(ByShrinkage, forShrinkage),
                new(ByOptimism, ForShrinkage((classCounts.Count - 1) * candidates, whole, whole / (whole + (Optimism * maximum)))),
                new("frequency of each class known to within 0.05", forShares),
            ]);
    }

    /// <summary>The greatest Cox–Snell R² that a binary outcome of a prevalence allows.</summary>
    public static double MaximumCoxSnell(double prevalence) =>
        1 - Math.Exp(2 * ((prevalence * Math.Log(prevalence)) + ((1 - prevalence) * Math.Log(1 - prevalence))));

    /// <summary>
    /// The Cox–Snell R² of a model with a given AUC (Riley, Van Calster, Collins, Stat Med 2021, 40:859): the linear predictor is normal with the same
    /// variance among events and non-events. By quadrature in place of the paper's simulation.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The area is not in (½, 1) or the prevalence not in (0, 1).</exception>
    public static double CoxSnellOfAuc(double auc, double prevalence)
    {
        if (!(auc is > 0.5 and < 1))
            throw new ArgumentOutOfRangeException(nameof(auc), auc, "An anticipated area lies between one half and 1.");
        if (!(prevalence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(prevalence), prevalence, "A prevalence lies between 0 and 1.");
        var distance = Math.Sqrt(2) * Normal.Quantile(auc);
        var odds = Math.Log(prevalence / (1 - prevalence));
        // Expected log likelihood of a row, by Simpson's rule over ±9 standard deviations.
        const int steps = 4000;
        double low = -9, width = (distance + 18) / steps, sum = 0;
        for (var i = 0; i <= steps; i++)
        {
            var x = low + (i * width);
            var eta = odds + (distance * x) - (distance * distance / 2);
            var log = Math.Log(1 + Math.Exp(-Math.Abs(eta)));
            double ofEvent = Math.Min(eta, 0) - log, ofNonEvent = Math.Min(-eta, 0) - log;
            var value = (prevalence * Density(x - distance) * ofEvent) + ((1 - prevalence) * Density(x) * ofNonEvent);
            sum += value * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
        }
        var model = sum * width / 3;
        var nothing = (prevalence * Math.Log(prevalence)) + ((1 - prevalence) * Math.Log(1 - prevalence));
        return 1 - Math.Exp(-2 * (model - nothing));

        static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }

    private static double ForShrinkage(int candidates, double rSquared, double shrinkage) => rSquared < shrinkage
        ? Up(candidates / ((shrinkage - 1) * Math.Log(1 - (rSquared / shrinkage))))
        : double.PositiveInfinity;

    private static double ForProportion(double share, double z) => Up(z / Margin * (z / Margin) * share * (1 - share));

    // t √(residual variance / n) ≤ 0.1 · mean.
    private static double ForMean(double mean, double variance, int candidates)
    {
        bool Enough(double n) => Math.Sqrt(variance / n) * StudentT.Quantile(0.975, n - candidates - 1) <= 0.1 * Math.Abs(mean);
        double low = candidates + 1, high = candidates + 2;
        while (!Enough(high))
        {
            (low, high) = (high, 2 * high);
            if (high > 1e12)
                return double.PositiveInfinity;
        }
        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            (low, high) = Enough(middle) ? (low, middle) : (middle, high);
        }
        return high;
    }

    // Quotients that are whole numbers but for rounding stay that.
    private static double Up(double n) => Math.Ceiling(n - 1e-9);

    private static double LinearShrinkage(int candidates, double rSquared)
    {
        for (var n = candidates + 2.0; n < 1e7; n++)
        {
            // The apparent R² that an adjusted one of this size would show with n subjects.
            var apparent = ((rSquared * (n - candidates - 1)) + candidates) / (n - 1);
            if (1 + ((candidates - 2) / (n * Math.Log(1 - apparent))) >= Shrinkage)
                return n;
        }
        return double.PositiveInfinity;
    }

    private static void Check(int candidates, double rSquared, double maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        if (!(rSquared > 0 && rSquared < maximum))
            throw new ArgumentOutOfRangeException(nameof(rSquared), rSquared, $"An anticipated R² lies between 0 and {maximum:0.###} here.");
    }
}
