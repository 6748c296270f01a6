using System.Numerics;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>What the fast path does with a permuted product.</summary>
internal interface IPermutedPairs
{
    /// <summary>The least |r| that is of interest under Student's law of this block.</summary>
    void Student(double r);

    void P(double p);
}

/// <summary>A block of pairs of one law: complete features that are not nominal.</summary>
internal abstract class FastBlock(int[] rows, int[] columns, PairLaw law)
{
    /// <summary>Positions among the mapped features.</summary>
    public int[] Rows => rows;

    public int[] Columns => columns;

    public PairLaw Law => law;

    public abstract int Panels { get; }

    public abstract BlockScan NewScan();
}

/// <summary>One worker's buffers over a block.</summary>
internal abstract class BlockScan
{
    /// <summary>Writes the p of a panel of columns; <paramref name="p"/> is by row, then column of the whole map.</summary>
    public abstract void Map(int panel, double[] p, int mapColumns);

    /// <summary>Passes on what reaches the gate, with the cases of the columns exchanged.</summary>
    /// <param name="source">The case of which each case takes the values.</param>
    /// <param name="gate">See <see cref="PairLaw.LeastCorrelation"/>.</param>
    public abstract void Permute<TPairs>(ReadOnlySpan<int> source, double gate, TPairs pairs, CancellationToken cancel) where TPairs : IPermutedPairs;
}

/// <param name="rowValues">Row after row.</param>
/// <param name="columnValues">Column after column.</param>
/// <param name="basis">
/// With covariates the vectors are residuals of length 1: permuted ones are taken through the covariates again (Freedman, Lane, J Bus Econ Stat
/// 1983, 1:292). Null without.
/// </param>
internal sealed class FastBlock<T>(
    int[] rows, int[] columns, PairLaw law, int n, T[] rowValues, T[] columnValues, LawFeature[] rowLaws, LawFeature[] columnLaws, OrthonormalBasis? basis)
    : FastBlock(rows, columns, law)
    where T : unmanaged, INumber<T>
{
    private const int RowsAtOnce = 64;

    public override int Panels => (Columns.Length + ProductKernel<T>.Width - 1) / ProductKernel<T>.Width;

    public override BlockScan NewScan() => new Scan(this);

    // Members of a primary constructor are private to the class; the scan is nested to use them.
    private int Cases => n;

    private sealed class Scan(FastBlock<T> block) : BlockScan
    {
        private readonly int width = ProductKernel<T>.Width;
        private readonly T[] panelValues = new T[block.Cases * ProductKernel<T>.Width];
        private readonly T[] products = new T[RowsAtOnce * ProductKernel<T>.Width];
        private readonly T[] inverseNorms = new T[ProductKernel<T>.Width];
        private readonly double[] residuals = new double[block.Cases];

        public override void Map(int panel, double[] p, int mapColumns)
        {
            var first = panel * width;
            var count = Pack(first, default);
            for (var start = 0; start < block.Rows.Length; start += RowsAtOnce)
            {
                var rows = Multiply(start);
                for (var r = 0; r < rows; r++)
                {
                    var own = block.RowLaws[start + r];
                    var target = (long)block.Rows[start + r] * mapColumns;
                    for (var c = 0; c < count; c++)
                    {
                        p[target + block.Columns[first + c]] =
                            block.Law.P(double.CreateTruncating(products[(r * width) + c]), own, block.ColumnLaws[first + c]);
                    }
                }
            }
        }

        public override void Permute<TPairs>(ReadOnlySpan<int> source, double gate, TPairs pairs, CancellationToken cancel)
        {
            // A little below the gate, for the rounding of floats: the exact decision is the listener's.
            var slack = gate * (1 - 1e-5);
            for (var first = 0; first < block.Columns.Length; first += width)
            {
                cancel.ThrowIfCancellationRequested();
                var count = Pack(first, source);
                for (var start = 0; start < block.Rows.Length; start += RowsAtOnce)
                {
                    var rows = Multiply(start);
                    for (var r = 0; r < rows; r++)
                    {
                        var own = block.RowLaws[start + r];
                        if (Reaches(r, T.CreateTruncating(slack / own.InverseNorm)))
                            Pass(r, own, first, count, gate, pairs);
                    }
                }
            }
        }

        private bool Reaches(int row, T gate)
        {
            if (gate == T.Zero)
                return true;
            var step = Vector<T>.Count;
            var bound = new Vector<T>(gate);
            return Vector.GreaterThanOrEqualAny(Vector.Abs(new Vector<T>(products, row * width)) * new Vector<T>(inverseNorms), bound)
                || Vector.GreaterThanOrEqualAny(Vector.Abs(new Vector<T>(products, (row * width) + step)) * new Vector<T>(inverseNorms, step), bound);
        }

        private void Pass<TPairs>(int row, LawFeature own, int first, int count, double gate, TPairs pairs) where TPairs : IPermutedPairs
        {
            for (var c = 0; c < count; c++)
            {
                var product = double.CreateTruncating(products[(row * width) + c]);
                var column = block.ColumnLaws[first + c];
                var r = Math.Abs(RankProduct.Correlation(product, own.InverseNorm, column.InverseNorm));
                if (r < gate)
                    continue;
                if (block.Law.Kind == PairLawKind.Student)
                    pairs.Student(r);
                else
                    pairs.P(block.Law.P(product, own, column));
            }
        }

        private int Multiply(int start)
        {
            var rows = Math.Min(RowsAtOnce, block.Rows.Length - start);
            ProductKernel<T>.Multiply(block.RowValues.AsSpan(start * block.Cases), rows, panelValues, block.Cases, products);
            return rows;
        }

        private int Pack(int first, ReadOnlySpan<int> source)
        {
            var n = block.Cases;
            var count = Math.Min(width, block.Columns.Length - first);
            for (var c = 0; c < width; c++)
            {
                // What is beyond the last column repeats it, so that no gate opens for nothing else.
                var at = Math.Min(first + c, block.Columns.Length - 1);
                inverseNorms[c] = T.CreateTruncating(block.ColumnLaws[at].InverseNorm);
                var column = block.ColumnValues.AsSpan(at * n, n);
                if (source.IsEmpty)
                {
                    for (var k = 0; k < n; k++)
                        panelValues[(k * width) + c] = column[k];
                }
                else if (block.Basis is null)
                {
                    for (var k = 0; k < n; k++)
                        panelValues[(k * width) + c] = column[source[k]];
                }
                else
                {
                    PackResiduals(column, source, c, block.Basis);
                }
            }
            return count;
        }

        private void PackResiduals(ReadOnlySpan<T> column, ReadOnlySpan<int> source, int c, OrthonormalBasis basis)
        {
            for (var k = 0; k < residuals.Length; k++)
                residuals[k] = double.CreateTruncating(column[source[k]]);
            basis.Residualise(residuals);
            var norm = OrthonormalBasis.Norm(residuals);
            // Nothing left: no correlation.
            var scale = norm > 1e-9 ? 1 / norm : 0;
            for (var k = 0; k < residuals.Length; k++)
                panelValues[(k * width) + c] = T.CreateTruncating(residuals[k] * scale);
        }
    }

    private T[] RowValues => rowValues;

    private T[] ColumnValues => columnValues;

    private LawFeature[] RowLaws => rowLaws;

    private LawFeature[] ColumnLaws => columnLaws;

    private OrthonormalBasis? Basis => basis;
}
