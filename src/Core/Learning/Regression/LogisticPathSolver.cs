namespace RadiogenomicsCloud.Learning;

/// <summary>The state of one path (see <see cref="LogisticPath"/>). All buffers are made once; the loops allocate only the solutions they keep.</summary>
internal sealed class LogisticPathSolver
{
    private const double LeastProbability = 1e-9;
    private const double LeastDevianceGain = 1e-5;
    private const double GreatestDevianceRatio = 0.999;
    private const int LeastPathLength = 5;

    private static readonly double GreatestLogit = Math.Log((1 / LeastProbability) - 1);
    private static readonly double LeastVariance = (1 + LeastProbability) * LeastProbability * (1 - LeastProbability);

    private readonly StandardisedDesign x;
    private readonly LogisticPathSettings settings;
    private readonly CancellationToken cancel;

    private readonly double[] beta;
    private readonly double[] previousBeta;
    private readonly double[] curvature;      // Σ v x²
    private readonly double[] gradient;       // |Σ r x|, of columns outside the strong set
    private readonly bool[] strong;
    private readonly int[] active;            // columns that ever were non-zero, in order of entry
    private readonly bool[] isActive;
    private readonly double[] residual;       // w (y − p), updated as the quadratic approximation is solved
    private readonly double[] variance;       // w p (1 − p)
    private readonly double[] probability;
    private readonly double[] linear;
    private int activeCount;
    private double intercept;
    private double varianceSum;
    private double tolerance;
    private int passes;

    public LogisticPathSolver(StandardisedDesign design, LogisticPathSettings settings, CancellationToken cancel)
    {
        x = design;
        this.settings = settings;
        this.cancel = cancel;
        beta = new double[x.ColumnCount];
        previousBeta = new double[x.ColumnCount];
        curvature = new double[x.ColumnCount];
        gradient = new double[x.ColumnCount];
        strong = new bool[x.ColumnCount];
        active = new int[x.ColumnCount];
        isActive = new bool[x.ColumnCount];
        residual = new double[x.Stride];
        variance = new double[x.Stride];
        probability = new double[x.Stride];
        linear = new double[x.Stride];
    }

    /// <param name="lambdas">Descending, or null for a path of its own.</param>
    public LogisticPathFit Solve(double[]? lambdas)
    {
        var prevalence = PaddedKernels.Dot(x.Weights, x.Outcome);
        if (prevalence <= LeastProbability || prevalence >= 1 - LeastProbability)
            throw new BadInputException("learning.one_class", "All training rows have the same outcome; a model needs both classes.");
        intercept = Math.Log(prevalence / (1 - prevalence));
        var nullDeviance = -((intercept * prevalence) + Math.Log(1 - prevalence));
        tolerance = settings.Threshold * nullDeviance;
        RefreshProbabilities();
        for (var c = 0; c < x.ColumnCount; c++)
            gradient[c] = Math.Abs(PaddedKernels.Dot(residual, x.Column(c)));

        var ratio = settings.MinimumRatio ?? (x.RowCount < x.ColumnCount ? 0.01 : 0.0001);
        var factor = settings.LambdaCount > 1 ? Math.Pow(Math.Max(1e-6, ratio), 1.0 / (settings.LambdaCount - 1)) : 1;
        var greatest = gradient.Length == 0 ? 0 : gradient.Max() / Math.Max(settings.Alpha, 1e-3);
        var points = new List<LogisticPathPoint>();
        var lambda = greatest;
        var before = lambdas is null ? greatest : 0;
        var count = lambdas?.Length ?? settings.LambdaCount;
        for (var step = 0; step < count; step++)
        {
            cancel.ThrowIfCancellationRequested();
            lambda = lambdas is not null ? lambdas[step] : step == 0 ? greatest : lambda * factor;
            // At its own greatest λ every coefficient is zero by definition; solving there could only add rounding.
            if ((lambdas is not null || step > 0) && !Converge(lambda, before))
                return new LogisticPathFit(points, Converged: false);
            before = lambda;
            points.Add(Keep(lambda, 1 - (Deviance() / nullDeviance)));
            if (varianceSum <= LeastVariance || (lambdas is null && IsSpent(points)))
                break;
        }
        return new LogisticPathFit(points, Converged: true);
    }

    private static bool IsSpent(List<LogisticPathPoint> points) =>
        points.Count >= LeastPathLength
        && (points[^1].DevianceRatio > GreatestDevianceRatio || points[^1].DevianceRatio - points[^2].DevianceRatio < LeastDevianceGain);

