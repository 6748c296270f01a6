namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Penalised weighted least squares of one linear predictor over standardised columns by cyclic coordinate descent: minimises
/// Σ vᵢ (zᵢ − β₀ − xᵢβ)²/2 + λ[(1−α)‖β‖²/2 + α‖β‖₁], z given by v and the residuals v(z − β₀ − xβ) at the present β. Buffers are made once.
/// </summary>
internal sealed class CoordinateDescent
{
    private readonly StandardisedDesign x;
    private readonly bool hasIntercept;
    private readonly double[] previousBeta;
    private readonly double[] curvature;      // Σ v x², of active columns
    private readonly int[] active;            // columns that may be non-zero, in order of entry
    private readonly bool[] isActive;
    private int activeCount;
    private double previousIntercept;

    public CoordinateDescent(StandardisedDesign design, bool hasIntercept, double intercept)
    {
        x = design;
        this.hasIntercept = hasIntercept;
        Intercept = intercept;
        Beta = new double[x.ColumnCount];
        previousBeta = new double[x.ColumnCount];
        curvature = new double[x.ColumnCount];
        active = new int[x.ColumnCount];
        isActive = new bool[x.ColumnCount];
        Residual = new double[x.Stride];
        Variance = new double[x.Stride];
    }

    /// <summary>v, zero in the padding.</summary>
    public double[] Variance { get; }

    /// <summary>v(z − β₀ − xβ), zero in the padding; kept as β changes.</summary>
    public double[] Residual { get; }

    public double[] Beta { get; }

    public double Intercept { get; private set; }

    public double VarianceSum { get; private set; }

    public ReadOnlySpan<int> Active => active.AsSpan(0, activeCount);

    public bool IsActive(int column) => isActive[column];

    public void Activate(int column)
    {
        if (isActive[column])
            return;
        isActive[column] = true;
        active[activeCount++] = column;
        previousBeta[column] = Beta[column];
    }

    /// <summary>Zero coefficients leave; where they are wanted again they are found as any other column.</summary>
    public void DropZeros()
    {
        var kept = 0;
        for (var a = 0; a < activeCount; a++)
        {
            if (Beta[active[a]] != 0)
                active[kept++] = active[a];
            else
                isActive[active[a]] = false;
        }
        activeCount = kept;
    }

    /// <summary>To be called where <see cref="Variance"/> and <see cref="Residual"/> were made anew.</summary>
    public void Begin()
    {
        VarianceSum = PaddedKernels.Sum(Variance);
        foreach (var column in Active)
            curvature[column] = PaddedKernels.WeightedSquares(Variance, x.Column(column));
    }

    /// <summary>Remembers the solution for <see cref="HasSettled"/>.</summary>
    public void Remember()
    {
        previousIntercept = Intercept;
        foreach (var column in Active)
            previousBeta[column] = Beta[column];
    }

    /// <summary>Derivative of the loss at a column that is not active.</summary>
    public double Gradient(int column) => Math.Abs(PaddedKernels.Dot(Residual, x.Column(column)));

    /// <summary>One step of the columns that exceed the lasso penalty; these become active.</summary>
    public void Enter(ReadOnlySpan<int> columns, double lasso, double ridge)
    {
        foreach (var column in columns)
        {
            if (isActive[column] || !(Gradient(column) > lasso))
                continue;
            Activate(column);
            curvature[column] = PaddedKernels.WeightedSquares(Variance, x.Column(column));
            Update(column, lasso, ridge);
        }
    }

    /// <summary>Passes over the active columns until no weighted squared change reaches <paramref name="tolerance"/>; false where passes are used up.</summary>
    public bool Descend(double lasso, double ridge, double tolerance, ref int passesLeft)
    {
        while (true)
        {
            var change = 0.0;
            foreach (var column in Active)
                change = Math.Max(change, Update(column, lasso, ridge));
            if (hasIntercept)
                change = Math.Max(change, UpdateIntercept());
            if (change < tolerance)
                return true;
            if (--passesLeft < 0)
                return false;
        }
    }

    /// <summary>Whether the solution is that of <see cref="Remember"/>, but for less than the tolerance.</summary>
    public bool HasSettled(double tolerance) => GreatestChange() < tolerance;

    /// <summary>β₀ and all β of <paramref name="column"/> less a number, for predictors whose sum over scores has no meaning.</summary>
    public void Shift(int column, double by)
    {
        Activate(column);
        Beta[column] -= by;
    }

    public void ShiftIntercept(double by) => Intercept -= by;

    /// <summary>β₀ + xβ.</summary>
    public void LinearPredictor(double[] linear)
    {
        linear.AsSpan().Fill(Intercept);
        foreach (var column in Active)
        {
            if (Beta[column] != 0)
                PaddedKernels.AddScaled(linear, Beta[column], x.Column(column));
        }
    }

    /// <summary>The greatest weighted squared change since <see cref="Remember"/>.</summary>
    public double GreatestChange()
    {
        var change = VarianceSum * Square(Intercept - previousIntercept);
        foreach (var column in Active)
            change = Math.Max(change, curvature[column] * Square(Beta[column] - previousBeta[column]));
        return change;
    }

    /// <summary>One coordinate step; returns the weighted squared change.</summary>
    private double Update(int column, double lasso, double ridge)
    {
        var values = x.Column(column);
        var old = Beta[column];
        var u = PaddedKernels.Dot(Residual, values) + (curvature[column] * old);
        var excess = Math.Abs(u) - lasso;
        var updated = excess > 0 ? Math.CopySign(excess, u) / (curvature[column] + ridge) : 0;
        var change = updated - old;
        if (change == 0)
            return 0;
        Beta[column] = updated;
        PaddedKernels.SubtractScaledProduct(Residual, change, Variance, values);
        return curvature[column] * change * change;
    }

    private double UpdateIntercept()
    {
        var change = PaddedKernels.Sum(Residual) / VarianceSum;
        if (change == 0)
            return 0;
        Intercept += change;
        PaddedKernels.AddScaled(Residual, -change, Variance);
        return VarianceSum * change * change;
    }

    private static double Square(double value) => value * value;
}
