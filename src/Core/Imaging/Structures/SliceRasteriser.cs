namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>
/// Even–odd rasterisation of polygons in one slice by voxel centres: a voxel is inside if a ray from its centre crosses the edges of
/// all added polygons together an odd number of times. Polygons of one slice therefore combine by XOR: nested ones make holes, the
/// bridge of a keyhole cancels itself.
/// </summary>
/// <remarks>
/// Half-open convention: an edge between (x0, y0) and (x1, y1), y0 &lt; y1, covers the rows y0 ≤ j &lt; y1, and a voxel i is to the
/// right of a crossing at x if x ≤ i. A centre exactly on a left or upper edge (smaller i or j) is inside, on a right or lower edge
/// outside, so that polygons that share an edge share its voxels out without gap or double count. Endpoints are ordered before the
/// crossing is computed: both polygons find the same number. Vertices are first rounded to 2⁻²⁰ voxel, so that a centre "exactly on
/// an edge" stays there when coordinates come from decimal strings.
/// <para>Each crossing _toggles the parity from its first voxel onwards; one prefix XOR per slice resolves all polygons. Time is
/// O(points + crossings + voxels), memory one byte a voxel of the slice, whatever the polygons are.</para>
/// </remarks>
internal sealed class SliceRasteriser
{
    /// <summary>Rows that the edges of all polygons may cross together: a structure of 1000 slices has about ten million crossings, a few
    /// megabytes of points that zigzag over 65,535 rows would take hours.</summary>
    public const long MaxCrossings = 1L << 28;

    private const double VertexGrid = 1 << 20;

    private readonly int _countI;
    private readonly int _countJ;
    private readonly byte[] _toggles;
    private long _crossings;

    public SliceRasteriser(int countI, int countJ)
    {
        _countI = countI;
        _countJ = countJ;
        _toggles = new byte[checked(countI * countJ)];
    }

    /// <summary>Adds a closed polygon; the last vertex is joined to the first.</summary>
    /// <param name="x">Continuous column indices (i) of the vertices, finite.</param>
    /// <param name="y">Continuous row indices (j) of the vertices, finite, as many.</param>
    /// <returns>False once <see cref="MaxCrossings"/> is exceeded: what was added is then incomplete.</returns>
    public bool Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length == 0)
            return true;
        var previousX = Snap(x[^1]);
        var previousY = Snap(y[^1]);
        for (var n = 0; n < x.Length; n++)
        {
            var currentX = Snap(x[n]);
            var currentY = Snap(y[n]);
            if (previousY < currentY)
                AddEdge(previousX, previousY, currentX, currentY);
            else if (currentY < previousY)
                AddEdge(currentX, currentY, previousX, previousY);
            previousX = currentX;
            previousY = currentY;
            if (_crossings > MaxCrossings)
                return false;
        }
        return true;
    }

    /// <summary>XORs what was added into a slice (1 inside) and starts anew.</summary>
    public void ResolveInto(Span<byte> slice)
    {
        for (var j = 0; j < _countJ; j++)
        {
            var row = _toggles.AsSpan(j * _countI, _countI);
            var target = slice.Slice(j * _countI, _countI);
            byte inside = 0;
            for (var i = 0; i < row.Length; i++)
            {
                inside ^= row[i];
                target[i] ^= inside;
            }
        }
        _toggles.AsSpan().Clear();
    }

    private static double Snap(double value) => Math.Round(value * VertexGrid) / VertexGrid;

    private void AddEdge(double x0, double y0, double x1, double y1)
    {
        if (y1 <= 0 || y0 > _countJ - 1)
            return;
        var first = Math.Max(0, (int)Math.Ceiling(y0));
        var end = y1 > _countJ - 1 ? _countJ : (int)Math.Ceiling(y1);
        _crossings += Math.Max(0, end - first);
        var dx = x1 - x0;
        var dy = y1 - y0;
        for (var j = first; j < end; j++)
        {
            var crossing = x0 + ((j - y0) * dx / dy);
            if (crossing > _countI - 1)
                continue;
            var start = crossing <= 0 ? 0 : (int)Math.Ceiling(crossing);
            _toggles[(j * _countI) + start] ^= 1;
        }
    }
}
