namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Elastic-net regressions of any <see cref="PathFamily"/> over a path of λ: minimises loss + λ[(1−α)‖β‖²/2 + α‖β‖₁] over predictors standardised
/// by their population standard deviation, intercepts unpenalised. Iteratively reweighted least squares around <see cref="CoordinateDescent"/>
/// with warm starts, active sets and strong rules, as in Friedman, Hastie and Tibshirani, J. Stat. Softw. 2010;33(1), and Tibshirani et al.,
/// J. R. Stat. Soc. B 2012;74:245–266. Several scores are descended in turn, each with the others held.
/// </summary>
internal sealed class PathSolver
{
    private const double GreatestDevianceRatio = 0.999;
    private const int LeastPathLength = 5;

    private readonly StandardisedDesign x;
    private readonly PathFamily family;
    private readonly PathSettings settings;
    private readonly CancellationToken cancel;
    private readonly CoordinateDescent[] scores;
    private readonly double[][] linear;
    private readonly double[] gradient;       // greatest |derivative| of the loss, over scores, by the columns that are no candidates
    private readonly int[] candidates;        // columns that ever were not discarded, ascending
    private readonly bool[] isCandidate;
    private readonly double tolerance;
    private int candidateCount;
    private int passesLeft;

    public PathSolver(StandardisedDesign design, PathFamily family, PathSettings settings, CancellationToken cancel)
    {
        x = design;
        this.family = family;
        this.settings = settings;
        this.cancel = cancel;
        scores = [.. Enumerable.Range(0, family.ScoreCount).Select(k => new CoordinateDescent(x, family.HasIntercept, family.NullIntercept(k)))];
        linear = [.. scores.Select(_ => new double[x.Stride])];
        gradient = new double[x.ColumnCount];
        candidates = new int[x.ColumnCount];
        isCandidate = new bool[x.ColumnCount];
        tolerance = settings.Threshold * family.ThresholdUnit;
        passesLeft = settings.MaximumPasses;
    }

    /// <param name="lambdas">Descending, or null for a path of its own.</param>
    public PathFit Solve(double[]? lambdas)
    {
        Refresh();
        FindGradient();
        var ratio = settings.MinimumRatio ?? (x.RowCount < x.ColumnCount ? 0.01 : 0.0001);
        var factor = settings.LambdaCount > 1 ? Math.Pow(Math.Max(1e-6, ratio), 1.0 / (settings.LambdaCount - 1)) : 1;
        var greatest = x.ColumnCount == 0 ? 0 : gradient.Max() / Math.Max(settings.Alpha, 1e-3);
        var points = new List<PathPoint>();
        var lambda = greatest;
        var before = lambdas is null ? greatest : double.PositiveInfinity;
        var count = lambdas?.Length ?? settings.LambdaCount;
        for (var step = 0; step < count; step++)
        {
            cancel.ThrowIfCancellationRequested();
            lambda = lambdas is not null ? lambdas[step] : step == 0 ? greatest : lambda * factor;
            // At its own greatest λ every coefficient is zero by definition; solving there could only add rounding.
            if ((lambdas is not null || step > 0) && !Converge(lambda, Math.Min(before, Math.Max(lambda, greatest))))
                return new PathFit(points, Converged: false);
            before = lambda;
            points.Add(Keep(lambda, 1 - (family.Loss() / family.NullLoss)));
            if (Array.Exists(scores, s => s.VarianceSum <= family.LeastVariance) || (lambdas is null && IsSpent(points)))
                break;
        }
        return new PathFit(points, Converged: true);
    }

    private bool IsSpent(List<PathPoint> points)
    {
        if (points.Count < LeastPathLength)
            return false;
        var ratio = points[^1].DevianceRatio;
        return ratio > GreatestDevianceRatio || family.IsSpent(ratio, points[^2].DevianceRatio, points[^LeastPathLength].DevianceRatio);
    }

