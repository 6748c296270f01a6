namespace RadiogenomicsCloud.Imaging.Nifti;

/// <summary>
/// Voxel-to-patient geometry of a NIfTI-1 header: the sform where its code is positive, else the qform, else the voxel sizes alone
/// ("method 1", with a warning). NIfTI's RAS is turned into LPS by reversing x and y. Source: nifti1.h, "3D image orientation".
/// </summary>
internal static class NiftiOrientation
{
    /// <summary>Largest cosine between two axes of an sform; beyond it the grid is sheared and refused. Below it is rounding and
    /// removed.</summary>
    public const double MaxShear = 1e-4;

    /// <summary>Millimetres: no patient is larger, and arithmetic on it stays exact enough.</summary>
    private const double MaxCoordinate = 1e6;

    private const double MinSpacing = 1e-6;

    public static GridGeometry Grid(NiftiFields fields, int countI, int countJ, int countK, string file, List<string> warnings)
    {
        var unit = (fields.Byte(123) & 7) switch { 1 => 1000.0, 3 => 0.001, _ => 1.0 };
        Point3 i, j, k, origin;
        if (fields.Short(254) > 0)
            (i, j, k, origin) = Sform(fields);
        else if (fields.Short(252) > 0)
            (i, j, k, origin) = Qform(fields, file);
        else
        {
            (i, j, k, origin) = (new(fields.Float(80), 0, 0), new(0, fields.Float(84), 0), new(0, 0, fields.Float(88)), default);
            warnings.Add($"'{file}' states no orientation (sform and qform code 0); its axes are taken as right, anterior, superior.");
        }
        (i, j, k, origin) = (Lps(i * unit), Lps(j * unit), Lps(k * unit), Lps(origin * unit));
        var (lengthI, lengthJ, lengthK) = (i.Length, j.Length, k.Length);
        foreach (var length in (ReadOnlySpan<double>)[lengthI, lengthJ, lengthK])
        {
            if (!(length >= MinSpacing && length <= MaxCoordinate))
                throw Damaged(NiftiHeader.Invariant($"has a voxel size of {length:R} mm"), file);
        }
        foreach (var coordinate in (ReadOnlySpan<double>)[origin.X, origin.Y, origin.Z])
        {
            if (!(Math.Abs(coordinate) <= MaxCoordinate))
                throw Damaged(NiftiHeader.Invariant($"has its first voxel at {coordinate:R} mm"), file);
        }
        var (axisI, axisJ, axisK) = (i * (1 / lengthI), j * (1 / lengthJ), k * (1 / lengthK));
        var shear = Math.Max(Math.Abs(axisI.Dot(axisJ)), Math.Max(Math.Abs(axisI.Dot(axisK)), Math.Abs(axisJ.Dot(axisK))));
        if (!(shear <= MaxShear))
        {
            var has = NiftiHeader.Invariant($"has axes that are not at right angles (cosine {shear:0.####})");
            throw NiftiHeader.Bad("nifti.sheared", $"{has}; resample it to a rectangular grid", file);
        }
        (axisI, axisJ, axisK) = Orthonormal(axisI, axisJ, axisK);
        return new GridGeometry(countI, countJ, countK, lengthI, lengthJ, lengthK, origin, axisI, axisJ, axisK);
    }

    private static BadInputException Damaged(string what, string file) =>
        NiftiHeader.Bad("nifti.geometry", $"{what}; the orientation in its header is damaged", file);

    private static Point3 Lps(Point3 ras) => new(-ras.X, -ras.Y, ras.Z);

    private static (Point3 I, Point3 J, Point3 K, Point3 Origin) Sform(NiftiFields f) => (
        new(f.Float(280), f.Float(296), f.Float(312)),
        new(f.Float(284), f.Float(300), f.Float(316)),
        new(f.Float(288), f.Float(304), f.Float(320)),
        new(f.Float(292), f.Float(308), f.Float(324)));

    private static (Point3 I, Point3 J, Point3 K, Point3 Origin) Qform(NiftiFields f, string file)
    {
        double b = f.Float(256), c = f.Float(260), d = f.Float(264);
        var square = (b * b) + (c * c) + (d * d);
        if (!(square <= 1 + 1e-5))
            throw Damaged("has a qform quaternion longer than 1", file);
        if (square > 1)
        {
            var scale = 1 / Math.Sqrt(square);
            (b, c, d, square) = (b * scale, c * scale, d * scale, 1);
        }
        var a = Math.Sqrt(1 - square);
        var handed = f.Float(76) < 0 ? -1 : 1;
        return (
            new Point3((a * a) + (b * b) - (c * c) - (d * d), 2 * ((b * c) + (a * d)), 2 * ((b * d) - (a * c))) * f.Float(80),
            new Point3(2 * ((b * c) - (a * d)), (a * a) + (c * c) - (b * b) - (d * d), 2 * ((c * d) + (a * b))) * f.Float(84),
            new Point3(2 * ((b * d) + (a * c)), 2 * ((c * d) - (a * b)), (a * a) + (d * d) - (b * b) - (c * c)) * (f.Float(88) * handed),
            new(f.Float(268), f.Float(272), f.Float(276)));
    }

    /// <summary>Removes the rounding of almost orthonormal axes, evenly: each loses half of what it shares with the others.</summary>
    private static (Point3 I, Point3 J, Point3 K) Orthonormal(Point3 i, Point3 j, Point3 k)
    {
        for (var round = 0; round < 3; round++)
        {
            var (ij, ik, jk) = (i.Dot(j) / 2, i.Dot(k) / 2, j.Dot(k) / 2);
            var ni = i - (j * ij) - (k * ik);
            var nj = j - (i * ij) - (k * jk);
            var nk = k - (i * ik) - (j * jk);
            (i, j, k) = (ni * (1 / ni.Length), nj * (1 / nj.Length), nk * (1 / nk.Length));
        }
        return (i, j, k);
    }
}