    /// <summary>Reweights and descends until coefficients and the strong set stand; false where the passes are used up.</summary>
    private bool Converge(double lambda, double lambdaBefore)
    {
        var lasso = lambda * settings.Alpha;
        var ridge = lambda * (1 - settings.Alpha);
        var strongBound = settings.Alpha * ((2 * lambda) - lambdaBefore);
        for (var c = 0; c < strong.Length; c++)
        {
            if (!strong[c] && x.Scale[c] > 0 && gradient[c] > strongBound)
                strong[c] = true;
        }
        while (true)
        {
            var previousIntercept = intercept;
            for (var a = 0; a < activeCount; a++)
                previousBeta[active[a]] = beta[active[a]];
            for (var c = 0; c < strong.Length; c++)
            {
                if (strong[c])
                    curvature[c] = PaddedKernels.WeightedSquares(variance, x.Column(c));
            }
            if (!Descend(lasso, ridge))
                return false;
            RefreshProbabilities();
            if (varianceSum <= LeastVariance)
                return true;
            if (!HasSettled(previousIntercept))
                continue;
            if (!AddViolators(lasso))
                return true;
        }
    }

    /// <summary>Solves the quadratic approximation: full passes over the strong set, between them passes over the active set to convergence.</summary>
    private bool Descend(double lasso, double ridge)
    {
        while (true)
        {
            var change = 0.0;
            for (var c = 0; c < strong.Length; c++)
            {
                if (strong[c])
                    change = Math.Max(change, Update(c, lasso, ridge));
            }
            change = Math.Max(change, UpdateIntercept());
            if (change < tolerance)
                return true;
            if (++passes > settings.MaximumPasses)
                return false;
            do
            {
                change = 0;
                for (var a = 0; a < activeCount; a++)
                    change = Math.Max(change, Update(active[a], lasso, ridge));
                change = Math.Max(change, UpdateIntercept());
                if (++passes > settings.MaximumPasses)
                    return false;
            }
            while (change >= tolerance);
        }
    }

    /// <summary>One coordinate step; returns the weighted squared change.</summary>
    private double Update(int column, double lasso, double ridge)
    {
        var values = x.Column(column);
        var old = beta[column];
        var u = PaddedKernels.Dot(residual, values) + (curvature[column] * old);
        var excess = Math.Abs(u) - lasso;
        var updated = excess > 0 ? Math.CopySign(excess, u) / (curvature[column] + ridge) : 0;
        var change = updated - old;
        if (change == 0)
            return 0;
        beta[column] = updated;
        PaddedKernels.SubtractScaledProduct(residual, change, variance, values);
        if (!isActive[column])
        {
            isActive[column] = true;
            active[activeCount++] = column;
        }
        return curvature[column] * change * change;
    }

    private double UpdateIntercept()
    {
        var change = PaddedKernels.Sum(residual) / varianceSum;
        if (change == 0)
            return 0;
        intercept += change;
        PaddedKernels.AddScaled(residual, -change, variance);
        return varianceSum * change * change;
    }

    private void RefreshProbabilities()
    {
        linear.AsSpan().Fill(intercept);
        for (var a = 0; a < activeCount; a++)
        {
            if (beta[active[a]] != 0)
                PaddedKernels.AddScaled(linear, beta[active[a]], x.Column(active[a]));
        }
        for (var i = 0; i < linear.Length; i++)
        {
            var p = linear[i] < -GreatestLogit ? 0 : linear[i] > GreatestLogit ? 1 : 1 / (1 + Math.Exp(-linear[i]));
            probability[i] = p;
            variance[i] = x.Weights[i] * p * (1 - p);
            residual[i] = x.Weights[i] * (x.Outcome[i] - p);
        }
        varianceSum = PaddedKernels.Sum(variance);
    }

    private bool HasSettled(double previousIntercept)
    {
        if (varianceSum * Square(intercept - previousIntercept) >= tolerance)
            return false;
        for (var a = 0; a < activeCount; a++)
        {
            if (curvature[active[a]] * Square(beta[active[a]] - previousBeta[active[a]]) >= tolerance)
                return false;
        }
        return true;
    }

    /// <summary>The strong rules may discard wrongly: columns that break the optimality conditions come back.</summary>
    private bool AddViolators(double lasso)
    {
        var any = false;
        for (var c = 0; c < strong.Length; c++)
        {
            if (strong[c] || !(x.Scale[c] > 0))
                continue;
            gradient[c] = Math.Abs(PaddedKernels.Dot(residual, x.Column(c)));
            if (gradient[c] > lasso)
                strong[c] = any = true;
        }
        return any;
    }

    private double Deviance()
    {
        var sum = 0.0;
        for (var i = 0; i < x.RowCount; i++)
        {
            var p = Math.Clamp(probability[i], LeastProbability, 1 - LeastProbability);
            sum -= x.Weights[i] * (x.Outcome[i] > 0 ? Math.Log(p) : Math.Log(1 - p));
        }
        return sum;
    }

    private LogisticPathPoint Keep(double lambda, double devianceRatio)
    {
        var kept = active.AsSpan(0, activeCount).ToArray().Where(c => beta[c] != 0).Order().ToArray();
        var coefficients = new double[kept.Length];
        var shifted = intercept;
        for (var k = 0; k < kept.Length; k++)
        {
            coefficients[k] = beta[kept[k]] / x.Scale[kept[k]];
            shifted -= coefficients[k] * x.Mean[kept[k]];
        }
        return new LogisticPathPoint(lambda, shifted, kept, coefficients, devianceRatio);
    }

    private static double Square(double value) => value * value;
}
