namespace RadiogenomicsCloud.Learning;

/// <summary>Maximises a smooth function of a few variables inside a box: BFGS on the variables that are off their bounds, steps cut at the box and halved until they climb.</summary>
internal static class BoundedBfgs
{
    private const double Slope = 1e-4;
    private const double SmallestStep = 1e-4;
    private const double LargestMove = 2;

    /// <summary>The value at a point; fills the gradient unless the span is empty.</summary>
    public delegate double Function(ReadOnlySpan<double> point, Span<double> gradient);

    public static double[] Maximise(Function function, double[] start, double[] low, double[] high, int iterations)
    {
        var n = start.Length;
        var point = Clamp(start, low, high);
        var gradient = new double[n];
        var value = function(point, gradient);
        var curvature = Identity(n);
        for (var iteration = 0; iteration < iterations && double.IsFinite(value); iteration++)
        {
            var direction = Direction(curvature, gradient, point, low, high);
            if (direction is null)
                break;
            var (next, nextValue, nextGradient) = Climb(function, point, value, gradient, direction, low, high);
            if (next is null)
                break;
            Update(curvature, point, next, gradient, nextGradient);
            var gain = nextValue - value;
            (point, value, gradient) = (next, nextValue, nextGradient);
            if (gain < 1e-4)
                break;
        }
        return point;
    }

    private static (double[]? Next, double Value, double[] Gradient) Climb(
        Function function, double[] point, double value, double[] gradient, double[] direction, double[] low, double[] high)
    {
        var longest = direction.Max(Math.Abs);
        var nextGradient = new double[point.Length];
        for (var step = Math.Min(1, LargestMove / longest); step * longest > SmallestStep; step *= 0.4)
        {
            var next = Clamp([.. point.Zip(direction, (p, d) => p + (step * d))], low, high);
            var rise = 0.0;
            for (var i = 0; i < next.Length; i++)
                rise += gradient[i] * (next[i] - point[i]);
            var nextValue = function(next, nextGradient);
            if (nextValue >= value + (Slope * rise) && rise > 0)
                return (next, nextValue, nextGradient);
        }
        return (null, value, nextGradient);
    }

    private static double[]? Direction(double[,] curvature, double[] gradient, double[] point, double[] low, double[] high)
    {
        var n = point.Length;
        bool Held(int i) => (point[i] <= low[i] && gradient[i] < 0) || (point[i] >= high[i] && gradient[i] > 0);
        var direction = new double[n];
        var rise = 0.0;
        for (var i = 0; i < n; i++)
        {
            if (Held(i))
                continue;
            for (var j = 0; j < n; j++)
                direction[i] += Held(j) ? 0 : curvature[i, j] * gradient[j];
            rise += direction[i] * gradient[i];
        }
        return rise > 1e-10 ? direction : null;
    }

    // The inverse Hessian of the negated function, left as it is where the step shows no curvature.
    private static void Update(double[,] curvature, double[] point, double[] next, double[] gradient, double[] nextGradient)
    {
        var n = point.Length;
        double[] s = [.. next.Zip(point, (a, b) => a - b)];
        double[] y = [.. gradient.Zip(nextGradient, (a, b) => a - b)];
        var sy = s.Zip(y, (a, b) => a * b).Sum();
        if (sy < 1e-10)
            return;
        var hy = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                hy[i] += curvature[i, j] * y[j];
        }
        var yhy = y.Zip(hy, (a, b) => a * b).Sum();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                curvature[i, j] += ((1 + (yhy / sy)) * s[i] * s[j] / sy) - (((hy[i] * s[j]) + (s[i] * hy[j])) / sy);
        }
    }

    private static double[,] Identity(int n)
    {
        var identity = new double[n, n];
        for (var i = 0; i < n; i++)
            identity[i, i] = 1;
        return identity;
    }

    private static double[] Clamp(double[] point, double[] low, double[] high) => [.. point.Select((p, i) => Math.Clamp(p, low[i], high[i]))];
}
