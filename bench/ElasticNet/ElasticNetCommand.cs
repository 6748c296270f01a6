using System.Diagnostics;
using System.Globalization;

namespace RadiogenomicsCloud.Bench.ElasticNet;

/// <summary>
/// <c>elastic-net [--runs N]</c>: times a tuned path of elastic-net logistic regression beside R's <c>cv.glmnet</c>, where there is an Rscript
/// with glmnet, on the same data, λ and folds, one thread each; and compares the objective at each λ. Prints Markdown.
/// </summary>
internal static class ElasticNetCommand
{
    public const string Name = "elastic-net";

    private const string Usage = "Usage: elastic-net [--runs N]   (21 by default)";

    public static int Run(string[] arguments)
    {
        var runs = 21;
        if (arguments.Length != 1 && !(arguments is [_, "--runs", var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out runs) && runs > 0))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        Console.Out.WriteLine("| rows × columns | α | λ | folds | ours, ms | cv.glmnet, ms | ratio | greatest excess of our objective |");
        Console.Out.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (columns, alpha) in ((int, double)[])[(2000, 0.5), (2000, 1), (2000, 0.1), (500, 0.5)])
            Console.Out.WriteLine(Compare(NetProblem.Make(100, columns, folds: 10, alpha), runs));
        return 0;
    }

    private static string Compare(NetProblem problem, int runs)
    {
        var peer = GlmnetPeer.Measure(problem, runs);
        var lambdas = peer?.Lambdas ?? problem.OwnLambdas();
        var points = problem.Path(lambdas);
        var times = new List<double>();
        for (var run = -5; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            problem.CrossValidate(lambdas);
            if (run >= 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var ours = Median(times);
        var excess = peer is null ? (double?)null : lambdas.Select((l, k) => problem.Objective(l, points[k].Intercept, points[k].Coefficients) - problem.Objective(l, peer.Intercepts[k], peer.Coefficients[k])).Max();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {problem.RowCount} × {problem.ColumnCount} | {problem.Alpha} | {lambdas.Length} | 10 | {ours:0} | {peer?.Milliseconds:0} | {ours / peer?.Milliseconds:0.00} | {excess:0.0e+00} |");
    }

    internal static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
