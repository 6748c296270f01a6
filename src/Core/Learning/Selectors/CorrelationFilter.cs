using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Of columns that say the same keeps one: goes through the columns from the strongest association with the endpoint (|AUC − ½|; for several
/// classes η² of ranks, for a number |Spearman's ρ|, for survival |z| of the Cox score test; the first of equals) to the weakest, and keeps
/// each whose absolute correlation with all kept before is at most <c>max</c>. Correlations are over the rows where both columns are
/// present; one that is not defined (fewer than three rows, no spread) does not remove.
/// </summary>
public sealed class CorrelationFilter(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "correlation";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Of columns that correlate strongly keeps one.",
    [
        new("max", OptionType.Number, 0.9, 0, 1, null, "Greatest absolute correlation of two kept columns.") { Search = new(0.5, 0.99) },
        new("method", OptionType.String, "spearman", null, null, ["spearman", "pearson"], "Which correlation."),
        new("keep", OptionType.String, "association", null, null, ["association", "first"], "Which of two columns stays: that of the stronger association with the endpoint, or the first."),
    ]);

    private const int LeastRows = 3;

    private readonly double greatest = options.Number("max");
    private readonly bool ranks = options.String("method") == "spearman";
    private readonly bool byAssociation = options.String("keep") == "association";

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var columns = new CentredColumns(predictors, ranks);
        var kept = new List<int>();
        foreach (var candidate in Order(training, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            if (!kept.Exists(other => columns.AbsoluteCorrelation(other, candidate) > greatest))
                kept.Add(candidate);
        }
        return FittedSelection.Of(Name, predictors, kept);
    }

    private IEnumerable<int> Order(TrainingSet training, CancellationToken cancel)
    {
        var all = Enumerable.Range(0, training.Predictors.ColumnCount);
        if (!byAssociation)
            return all;
        var strength = EndpointTest.Of(EndpointTest.Automatic, training, Name).Strengths(training.Predictors, cancel);
        return all.OrderByDescending(c => strength[c]).ThenBy(c => c);
    }

    /// <summary>Columns prepared once, so that a correlation is one product; those with missing values are paired row by row.</summary>
    private sealed class CentredColumns
    {
        private readonly Predictors predictors;
        private readonly bool ranks;
        private readonly int stride;
        private readonly double[] centred;
        private readonly double[] squares;      // Σ of squares; NaN where values are missing

        public CentredColumns(Predictors predictors, bool ranks)
        {
            this.predictors = predictors;
            this.ranks = ranks;
            stride = PaddedKernels.PaddedLength(predictors.RowCount);
            centred = new double[checked(stride * predictors.ColumnCount)];
            squares = new double[predictors.ColumnCount];
            for (var c = 0; c < squares.Length; c++)
                squares[c] = Prepare(c);
        }

        public double AbsoluteCorrelation(int a, int b)
        {
            if (double.IsNaN(squares[a]) || double.IsNaN(squares[b]))
                return OverSharedRows(predictors.Column(a), predictors.Column(b));
            var product = Math.Sqrt(squares[a]) * Math.Sqrt(squares[b]);
            return product > 0 && predictors.RowCount >= LeastRows
                ? Math.Min(1, Math.Abs(PaddedKernels.Dot(Centred(a), Centred(b))) / product)
                : double.NaN;
        }

        private ReadOnlySpan<double> Centred(int column) => centred.AsSpan(column * stride, stride);

        private double Prepare(int column)
        {
            var source = predictors.Column(column);
            foreach (var value in source)
            {
                if (double.IsNaN(value))
                    return double.NaN;
                if (double.IsInfinity(value))
                    throw Values.Infinite(predictors.Columns[column]);
            }
            var target = centred.AsSpan(column * stride, stride);
            if (ranks)
            {
                // Twice the midrank is an integer, hence all sums are exact and do not depend on the order of rows.
                var midranks = Ranks.Midranks(source);
                for (var r = 0; r < midranks.Length; r++)
                    target[r] = (2 * midranks[r]) - (midranks.Length + 1);
            }
            else
            {
                var mean = Moments.Mean(source);
                for (var r = 0; r < source.Length; r++)
                    target[r] = source[r] - mean;
            }
            var sum = PaddedKernels.Dot(target, target);
            return double.IsFinite(sum) ? sum : throw Values.Infinite(predictors.Columns[column]);
        }

        private double OverSharedRows(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            var left = new List<double>(a.Length);
            var right = new List<double>(a.Length);
            for (var r = 0; r < a.Length; r++)
            {
                if (double.IsNaN(a[r]) || double.IsNaN(b[r]))
                    continue;
                left.Add(a[r]);
                right.Add(b[r]);
            }
            if (left.Count < LeastRows)
                return double.NaN;
            double[] x = [.. left];
            double[] y = [.. right];
            return Math.Abs(ranks ? Correlation.Spearman(x, y) : Correlation.Pearson(x, y));
        }
    }
}
