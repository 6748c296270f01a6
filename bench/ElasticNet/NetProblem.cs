using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Bench.ElasticNet;

/// <summary>Simulated radiomics: groups of correlated columns, an outcome that depends on two groups; folds by row.</summary>
internal sealed class NetProblem
{
    private const int Groups = 20;

    private readonly double[] values;         // column-major
    private readonly double[] deviation;

    private NetProblem(double[] values, bool[] outcome, int folds, double alpha)
    {
        (this.values, Outcome, Alpha) = (values, outcome, alpha);
        FoldOfRow = [.. Enumerable.Range(0, outcome.Length).Select(r => r % folds)];
        Predictors = new(
            [.. Enumerable.Range(0, RowCount).Select(r => new RowId("bench", $"p{r}", $"p{r}"))], [.. Enumerable.Range(0, ColumnCount).Select(c => $"x{c}")], values);
        deviation = [.. Enumerable.Range(0, ColumnCount).Select(c => Math.Sqrt(Moments.PopulationVariance(Predictors.Column(c))))];
    }

    public bool[] Outcome { get; }

    public double Alpha { get; }

    public int[] FoldOfRow { get; }

    public Predictors Predictors { get; }

    public int RowCount => Outcome.Length;

    public int ColumnCount => values.Length / RowCount;

    public static NetProblem Make(int rows, int columns, int folds, double alpha)
    {
        var random = new DeterministicRandom(20260101);
        var groups = new double[Groups * rows];
        for (var i = 0; i < groups.Length; i++)
            groups[i] = random.NextGaussian();
        var values = new double[rows * columns];
        for (var i = 0; i < values.Length; i++)
            values[i] = 0.7 * (random.NextGaussian() + groups[(i / rows % Groups * rows) + (i % rows)]);
        bool[] outcome = [.. Enumerable.Range(0, rows).Select(r => random.NextDouble() < 1 / (1 + Math.Exp(groups[rows + r] - groups[r] - values[(2 * rows) + r])))];
        return new(values, outcome, folds, alpha);
    }

    public double[] OwnLambdas() => [.. LogisticPath.Fit(values, Outcome, [], Settings, CancellationToken.None).Points.Select(p => p.Lambda)];

    public (double Intercept, double[] Coefficients)[] Path(double[] lambdas)
    {
        var points = LogisticPath.Fit(values, Outcome, [], lambdas, Settings, CancellationToken.None).Points;
        var path = new (double, double[])[lambdas.Length];
        for (var l = 0; l < path.Length; l++)
        {
            var point = points[Math.Min(l, points.Count - 1)];
            var dense = new double[ColumnCount];
            for (var k = 0; k < point.Indexes.Length; k++)
                dense[point.Indexes[k]] = point.Coefficients[k];
            path[l] = (point.Intercept, dense);
        }
        return path;
    }

    /// <summary>The path of all rows and its judgement by folds: what <c>cv.glmnet</c> does.</summary>
    public void CrossValidate(double[] lambdas)
    {
        LogisticPath.Fit(values, Outcome, [], lambdas, Settings, CancellationToken.None);
        ElasticNetTuning.Evaluate(Predictors, Outcome, [new FoldAssignment(FoldOfRow.Max() + 1, FoldOfRow)], lambdas, Settings, false, CancellationToken.None);
    }

    /// <summary>−ℓ/n + λ[(1−α)‖β‖²/2 + α‖β‖₁], β on the scale of standardised columns.</summary>
    public double Objective(double lambda, double intercept, double[] coefficients)
    {
        var linear = new double[RowCount];
        linear.AsSpan().Fill(intercept);
        double squares = 0, absolute = 0;
        for (var c = 0; c < coefficients.Length; c++)
        {
            if (coefficients[c] == 0)
                continue;
            var column = Predictors.Column(c);
            for (var r = 0; r < RowCount; r++)
                linear[r] += coefficients[c] * column[r];
            var standardised = coefficients[c] * deviation[c];
            squares += standardised * standardised;
            absolute += Math.Abs(standardised);
        }
        var loss = 0.0;
        for (var r = 0; r < RowCount; r++)
            loss += Math.Max(linear[r], 0) + Math.Log(1 + Math.Exp(-Math.Abs(linear[r]))) - (Outcome[r] ? linear[r] : 0);
        return (loss / RowCount) + (lambda * (((1 - Alpha) * squares / 2) + (Alpha * absolute)));
    }

    private PathSettings Settings => new(Alpha, Threshold: 1e-7);
}
