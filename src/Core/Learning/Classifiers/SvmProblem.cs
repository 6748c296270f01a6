using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>A decision function of rows by their kernel with the training rows.</summary>
/// <param name="Coefficients">y α of each row of the training set; 0 where it is no support vector.</param>
internal sealed record SvmDecision(double[] Coefficients, double Bias, bool Converged);

/// <summary>The support vector problems that one fit solves; all share one kernel matrix.</summary>
/// <param name="kernel">Of all rows.</param>
/// <param name="weights">Of the rows; they scale the cost. Null where all weigh the same.</param>
internal sealed class SvmProblem(RowMatrix kernel, double[]? weights, SvmOptions options, CancellationToken cancel)
{
    /// <summary>Two classes, the second positive, of some of the rows.</summary>
    /// <param name="isSecond">Of each of <paramref name="rows"/>.</param>
    public SvmDecision Classify(int[] rows, bool[] isSecond)
    {
        var (signs, linear, cost) = (new double[rows.Length], new double[rows.Length], new double[rows.Length]);
        for (var t = 0; t < rows.Length; t++)
            (signs[t], linear[t], cost[t]) = (isSecond[t] ? 1 : -1, -1, Cost(rows[t]));
        var solution = SmoSolver.Solve(SvmKernel.Among(kernel, rows), signs, linear, cost, options.Tolerance, cancel);
        var coefficients = new double[kernel.RowCount];
        for (var t = 0; t < rows.Length; t++)
            coefficients[rows[t]] = signs[t] * solution.Alpha[t];
        return new(coefficients, solution.Bias, solution.Converged);
    }

    /// <summary>ε-regression on all rows: a variable each for residuals above and below the tube.</summary>
    public SvmDecision Regress(ReadOnlySpan<double> values)
    {
        var rows = values.Length;
        var (signs, linear, cost) = (new double[2 * rows], new double[2 * rows], new double[2 * rows]);
        for (var r = 0; r < rows; r++)
        {
            (signs[r], linear[r], cost[r]) = (1, options.Epsilon - values[r], Cost(r));
            (signs[rows + r], linear[rows + r], cost[rows + r]) = (-1, options.Epsilon + values[r], Cost(r));
        }
        var solution = SmoSolver.Solve(kernel, signs, linear, cost, options.Tolerance, cancel);
        var coefficients = new double[rows];
        for (var r = 0; r < rows; r++)
            coefficients[r] = solution.Alpha[r] - solution.Alpha[rows + r];
        return new(coefficients, solution.Bias, solution.Converged);
    }

    /// <summary>
    /// Decision values to probabilities by what <see cref="Classify"/> says of rows held out. Fewer than two subjects in a class leave
    /// nothing to hold out: the probability is then the prevalence.
    /// </summary>
    /// <param name="ids">Of <paramref name="rows"/>.</param>
    public PlattScaling Calibrate(int[] rows, bool[] isSecond, RowId[] ids, ulong seed)
    {
        var pair = new BinaryEndpoint("pair", "1", "0", isSecond);
        var count = Math.Min(options.Folds, Folds.RarerClassSubjects(ids, pair));
        var decisions = new double[rows.Length];
        if (count >= 2)
        {
            var folds = Folds.Stratified(ids, pair, count, seed);
            for (var fold = 0; fold < count; fold++)
            {
                var training = folds.TrainingRows(fold);
                var fitted = Classify(Array.ConvertAll(training, t => rows[t]), Array.ConvertAll(training, t => isSecond[t]));
                foreach (var t in folds.HeldOutRows(fold))
                    decisions[t] = Decide(fitted, rows[t]);
            }
        }
        return PlattScaling.Fit(decisions, isSecond, weights is null ? default : Array.ConvertAll(rows, r => weights[r]));
    }

    private double Decide(SvmDecision fitted, int row)
    {
        var sum = fitted.Bias;
        var products = kernel.Row(row);
        for (var r = 0; r < fitted.Coefficients.Length; r++)
            sum += fitted.Coefficients[r] * products[r];
        return sum;
    }

    private double Cost(int row) => options.Cost * (weights?[row] ?? 1);
}
