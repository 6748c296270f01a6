namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The likelihood of a penalised regression: one linear predictor a row (or one a class and row), a loss, its derivative and the diagonal of its
/// second derivative by the linear predictor. Losses are means by the weights of the design.
/// </summary>
internal abstract class PathFamily
{
    /// <summary>How many linear predictors a row has: the number of classes of a multinomial regression, else 1.</summary>
    public virtual int ScoreCount => 1;

    public virtual bool HasIntercept => true;

    /// <summary>Whether the loss is quadratic, so that one round of weighted least squares solves it.</summary>
    public virtual bool IsQuadratic => false;

    /// <summary>The loss of the intercepts alone, above that of a model that fits every row.</summary>
    public abstract double NullLoss { get; }

    /// <summary>A sum of second derivatives below which the fit is saturated and a path ends.</summary>
    public virtual double LeastVariance => 0;

    /// <summary>What the convergence threshold is a share of.</summary>
    public virtual double ThresholdUnit => NullLoss;

    /// <summary>What the ridge penalty is multiplied by.</summary>
    public virtual double RidgeScale => 1;

    /// <summary>Intercept of the model without predictors.</summary>
    public abstract double NullIntercept(int score);

    /// <summary>Whether a path of its own λ ends here, after the least length that glmnet gives it.</summary>
    public abstract bool IsSpent(double devianceRatio, double before, double fourBefore);

    /// <summary>Makes ready for <see cref="Approximate"/> and <see cref="Loss"/> at these linear predictors, one span of rows a score.</summary>
    public abstract void MoveTo(double[][] linear);

    /// <summary>−derivative and second derivative of the loss by the linear predictor <paramref name="score"/> of each row.</summary>
    public abstract void Approximate(int score, Span<double> residual, Span<double> variance);

    /// <summary>The loss above that of a model that fits every row.</summary>
    public abstract double Loss();
}
