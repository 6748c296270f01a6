using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>What ComBat learns of one column.</summary>
/// <param name="Centre">Grand mean at covariates of 0.</param>
/// <param name="Scale">Pooled standard deviation; 0 where the column is left as it is.</param>
/// <param name="Effects">Of the covariates, per unit.</param>
/// <param name="Shift">Of each batch, in units of <paramref name="Scale"/>: estimated, then shrunk.</param>
/// <param name="Spread">Variance of each batch, in units of <paramref name="Scale"/> squared: estimated, then shrunk.</param>
/// <param name="Counts">Present values of each batch; empty in what was read back.</param>
internal sealed record CombatColumn(double Centre, double Scale, double[] Effects, double[] Shift, double[] Spread, int[] Counts)
{
    public static CombatColumn Left(int batches, int covariates)
    {
        var ones = new double[batches];
        Array.Fill(ones, 1);
        return new(0, 0, new double[covariates], new double[batches], ones, new int[batches]);
    }
}

/// <summary>
/// The linear model of batches and covariates that columns are standardised by, prepared once for all columns without missing values.
/// Batches are taken out first (covariates and column centred within each), so that a system of the covariates alone is left to solve.
/// </summary>
internal sealed class CombatDesign
{
    // What is left of a covariate by the others and is less is rounding.
    private const double LeastPivot = 1e-11;

    private readonly Predictors predictors;
    private readonly double[][] covariates;     // missing ones filled
    private readonly int[] batchOfRow;
    private readonly int batches;
    private readonly int[] rows;                // those of a batch
    private readonly Within complete;

    public CombatDesign(Predictors predictors, string[] names, int[] batchOfRow, int batches)
    {
        (this.predictors, this.batchOfRow, this.batches) = (predictors, batchOfRow, batches);
        CovariateMeans = new double[names.Length];
        covariates = new double[names.Length][];
        var at = predictors.IndexesOf(names);
        for (var j = 0; j < names.Length; j++)
        {
            if (predictors.Categories.ContainsKey(names[j]))
                throw new BadInputException("learning.category", $"Covariate '{names[j]}' of 'combat' is categorical; put 'encode' before it and name what it gives.", names[j]);
            var present = Values.Present(predictors.Column(at[j]), new double[predictors.RowCount]);
            var mean = present.IsEmpty ? 0 : Moments.Mean(present);
            CovariateMeans[j] = double.IsFinite(mean) ? mean : throw Values.Infinite(names[j]);
            covariates[j] = [.. predictors.Column(at[j]).ToArray().Select(v => double.IsNaN(v) ? mean : v)];
        }
        rows = [.. Enumerable.Range(0, batchOfRow.Length).Where(r => batchOfRow[r] >= 0)];
        complete = Centre(rows);
        if (complete.Factor is null && predictors.ColumnCount > 0 && rows.Length > 0)
        {
            throw new BadInputException(
                "learning.combat_confounded", $"The covariates of 'combat' ({string.Join(", ", names)}) are told by the batch or by each other in the training rows; leave one out.", names[0]);
        }
    }

    public double[] CovariateMeans { get; }

    /// <summary>Standardises a column and estimates each batch's shift and spread, as sva's <c>gamma.hat</c> and <c>delta.hat</c>.</summary>
    public CombatColumn Standardise(int column, string name)
    {
        var values = predictors.Column(column);
        var missing = false;
        foreach (var value in values)
        {
            if (double.IsInfinity(value))
                throw Values.Infinite(name);
            missing |= double.IsNaN(value);
        }
        var within = complete;
        if (missing)
        {
            List<int> present = [];
            foreach (var row in rows)
            {
                if (!double.IsNaN(values[row]))
                    present.Add(row);
            }
            within = Centre([.. present]);
        }
        if (within.Factor is null || within.Rows.Length == 0 || Array.Exists(within.Counts, n => n == 0))
            return CombatColumn.Left(batches, covariates.Length);
        var means = new double[batches];
        foreach (var row in within.Rows)
            means[batchOfRow[row]] += values[row];
        var effects = new double[covariates.Length];
        for (var b = 0; b < batches; b++)
            means[b] /= within.Counts[b];
        for (var j = 0; j < effects.Length; j++)
        {
            for (var i = 0; i < within.Rows.Length; i++)
                effects[j] += within.Centred[j][i] * (values[within.Rows[i]] - means[batchOfRow[within.Rows[i]]]);
        }
        within.Factor.Solve(effects);
        var centre = 0.0;
        for (var b = 0; b < batches; b++)
        {
            for (var j = 0; j < effects.Length; j++)
                means[b] -= effects[j] * within.Means[j][b];
            centre += means[b] * within.Counts[b] / within.Rows.Length;
        }
        return Estimate(values, within, means, effects, centre);
    }

