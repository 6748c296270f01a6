namespace RadiogenomicsCloud.Learning;

/// <summary>What <see cref="SmoSolver"/> found.</summary>
/// <param name="Alpha">One a variable, in [0, cost].</param>
/// <param name="Bias">b of the decision Σ yₜ αₜ K(xₜ, x) + b.</param>
/// <param name="Converged">False where the steps ran out before the tolerance was kept.</param>
internal sealed record SmoSolution(double[] Alpha, double Bias, bool Converged);

/// <summary>
/// min ½ Σ yᵢ yⱼ αᵢ αⱼ Kᵢⱼ + Σ pᵢ αᵢ subject to Σ yᵢ αᵢ = 0, 0 ≤ αᵢ ≤ Cᵢ, by sequential minimal optimisation: pairs chosen by second-order
/// information (Fan, Chen, Lin, JMLR 2005, 6:1889, WSS 2), until the greatest violation of the optimality conditions is at most the tolerance.
/// That is LIBSVM's problem and its stopping rule; there is no shrinking, which pays for many more rows than are met here.
/// </summary>
internal static class SmoSolver
{
    private const int GreatestSteps = 1_000_000;
    private const int StepsBetweenChecks = 4096;

    /// <summary>Stands for the curvature of a pair of equal rows.</summary>
    private const double LeastCurvature = 1e-12;

    /// <param name="kernel">Symmetric, n × n. Variable t stands for row t modulo n, so that a row may have two (regression).</param>
    /// <param name="signs">y of each variable, 1 or −1.</param>
    /// <param name="linear">p of each variable.</param>
    /// <param name="cost">C of each variable, positive.</param>
    public static SmoSolution Solve(
        RowMatrix kernel, ReadOnlySpan<double> signs, ReadOnlySpan<double> linear, ReadOnlySpan<double> cost, double tolerance, CancellationToken cancel)
    {
        var rows = kernel.RowCount;
        var alpha = new double[signs.Length];
        // The decision without bias of each row; −y times the gradient of variable t is −yₜ pₜ − decision of its row.
        var decision = new double[kernel.Stride];
        var offset = new double[signs.Length];
        var diagonal = new double[rows];
        for (var t = 0; t < alpha.Length; t++)
            offset[t] = -signs[t] * linear[t];
        for (var r = 0; r < rows; r++)
            diagonal[r] = kernel.Row(r)[r];
        for (var step = 0; ; step++)
        {
            if (step % StepsBetweenChecks == 0)
                cancel.ThrowIfCancellationRequested();
            var (i, top, bottom) = Extremes(alpha, signs, cost, offset, decision, rows);
            if (top - bottom <= tolerance || step == GreatestSteps)
                return new(alpha, Bias(alpha, cost, offset, decision, rows, (top + bottom) / 2), top - bottom <= tolerance);
            var rowOfI = i % rows;
            var kernelOfI = kernel.Row(rowOfI);
            var (j, gap, curvature) = Second(alpha, signs, cost, offset, decision, diagonal, kernelOfI, rowOfI, top);
            var (roomOfI, roomOfJ) = (signs[i] > 0 ? cost[i] - alpha[i] : alpha[i], signs[j] > 0 ? alpha[j] : cost[j] - alpha[j]);
            var change = Math.Min(gap / curvature, Math.Min(roomOfI, roomOfJ));
            // A variable that takes all its room is put on the bound itself, which rounding would miss.
            alpha[i] = change < roomOfI ? alpha[i] + (signs[i] * change) : signs[i] > 0 ? cost[i] : 0;
            alpha[j] = change < roomOfJ ? alpha[j] - (signs[j] * change) : signs[j] > 0 ? 0 : cost[j];
            PaddedKernels.AddScaled(decision, change, kernelOfI);
            PaddedKernels.AddScaled(decision, -change, kernel.Row(j % rows));
        }
    }

    /// <summary>The greatest −y∇ of the variables that can move up, which variable has it, and the least of those that can move down.</summary>
    private static (int First, double Top, double Bottom) Extremes(
        double[] alpha, ReadOnlySpan<double> signs, ReadOnlySpan<double> cost, double[] offset, double[] decision, int rows)
    {
        var (first, top, bottom) = (-1, double.NegativeInfinity, double.PositiveInfinity);
        for (var t = 0; t < alpha.Length; t++)
        {
            var value = offset[t] - decision[t < rows ? t : t - rows];
            var (canGrow, canShrink) = (alpha[t] < cost[t], alpha[t] > 0);
            if ((signs[t] > 0 ? canGrow : canShrink) && value > top)
                (first, top) = (t, value);
            if ((signs[t] > 0 ? canShrink : canGrow) && value < bottom)
                bottom = value;
        }
        return (first, top, bottom);
    }

    /// <summary>The partner of the first variable that lowers the objective most.</summary>
    private static (int Second, double Gap, double Curvature) Second(
        double[] alpha,
        ReadOnlySpan<double> signs,
        ReadOnlySpan<double> cost,
        double[] offset,
        double[] decision,
        double[] diagonal,
        ReadOnlySpan<double> kernelOfFirst,
        int rowOfFirst,
        double top)
    {
        var rows = diagonal.Length;
        var best = (Second: -1, Gap: 0.0, Curvature: 1.0);
        var greatest = double.NegativeInfinity;
        for (var t = 0; t < alpha.Length; t++)
        {
            if (!(signs[t] > 0 ? alpha[t] > 0 : alpha[t] < cost[t]))
                continue;
            var row = t < rows ? t : t - rows;
            var gap = top - (offset[t] - decision[row]);
            if (!(gap > 0))
                continue;
            var curvature = Math.Max(diagonal[rowOfFirst] + diagonal[row] - (2 * kernelOfFirst[row]), LeastCurvature);
            var gain = gap * gap / curvature;
            if (gain > greatest)
                (greatest, best) = (gain, (t, gap, curvature));
        }
        return best;
    }

    /// <summary>The mean over the variables strictly between their bounds, which all agree at the optimum; else the middle of what is possible.</summary>
    private static double Bias(double[] alpha, ReadOnlySpan<double> cost, double[] offset, double[] decision, int rows, double middle)
    {
        var (sum, free) = (0.0, 0);
        for (var t = 0; t < alpha.Length; t++)
        {
            if (alpha[t] > 0 && alpha[t] < cost[t])
            {
                sum += offset[t] - decision[t < rows ? t : t - rows];
                free++;
            }
        }
        return free > 0 ? sum / free : middle;
    }
}