    /// <summary>Reweights and descends until coefficients and active sets stand; false where the passes are used up.</summary>
    private bool Converge(double lambda, double lambdaBefore)
    {
        var lasso = lambda * settings.Alpha;
        var ridge = lambda * (1 - settings.Alpha) * family.RidgeScale;
        // A column whose derivative was below this at the λ before will hardly enter at this one.
        var strongBound = settings.Alpha * ((2 * lambda) - lambdaBefore);
        if (scores.Length == 1)
            scores[0].DropZeros();
        foreach (var score in scores)
            score.Remember();
        Consider(strongBound);
        // glmnet's linear path begins with the columns of the λ before, the others with all.
        for (var activeFirst = family.IsQuadratic; ; activeFirst = false)
        {
            var settled = true;
            for (var k = 0; k < scores.Length; k++)
            {
                if (!scores[k].Descend(candidates.AsSpan(0, candidateCount), activeFirst, lasso, ridge, tolerance, ref passesLeft))
                    return false;
                settled &= scores[k].HasSettled(tolerance);
                scores[k].LinearPredictor(linear[k]);
                if (scores.Length == 1)
                    continue;
                ShareActive(k);
                Refresh((k + 1) % scores.Length);
            }
            if (scores.Length > 1)
                Centre(ridge, lasso);
            Refresh();
            if (Array.Exists(scores, s => s.VarianceSum <= family.LeastVariance))
                return true;
            foreach (var score in scores)
                score.Remember();
            if (!settled && !family.IsQuadratic)
            {
                if (--passesLeft < 0)
                    return false;
                continue;
            }
            if (!AddViolators(lasso))
                return true;
        }
    }

    /// <summary>Columns whose derivative exceeds the bound become candidates; whether there is a new one.</summary>
    private bool Consider(double bound)
    {
        var before = candidateCount;
        candidateCount = 0;
        for (var c = 0; c < isCandidate.Length; c++)
        {
            isCandidate[c] |= gradient[c] > bound && x.Scale[c] > 0;
            if (isCandidate[c])
                candidates[candidateCount++] = c;
        }
        return candidateCount > before;
    }

    /// <summary>A column that is active in one class is tried in all, as in glmnet.</summary>
    private void ShareActive(int score)
    {
        foreach (var column in scores[score].Active)
        {
            foreach (var other in scores)
                other.Activate(column);
        }
    }

    private void FindGradient()
    {
        for (var c = 0; c < x.ColumnCount; c++)
        {
            if (isCandidate[c] || !(x.Scale[c] > 0))
                continue;
            gradient[c] = 0;
            foreach (var score in scores)
                gradient[c] = Math.Max(gradient[c], score.Gradient(c));
        }
    }

    /// <summary>Weights and residuals of all scores at their solution.</summary>
    private void Refresh()
    {
        for (var k = 0; k < scores.Length; k++)
            scores[k].LinearPredictor(linear[k]);
        family.MoveTo(linear);
        for (var k = 0; k < scores.Length; k++)
        {
            family.Approximate(k, scores[k].Residual, scores[k].Variance);
            scores[k].Begin();
        }
    }

    /// <summary>Those of one score, the linear predictors being up to date.</summary>
    private void Refresh(int score)
    {
        family.MoveTo(linear);
        family.Approximate(score, scores[score].Residual, scores[score].Variance);
        scores[score].Begin();
    }

    /// <summary>The optimality conditions of all columns that are no candidates: those that break them become candidates.</summary>
    private bool AddViolators(double lasso)
    {
        FindGradient();
        return Consider(lasso);
    }

    /// <summary>
    /// A number taken from the coefficients of a column in all classes changes no probability; taken is that which makes the penalty least
    /// (Friedman et al., section 4.1). Of the intercepts it is their mean.
    /// </summary>
    private void Centre(double ridge, double lasso)
    {
        var mean = scores.Average(s => s.Intercept);
        foreach (var score in scores)
            score.ShiftIntercept(mean);
        var betas = new double[scores.Length];
        for (var c = 0; c < x.ColumnCount; c++)
        {
            if (!Array.Exists(scores, s => s.IsActive(c)))
                continue;
            for (var k = 0; k < betas.Length; k++)
                betas[k] = scores[k].Beta[c];
            var shift = LeastPenaltyShift.Of(betas, ridge, lasso);
            if (shift == 0)
                continue;
            foreach (var score in scores)
                score.Shift(c, shift);
        }
    }

    private PathPoint Keep(double lambda, double devianceRatio)
    {
        ScorePoint[] kept = [.. scores.Select(Keep)];
        // Of several classes only differences of intercepts mean anything.
        var mean = kept.Length > 1 ? kept.Average(k => k.Intercept) : 0;
        return new(lambda, [.. kept.Select(k => k with { Intercept = k.Intercept - mean })], devianceRatio);
    }

    private ScorePoint Keep(CoordinateDescent score)
    {
        var kept = score.Active.ToArray().Where(c => score.Beta[c] != 0).Order().ToArray();
        var coefficients = new double[kept.Length];
        var shifted = score.Intercept;
        for (var k = 0; k < kept.Length; k++)
        {
            coefficients[k] = score.Beta[kept[k]] / x.Scale[kept[k]];
            shifted -= coefficients[k] * x.Mean[kept[k]];
        }
        return new ScorePoint(shifted, kept, coefficients);
    }
}