    private CombatColumn Estimate(ReadOnlySpan<double> values, Within within, double[] means, double[] effects, double centre)
    {
        var residuals = new double[within.Rows.Length];
        double pooled = 0, greatest = 0;
        for (var i = 0; i < residuals.Length; i++)
        {
            var row = within.Rows[i];
            residuals[i] = values[row];
            for (var j = 0; j < effects.Length; j++)
                residuals[i] -= effects[j] * covariates[j][row];
            var left = residuals[i] - means[batchOfRow[row]];
            pooled += left * left;
            greatest = Math.Max(greatest, Math.Abs(values[row]));
        }
        var scale = Math.Sqrt(pooled / residuals.Length);
        // What rounding leaves of a constant is no spread.
        if (!(scale > 1e-12 * greatest) || !double.IsFinite(scale) || AnyConstant(values, within))
            return CombatColumn.Left(batches, covariates.Length);
        var shift = new double[batches];
        var spread = new double[batches];
        for (var i = 0; i < residuals.Length; i++)
            shift[batchOfRow[within.Rows[i]]] += (residuals[i] - centre) / scale;
        for (var b = 0; b < batches; b++)
            shift[b] /= within.Counts[b];
        for (var i = 0; i < residuals.Length; i++)
        {
            var b = batchOfRow[within.Rows[i]];
            var deviation = ((residuals[i] - centre) / scale) - shift[b];
            spread[b] += deviation * deviation;
        }
        for (var b = 0; b < batches; b++)
            spread[b] = batches > 1 && within.Counts[b] > 1 ? spread[b] / (within.Counts[b] - 1) : 1;
        if (batches == 1)
            shift[0] = 0;
        return new(centre, scale, effects, shift, spread, within.Counts);
    }

    private bool AnyConstant(ReadOnlySpan<double> values, Within within)
    {
        var first = new double[batches];
        var varies = new bool[batches];
        Array.Fill(first, double.NaN);
        foreach (var row in within.Rows)
        {
            var b = batchOfRow[row];
            if (double.IsNaN(first[b]))
                first[b] = values[row];
            varies[b] |= values[row] != first[b];
        }
        for (var b = 0; b < batches; b++)
        {
            if (within.Counts[b] > 1 && !varies[b])
                return true;
        }
        return false;
    }

    private Within Centre(int[] those)
    {
        var counts = new int[batches];
        foreach (var row in those)
            counts[batchOfRow[row]]++;
        var means = new double[covariates.Length][];
        var centred = new double[covariates.Length][];
        for (var j = 0; j < covariates.Length; j++)
        {
            means[j] = new double[batches];
            centred[j] = new double[those.Length];
            foreach (var row in those)
                means[j][batchOfRow[row]] += covariates[j][row] / counts[batchOfRow[row]];
            for (var i = 0; i < those.Length; i++)
                centred[j][i] = covariates[j][those[i]] - means[j][batchOfRow[those[i]]];
        }
        var products = SymmetricEigen.Products(centred, CancellationToken.None);
        return new(those, counts, means, centred, Cholesky.Factor(products, covariates.Length, LeastPivot));
    }

    /// <param name="Factor">Of the covariates' products; null where they are not independent.</param>
    private sealed record Within(int[] Rows, int[] Counts, double[][] Means, double[][] Centred, Cholesky? Factor);
}
