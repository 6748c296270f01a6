namespace RadiogenomicsCloud.Learning;

/// <summary>The three solvers of <see cref="MlpSolver"/>; each step is one epoch.</summary>
/// <param name="after">Told the parameters after each epoch; training ends where it says so.</param>
internal sealed class MlpTraining(MlpObjective objective, MlpOptions options, Func<double[], bool> after, CancellationToken cancel)
{
    private const int Memory = 10;
    private const double LeastGradient = 1e-6;
    private const double LeastGain = 1e-10;

    public double[] Run(double[] start) => options.Solver is MlpSolver.Lbfgs ? Lbfgs(start) : Descend(start);

    private double[] Descend(double[] point)
    {
        const double first = 0.9, second = 0.999, tiny = 1e-8;
        var (gradient, mean, square) = (new double[point.Length], new double[point.Length], new double[point.Length]);
        var (firstLeft, secondLeft) = (1.0, 1.0);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            cancel.ThrowIfCancellationRequested();
            objective.Evaluate(point, gradient);
            firstLeft *= first;
            secondLeft *= second;
            for (var i = 0; i < point.Length; i++)
            {
                if (options.Solver is MlpSolver.Sgd)
                {
                    mean[i] = (options.Momentum * mean[i]) - (options.LearningRate * gradient[i]);
                    point[i] += mean[i];
                    continue;
                }
                mean[i] = (first * mean[i]) + ((1 - first) * gradient[i]);
                square[i] = (second * square[i]) + ((1 - second) * gradient[i] * gradient[i]);
                point[i] -= options.LearningRate * (mean[i] / (1 - firstLeft)) / (Math.Sqrt(square[i] / (1 - secondLeft)) + tiny);
            }
            if (after(point))
                break;
        }
        return point;
    }

    private double[] Lbfgs(double[] point)
    {
        var gradient = new double[point.Length];
        var (next, nextGradient) = (new double[point.Length], new double[point.Length]);
        var pairs = new List<(double[] Step, double[] Change, double Product)>(Memory);
        var value = objective.Evaluate(point, gradient);
        for (var epoch = 0; epoch < options.Epochs && Greatest(gradient) > LeastGradient; epoch++)
        {
            cancel.ThrowIfCancellationRequested();
            var direction = Direction(gradient, pairs);
            var slope = PaddedKernels.Dot(gradient, direction);
            if (!(slope < 0))
                break;
            var size = pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(PaddedKernels.Dot(gradient, gradient))) : 1;
            var nextValue = double.NaN;
            for (; size > 1e-12; size /= 2)
            {
                point.CopyTo(next, 0);
                PaddedKernels.AddScaled(next, size, direction);
                nextValue = objective.Evaluate(next, nextGradient);
                if (nextValue <= value + (1e-4 * size * slope))
                    break;
            }
            if (size <= 1e-12)
                break;
            Remember(pairs, point, next, gradient, nextGradient);
            var gain = value - nextValue;
            value = nextValue;
            (point, next, gradient, nextGradient) = (next, point, nextGradient, gradient);
            if (after(point) || gain < LeastGain * Math.Max(1, Math.Abs(value)))
                break;
        }
        return point;
    }

    /// <summary>Minus the inverse Hessian of the last steps times the gradient (Nocedal, Math. Comp. 1980, 35:773).</summary>
    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Product)> pairs)
    {
        var direction = new double[gradient.Length];
        PaddedKernels.AddScaled(direction, -1, gradient);
        var along = new double[pairs.Count];
        for (var k = pairs.Count - 1; k >= 0; k--)
        {
            along[k] = PaddedKernels.Dot(pairs[k].Step, direction) / pairs[k].Product;
            PaddedKernels.AddScaled(direction, -along[k], pairs[k].Change);
        }
        if (pairs.Count > 0)
        {
            var scale = pairs[^1].Product / PaddedKernels.Dot(pairs[^1].Change, pairs[^1].Change);
            foreach (ref var value in direction.AsSpan())
                value *= scale;
        }
        for (var k = 0; k < pairs.Count; k++)
            PaddedKernels.AddScaled(direction, along[k] - (PaddedKernels.Dot(pairs[k].Change, direction) / pairs[k].Product), pairs[k].Step);
        return direction;
    }

    private static void Remember(
        List<(double[] Step, double[] Change, double Product)> pairs, double[] point, double[] next, double[] gradient, double[] nextGradient)
    {
        var step = (double[])next.Clone();
        var change = (double[])nextGradient.Clone();
        PaddedKernels.AddScaled(step, -1, point);
        PaddedKernels.AddScaled(change, -1, gradient);
        var product = PaddedKernels.Dot(step, change);
        // Only positive curvature keeps the next direction one of descent.
        if (!(product > 1e-10 * PaddedKernels.Dot(change, change)))
            return;
        if (pairs.Count == Memory)
            pairs.RemoveAt(0);
        pairs.Add((step, change, product));
    }

    private static double Greatest(double[] values)
    {
        var greatest = 0.0;
        foreach (var value in values)
            greatest = Math.Max(greatest, Math.Abs(value));
        return greatest;
    }
}
