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
    private readonly int[] active;            // columns that may be non-zero, in order of their first entry
    private readonly int[] ascending;         // the same, ascending
    private readonly int[] entry;             // when a column first entered, from 1; 0 for never
    private readonly bool[] isActive;
    private int activeCount;
    private int entries;
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
        ascending = new int[x.ColumnCount];
        entry = new int[x.ColumnCount];
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
        if (entry[column] == 0)
            entry[column] = ++entries;
        var place = activeCount++;
        for (; place > 0 && entry[active[place - 1]] > entry[column]; place--)
            active[place] = active[place - 1];
        active[place] = column;
        place = activeCount - 1;
        for (; place > 0 && ascending[place - 1] > column; place--)
            ascending[place] = ascending[place - 1];
        ascending[place] = column;
        previousBeta[column] = Beta[column];
    }

    /// <summary>Zero coefficients leave; where they are wanted again they are found as any other column.</summary>
    public void DropZeros()
    {
        int kept = 0, keptAscending = 0;
        for (var a = 0; a < activeCount; a++)
        {
            if (Beta[ascending[a]] != 0)
                ascending[keptAscending++] = ascending[a];
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

    /// <summary>
    /// Passes until no weighted squared change reaches <paramref name="tolerance"/>; false where they are used up. Passes over active columns and
    /// <paramref name="candidates"/> by their place in the table, and over the active ones alone by their order of entry, alternate as in
    /// glmnet, so that what a threshold leaves undone is left undone alike.
    /// </summary>
    /// <param name="candidates">Ascending.</param>
    /// <param name="activeFirst">Whether it begins with the active columns, if there are any.</param>
    public bool Descend(ReadOnlySpan<int> candidates, bool activeFirst, double lasso, double ridge, double tolerance, ref int passesLeft)
    {
        var change = activeFirst && activeCount > 0 ? double.PositiveInfinity : Enter(candidates, lasso, ridge);
        while (true)
        {
            change = Math.Max(change, UpdateIntercept());
            if (change < tolerance)
                return true;
            do
            {
                if (--passesLeft < 0)
                    return false;
                change = 0;
                foreach (var column in Active)
                    change = Math.Max(change, Update(column, lasso, ridge));
                change = Math.Max(change, UpdateIntercept());
            }
            while (change >= tolerance);
            change = Enter(candidates, lasso, ridge);
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

    /// <summary>One pass over active columns and candidates by their place in the table; candidates above the lasso penalty become active.</summary>
    private double Enter(ReadOnlySpan<int> candidates, double lasso, double ridge)
    {
        var change = 0.0;
        for (int a = 0, c = 0; a < activeCount || c < candidates.Length;)
        {
            var column = c == candidates.Length || (a < activeCount && ascending[a] <= candidates[c]) ? ascending[a++] : candidates[c];
            if (c < candidates.Length && column == candidates[c])
                c++;
            if (!isActive[column])
            {
                if (!(Gradient(column) > lasso))
                    continue;
                Activate(column);
                a++;
                curvature[column] = PaddedKernels.WeightedSquares(Variance, x.Column(column));
            }
            change = Math.Max(change, Update(column, lasso, ridge));
        }
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
        if (!hasIntercept)
            return 0;
        var change = PaddedKernels.Sum(Residual) / VarianceSum;
        if (change == 0)
            return 0;
        Intercept += change;
        PaddedKernels.AddScaled(Residual, -change, Variance);
        return VarianceSum * change * change;
    }

    private static double Square(double value) => value * value;
}
