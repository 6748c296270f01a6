using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>One worker's buffers over <see cref="PatternPairs"/>.</summary>
internal sealed class PatternScan(PatternPairs pairs, int cases)
{
    private readonly int width = ProductKernel<double>.Width;
    private readonly int[] who = new int[cases];
    private readonly int[] slots = new int[cases];
    private readonly int[] identity = [.. Enumerable.Range(0, cases)];
    private readonly double[] panel = new double[cases * ProductKernel<double>.Width];
    private readonly double[] own = new double[cases];
    private readonly Dictionary<PairLaw, double> gates = [];
    private double[] rowVectors = [];
    private double[] products = [];
    private LawFeature[] rowLaws = [];
    private readonly LawFeature[] columnLaws = new LawFeature[ProductKernel<double>.Width];
    private double ceiling = double.NaN;
    private int n;

    /// <summary>Writes the p of a pair of groups; <paramref name="p"/> is by row, then column of the whole map.</summary>
    public void Map(int index, double[] p) => Scan(index, identity, identity, null, (row, column, value) => p[((long)row * pairs.Molecular.Length) + column] = value, 1);

    /// <summary>Passes on every p of at most <paramref name="most"/>, with the cases of the columns exchanged.</summary>
    /// <param name="source">The case of which each case takes the values; <paramref name="inverse"/> its inverse.</param>
    /// <param name="residuals">What the covariates leave of the molecular features; null without covariates.</param>
    public void Permute(int[] source, int[] inverse, ResidualFeatures? residuals, double most, Action<double> pass, CancellationToken cancel)
    {
        var each = new Action<int, int, double>((_, _, p) => pass(p));
        for (var index = 0; index < pairs.Count; index++)
        {
            cancel.ThrowIfCancellationRequested();
            Scan(index, source, inverse, residuals, each, most);
        }
    }

    private void Scan(int index, int[] source, int[] inverse, ResidualFeatures? residuals, Action<int, int, double> pass, double most)
    {
        var (rows, columns) = pairs[index];
        if (rows.Complete && columns.Complete)
            return;
        Gather(rows, columns, source);
        var linear = PairTester.IsLinear(pairs.Settings.Measure, rows.Scale, columns.Scale);
        if (n < pairs.Settings.FewestCases)
            return;
        var basis = pairs.Covariates?.Of(who.AsSpan(0, n), ranks: !linear);
        var freedom = basis is null ? n - 2 : n - 1 - basis.Rank;
        if (freedom < 1)
            return;
        Reserve(rows.Members.Length);
        for (var r = 0; r < rows.Members.Length; r++)
        {
            rowLaws[r] = Vector(pairs.Imaging[rows.Members[r]], identity, linear, basis);
            own.AsSpan(0, n).CopyTo(rowVectors.AsSpan(r * n));
        }
        var kind = pairs.Kind(rows, columns);
        var student = kind is PairLawKind.UntiedSpearman or PairLawKind.Student ? pairs.Law(PairLawKind.Student, n, freedom) : null;
        var untied = kind == PairLawKind.UntiedSpearman && CorrelationTest.HasUntiedSpearmanP(n) ? pairs.Law(kind, n, freedom) : student;
        var law = untied ?? pairs.Law(kind, n, freedom);
        var (untiedGate, studentGate) = (Gate(law, most), student is null ? 0 : Gate(student, most));
        for (var first = 0; first < columns.Members.Length; first += width)
        {
            var count = Math.Min(width, columns.Members.Length - first);
            for (var c = 0; c < count; c++)
            {
                var column = columns.Members[first + c];
                columnLaws[c] = residuals is null
                    ? Vector(pairs.Molecular[column], inverse, linear, basis)
                    : Vector(residuals.Molecular(column, linear), inverse, linear: true, basis);
                for (var k = 0; k < n; k++)
                    panel[(k * width) + c] = own[k];
            }
            ProductKernel<double>.Multiply(rowVectors, rows.Members.Length, panel, n, products);
            for (var r = 0; r < rows.Members.Length; r++)
            {
                var a = rowLaws[r];
                if (a.InverseNorm == 0)
                    continue;
                for (var c = 0; c < count; c++)
                {
                    var b = columnLaws[c];
                    if (b.InverseNorm == 0)
                        continue;
                    var product = products[(r * width) + c];
                    var tied = student is not null && (a.Ties != 0 || b.Ties != 0);
                    if (Math.Abs(RankProduct.Correlation(product, a.InverseNorm, b.InverseNorm)) < (tied ? studentGate : untiedGate))
                        continue;
                    pass(rows.Members[r], columns.Members[first + c], (tied ? student! : law).P(product, a, b));
                }
            }
        }
    }

