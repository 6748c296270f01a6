using MathNet.Numerics;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>Chooses the column of a split by a permutation test before it looks for the cut; see <see cref="ConditionalTree"/>.</summary>
internal sealed class ConditionalGrower : TreeGrower
{
    /// <summary>If the column of the least p-value cannot be cut (a side would have too few rows) the next one is tried, and no more.</summary>
    private const int SplitTry = 2;

    /// <summary>Each side has at least this share of the node.</summary>
    private const double LeastShare = 0.01;

    private readonly double level;
    private readonly bool adjust;
    private readonly double[] weights;
    private readonly CancellationToken cancel;
    private readonly int[]? classes;
    private readonly double[] scores;
    private readonly double[] shares;
    private readonly double[] sums;
    private readonly (double Statistic, int Column)[] ranked;
    private readonly List<NodeTest> tests = [];

    public ConditionalGrower(TreeTable table, TreeSettings settings, double level, bool adjust, double[] weights, CancellationToken cancel)
        : base(table, settings)
    {
        (this.level, this.adjust, this.weights, this.cancel) = (level, adjust, weights, cancel);
        var endpoint = table.Training.Endpoint;
        classes = (endpoint as MulticlassEndpoint)?.Values;
        scores = classes is null ? TreeOutcome.Scores(endpoint, weights) : [];
        shares = new double[endpoint is MulticlassEndpoint several ? several.Labels.Count : 0];
        sums = new double[shares.Length];
        ranked = new (double, int)[table.Columns];
    }

    public IReadOnlyList<NodeTest> Tests => tests;

    protected override Cut Find(ReadOnlySpan<int> members, SplitCriterion criterion, DeterministicRandom? random)
    {
        cancel.ThrowIfCancellationRequested();
        var none = new Cut(0);
        if (criterion.Begin(members) is var floor && floor < 0)
            return none;
        var tested = Rank(members, out var degrees);
        if (tested == 0)
            return none;
        var best = ranked[0];
        var p = PValue(best.Statistic, degrees, tested);
        tests.Add(new(Table.Training.Predictors.Columns[best.Column], best.Statistic, p, members.Length));
        var cut = new Cut(floor);
        Mark(members, 1);
        for (var k = 0; k < Math.Min(SplitTry, tested) && cut.Column < 0; k++)
        {
            if (1 - PValue(ranked[k].Statistic, degrees, tested) > level)
                Scan(ranked[k].Column, members, criterion, ref cut);
        }
        Mark(members, 0);
        return cut;
    }

    protected override int LeastRows(int members) => Math.Max(Settings.MinBucket, (int)Math.Ceiling(members * LeastShare));

    // The columns that vary (the endpoint does), the greatest statistic first, of equals the first column.
    private int Rank(ReadOnlySpan<int> members, out int degrees)
    {
        var total = 0.0;
        foreach (var row in members)
            total += weights[row];
        degrees = 0;
        var (mean, variance) = (0.0, 0.0);
        if (classes is null)
        {
            foreach (var row in members)
                mean += weights[row] * scores[row] / total;
            foreach (var row in members)
                variance += weights[row] * (scores[row] - mean) * (scores[row] - mean) / total;
            degrees = 1;
        }
        else
        {
            Array.Clear(shares);
            foreach (var row in members)
                shares[classes[row]] += weights[row] / total;
            degrees = shares.Count(s => s > 0) - 1;
        }
        var tested = 0;
        for (var c = 0; c < Table.Columns; c++)
        {
            var statistic = classes is null ? OfScores(Table.Column(c), members, total, mean, variance) : OfClasses(Table.Column(c), members, total);
            if (statistic >= 0)
                ranked[tested++] = (statistic, c);
        }
        Array.Sort(ranked, 0, tested, Comparer<(double Statistic, int Column)>.Create(
            (a, b) => a.Statistic != b.Statistic ? b.Statistic.CompareTo(a.Statistic) : a.Column.CompareTo(b.Column)));
        return tested;
    }

    // Σ w (x − x̄) h, squared over its permutation variance; −1 where the column does not vary.
    private double OfScores(ReadOnlySpan<double> x, ReadOnlySpan<int> members, double total, double mean, double variance)
    {
        var centre = Centre(x, members, total);
        double squares = 0, sum = 0;
        foreach (var row in members)
        {
            var d = x[row] - centre;
            squares += weights[row] * d * d;
            sum += weights[row] * d * (scores[row] - mean);
        }
        return Varies(x, members) ? sum * sum * (total - 1) / (total * squares * variance) : -1;
    }

    private double OfClasses(ReadOnlySpan<double> x, ReadOnlySpan<int> members, double total)
    {
        var centre = Centre(x, members, total);
        var squares = 0.0;
        Array.Clear(sums);
        foreach (var row in members)
        {
            var d = x[row] - centre;
            squares += weights[row] * d * d;
            sums[classes![row]] += weights[row] * d;
        }
        if (!Varies(x, members))
            return -1;
        var quadratic = 0.0;
        for (var k = 0; k < sums.Length; k++)
            quadratic += shares[k] > 0 ? sums[k] * sums[k] / shares[k] : 0;
        return quadratic * (total - 1) / (total * squares);
    }

    private double Centre(ReadOnlySpan<double> x, ReadOnlySpan<int> members, double total)
    {
        var centre = 0.0;
        foreach (var row in members)
            centre += weights[row] * x[row] / total;
        return centre;
    }

    private static bool Varies(ReadOnlySpan<double> x, ReadOnlySpan<int> members)
    {
        foreach (var row in members)
        {
            if (x[row] != x[members[0]])
                return true;
        }
        return false;
    }

    private double PValue(double statistic, int degrees, int tested)
    {
        var p = ChiSquare.UpperTail(statistic, degrees);
        // 1 − (1 − p)^m without cancellation.
        return adjust ? -SpecialFunctions.Expm1(tested * SpecialFunctions.Log1p(-p)) : p;
    }
}
