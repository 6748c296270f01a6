using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

internal enum PairLawKind
{
    /// <summary>R's distribution of Σ d² without ties.</summary>
    UntiedSpearman,

    /// <summary>t of a correlation.</summary>
    Student,

    /// <summary>U of a binary feature's groups.</summary>
    MannWhitney,

    /// <summary>The count of cases that have both.</summary>
    Fisher,
}

/// <summary>
/// p of a product, for the pairs of one block: each measure of complete features that are not nominal is a function of one product of vectors.
/// </summary>
/// <param name="tableUpTo">Cases up to which p is held for all values of Σ d²: 10 MB at 200.</param>
internal sealed class PairLaw(PairLawKind kind, int n, double freedom, int tableUpTo = 200)
{
    private readonly double[]? table = kind == PairLawKind.UntiedSpearman && n <= tableUpTo ? UntiedTable(n) : null;

    public PairLawKind Kind => kind;

    /// <summary>Degrees of freedom of t.</summary>
    public double Freedom => freedom;

    /// <param name="product">Of doubled and centred midranks (see <see cref="RankProduct"/>), or the correlation itself where the norms are 1.</param>
    public double P(double product, LawFeature row, LawFeature column)
    {
        switch (kind)
        {
            case PairLawKind.UntiedSpearman:
                var s = RankProduct.SquaredDifferences(product, n);
                return table is null ? CorrelationTest.UntiedSpearmanP(s, n) : table[(int)s / 2];
            case PairLawKind.Student:
                return StudentP(RankProduct.Correlation(product, row.InverseNorm, column.InverseNorm));
            case PairLawKind.MannWhitney:
                var (binary, ranked) = row.Ones > 0 ? (row, column) : (column, row);
                // The product is 2 n (U − m₁m₀/2).
                var pairs = (double)binary.Ones * (n - binary.Ones);
                return MannWhitney.PValue((product / (2.0 * n)) + (pairs / 2), binary.Ones, n - binary.Ones, ranked.Ties);
            default:
                // The product is n (n a − m₁m₂).
                var both = ((product / n) + ((double)row.Ones * column.Ones)) / n;
                return FisherLaws.P((int)Math.Round(both), row.Ones, column.Ones, n);
        }
    }

    public double StudentP(double r) => CorrelationTest.StudentP(r, freedom);

    /// <summary>A correlation that every pair with a p of at most <paramref name="most"/> reaches; 0 where none can be named.</summary>
    public double LeastCorrelation(double most) => kind switch
    {
        PairLawKind.Student => LeastStudent(most),
        PairLawKind.UntiedSpearman => LeastUntied(most),
        _ => 0,
    };

    /// <summary>The least |r| with p ≤ <paramref name="most"/>.</summary>
    public double LeastStudent(double most) => most >= 1 ? 0 : Bisection.Solve(r => StudentP(r) <= most ? 1 : -1, 0, 1);

    private double LeastUntied(double most)
    {
        var greatest = RankProduct.SquaredDifferences(0, n);
        // One step of Σ d² below the bound, since p of equal distances from the middle agree but for rounding.
        var least = Bisection.Solve(r => CorrelationTest.UntiedSpearmanP(greatest * (1 - r), n) <= most ? 1 : -1, 0, 1);
        return Math.Max(0, least - (4 / greatest));
    }

    private static double[] UntiedTable(int n)
    {
        var table = new double[(int)(RankProduct.SquaredDifferences(0, n)) + 1];
        for (var k = 0; k < table.Length; k++)
            table[k] = CorrelationTest.UntiedSpearmanP(2.0 * k, n);
        return table;
    }
}

/// <param name="InverseNorm">Of its vector.</param>
/// <param name="Ties">Σ (t³ − t) of its values.</param>
/// <param name="Ones">Of a binary feature taken by its groups; else 0.</param>
internal readonly record struct LawFeature(double InverseNorm, double Ties, int Ones);