    private void Gather(PatternGroup rows, PatternGroup columns, int[] source)
    {
        n = 0;
        for (var c = 0; c < slots.Length; c++)
        {
            slots[c] = -1;
            if (rows.Knows(c) && columns.Knows(source[c]))
                (who[n], slots[c]) = (c, n++);
        }
    }

    private void Reserve(int rows)
    {
        if (rowLaws.Length < rows)
            (rowLaws, rowVectors, products) = (new LawFeature[rows], new double[rows * slots.Length], new double[rows * width]);
    }

    // A little below, for the rounding of sums.
    private double Gate(PairLaw law, double most)
    {
        if (most >= 1)
            return 0;
        if (most != ceiling)
        {
            gates.Clear();
            ceiling = most;
        }
        if (!gates.TryGetValue(law, out var gate))
            gates[law] = gate = law.LeastCorrelation(most) * (1 - 1e-9);
        return gate;
    }

    // The vector of a feature over the gathered cases, as in the blocks of complete features; an inverse norm of 0 where nothing varies.
    private LawFeature Vector(MapFeature feature, int[] inverse, bool linear, OrthonormalBasis? basis)
    {
        var vector = own.AsSpan(0, n);
        var ones = linear ? Values(feature, inverse, vector) : Scores(feature, inverse, vector);
        if (!linear && basis is null)
        {
            double squares = 0, all = n;
            foreach (var score in vector)
                squares += score * score;
            return squares == 0 ? default : new(1 / Math.Sqrt(squares), (all * all * all) - all - (3 * squares), ones);
        }
        if (vector.IndexOfAnyExcept(vector[0]) < 0)
            return default;
        if (basis is null)
            Centre(vector);
        var before = OrthonormalBasis.Norm(vector);
        basis?.Residualise(vector);
        var norm = OrthonormalBasis.Norm(vector);
        if (!(norm > 1e-9 * before))
            return default;
        for (var k = 0; k < vector.Length; k++)
            vector[k] /= norm;
        return new(1, 0, 0);
    }

    private static void Centre(Span<double> vector)
    {
        var mean = Moments.Mean(vector);
        for (var k = 0; k < vector.Length; k++)
            vector[k] -= mean;
    }

    private int Values(MapFeature feature, int[] inverse, Span<double> vector)
    {
        foreach (var c in feature.Order)
        {
            var slot = slots[inverse[c]];
            if (slot >= 0)
                vector[slot] = feature.Values[c];
        }
        return 0;
    }

    // Doubled and centred midranks among the gathered cases, from the order of all; returns the ones of a binary feature.
    private int Scores(MapFeature feature, int[] inverse, Span<double> vector)
    {
        var order = feature.Order;
        int below = 0, ones = 0;
        for (int start = 0, end; start < order.Length; start = end)
        {
            var value = feature.Values[order[start]];
            var tied = 0;
            for (end = start; end < order.Length && feature.Values[order[end]] == value; end++)
                tied += slots[inverse[order[end]]] >= 0 ? 1 : 0;
            // 2 (below + (tied + 1)/2) − n − 1.
            double score = (2 * below) + tied - n;
            for (var k = start; k < end; k++)
            {
                var slot = slots[inverse[order[k]]];
                if (slot >= 0)
                    vector[slot] = score;
            }
            below += tied;
            ones += feature.IsBinary && value == 1 ? tied : 0;
        }
        return ones;
    }
}
