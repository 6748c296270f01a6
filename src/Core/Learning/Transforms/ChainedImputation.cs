using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Puts in place of a missing value (NaN) what a linear regression on other columns expects, columns being gone through again and again, the
/// least incomplete first, until their values agree: chained equations without the random part, as R's <c>mice(method = "norm.predict")</c>
/// when it has converged (one completed table; what is imputed varies less than what was measured).
/// <list type="bullet">
/// <item>A column is regressed on the <c>predictors</c> columns that correlate with it most, at most one for every five rows that have it, with
/// a slight ridge for those that say the same.</item>
/// <item>Every column gets a regression, also one that is complete in training, so that a new case may lack any; a new case is imputed by
/// the regressions of training alone, each row by itself.</item>
/// <item>Imputed values are kept within the range of the training values. A column that is missing in every training row is dropped.</item>
/// </list>
/// </summary>
public sealed class ChainedImputation(OptionValues options) : IImputation
{
    internal const string RegistryName = "chained_imputation";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Transform, "Replaces missing values by what regressions on the other columns expect, repeated until they agree.",
    [
        new("maxit", OptionType.Integer, 10, 1, 1000, null, "How often the columns are gone through."),
        new("predictors", OptionType.Integer, 10, 1, 1000, null, "How many other columns a column is regressed on at most."),
        new("ridge", OptionType.Number, 1e-5, 1e-10, 10, null, "Ridge penalty relative to the columns' squares, as in mice."),
    ]);

    private const int RowsForOne = 5;
    private const double LeastPivot = 1e-11;

    private readonly int iterations = options.Integer("maxit");
    private readonly int most = options.Integer("predictors");
    private readonly double ridge = options.Number("ridge");

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var table = training.Predictors;
        var kept = new List<ImputedColumn>();
        var filled = new List<double[]>();      // standardised, gaps 0 at first
        var present = new List<int[]>();
        for (var c = 0; c < table.ColumnCount; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var values = Values.Present(table.Column(c), new double[table.RowCount]);
            if (values.IsEmpty)
                continue;
            var (mean, deviation) = (Moments.Mean(values), Math.Sqrt(Moments.SampleVariance(values)));
            values.Sort();
            if (!double.IsFinite(mean) || double.IsInfinity(values[0]) || double.IsInfinity(values[^1]) || double.IsInfinity(deviation))
                throw Values.Infinite(table.Columns[c]);
            var scale = deviation > 0 ? deviation : 1;
            kept.Add(new(table.Columns[c], mean, scale, (values[0] - mean) / scale, (values[^1] - mean) / scale, [], [], 0));
            filled.Add(FittedPrincipalComponents.Standardised(table.Column(c), mean, scale));
            var column = c;
            present.Add([.. Enumerable.Range(0, table.RowCount).Where(r => !double.IsNaN(table.Column(column)[r]))]);
        }
        ImputedColumn[] columns = [.. kept];
        var padded = Padded(filled, table.RowCount);
        for (var c = 0; c < columns.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            columns[c] = columns[c] with { Predictors = Strongest(padded, c, Math.Min(most, present[c].Length / RowsForOne)) };
        }
        int[] order = [.. Enumerable.Range(0, columns.Length).OrderByDescending(c => present[c].Length).ThenBy(c => c)];
        int[] incomplete = [.. order.Where(c => present[c].Length < table.RowCount)];
        for (var i = 0; i < iterations; i++)
        {
            foreach (var c in incomplete)
            {
                cancel.ThrowIfCancellationRequested();
                columns[c] = Regress(columns[c], filled, c, present[c]);
                var had = present[c].AsSpan();
                for (var r = 0; r < table.RowCount; r++)
                {
                    if (had.BinarySearch(r) < 0)
                        filled[c][r] = columns[c].Expected(p => filled[p][r]);
                }
            }
        }
        foreach (var c in order.Except(incomplete))
        {
            cancel.ThrowIfCancellationRequested();
            columns[c] = Regress(columns[c], filled, c, present[c]);
        }
        return new FittedChainedImputation(columns, order, [.. columns.Select(c => c.Name)], iterations, Subjects.Of(table.Rows));
    }

    /// <summary>Columns of unit length, padded for the kernels; those without spread are zero.</summary>
    private static double[][] Padded(List<double[]> columns, int rows)
    {
        var padded = new double[columns.Count][];
        for (var c = 0; c < padded.Length; c++)
        {
            padded[c] = new double[PaddedKernels.PaddedLength(rows)];
            columns[c].CopyTo(padded[c].AsSpan());
            var length = Math.Sqrt(PaddedKernels.Dot(padded[c], padded[c]));
            for (var r = 0; r < rows && length > 0; r++)
                padded[c][r] /= length;
        }
        return padded;
    }

    /// <summary>The columns that correlate most with the target, of equals the first, in their order.</summary>
    private static int[] Strongest(double[][] columns, int target, int count)
    {
        // The few strongest so far, the weakest first: sorting all columns for each would take longer than everything else.
        var found = new List<(double Strength, int Column)>(count + 1);
        for (var c = 0; c < columns.Length && count > 0; c++)
        {
            var strength = c == target ? 0 : Math.Abs(PaddedKernels.Dot(columns[c], columns[target]));
            if (!(strength > 0) || (found.Count == count && strength <= found[0].Strength))
                continue;
            if (found.Count == count)
                found.RemoveAt(0);
            var place = found.Count;
            while (place > 0 && found[place - 1].Strength >= strength)
                place--;
            found.Insert(place, (strength, c));
        }
        return [.. found.Select(f => f.Column).Order()];
    }

    private ImputedColumn Regress(ImputedColumn column, List<double[]> filled, int target, int[] rows)
    {
        var p = column.Predictors.Length;
        if (p == 0)
            return column;
        var means = new double[p];
        var centred = new double[p][];
        double[] outcome = Array.ConvertAll(rows, r => filled[target][r]);
        var mean = Moments.Mean(outcome);
        var right = new double[p];
        for (var j = 0; j < p; j++)
        {
            var source = filled[column.Predictors[j]];
            centred[j] = Array.ConvertAll(rows, r => source[r]);
            means[j] = Moments.Mean(centred[j]);
            for (var i = 0; i < rows.Length; i++)
            {
                centred[j][i] -= means[j];
                right[j] += centred[j][i] * (outcome[i] - mean);
            }
        }
        var products = SymmetricEigen.Products(centred, CancellationToken.None);
        for (var j = 0; j < p; j++)
            products[(j * p) + j] = (products[(j * p) + j] * (1 + ridge)) + 1e-12;
        if (Cholesky.Factor(products, p, LeastPivot) is not { } factor)
            return column with { Weights = new double[p], Intercept = mean };
        factor.Solve(right);
        var intercept = mean;
        for (var j = 0; j < p; j++)
            intercept -= right[j] * means[j];
        return column with { Weights = right, Intercept = intercept };
    }
}
