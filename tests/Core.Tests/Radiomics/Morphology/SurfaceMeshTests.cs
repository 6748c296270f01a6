using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;

public sealed class SurfaceMeshTests
{
    private static readonly Gen<(int I, int J, int K, byte[] Mask)> RandomMask =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[1, 6]).SelectMany((i, j, k) =>
            Gen.Byte[0, 1].Array[i * j * k].Where(m => m.Any(v => v != 0)).Select(m => (i, j, k, m)));

    [Fact]
    public void The_surface_of_any_mask_is_closed() => RandomMask.Sample(
        m =>
        {
            // Every directed edge of a triangle is met by one in the opposite direction.
            var edges = new Dictionary<(MarchingCubesTable.Vertex, MarchingCubesTable.Vertex), int>();
            foreach (var t in Triangles(m, [1, 1, 1]))
            {
                foreach (var (a, b) in new[] { (t.A, t.B), (t.B, t.C), (t.C, t.A) })
                    edges[(a, b)] = edges.GetValueOrDefault((a, b)) + 1;
            }
            Assert.All(edges, edge => Assert.Equal(edge.Value, edges.GetValueOrDefault((edge.Key.Item2, edge.Key.Item1))));
        },
        iter: 300, threads: 1);

    [Fact]
    public void Volume_and_area_equal_those_summed_triangle_by_triangle() => RandomMask.Sample(
        m =>
        {
            double[] s = [0.7, 1.1, 2.3];
            double volume = 0, area = 0;
            foreach (var t in Triangles(m, s))
            {
                var (a, b, c) = (Scaled(t.A), Scaled(t.B), Scaled(t.C));
                volume += a.Dot(b.Cross(c)) / 6;
                area += (b - a).Cross(c - a).Length / 2;
            }
            var mesh = SurfaceMesh.Of(Box(m, s));
            Assert.Equal(volume, mesh.Volume, 1e-10);
            Assert.Equal(area, mesh.Area, 1e-10);

            Point3 Scaled(MarchingCubesTable.Vertex v) => new(v.X * s[0] / 2, v.Y * s[1] / 2, v.Z * s[2] / 2);
        },
        iter: 300, threads: 1);

    [Fact]
    public void A_voxel_is_an_octahedron()
    {
        var mesh = SurfaceMesh.Of(Box((1, 1, 1, [1]), [2, 2, 2]));
        Assert.Equal(4.0 / 3, mesh.Volume, 1e-14);
        Assert.Equal(8 * Math.Sqrt(3) / 4 * 2, mesh.Area, 1e-13);
    }

    [Fact]
    public void A_box_loses_only_its_edges_and_corners()
    {
        // n³ voxels: the cube of side n − 1 between the outer centres, six slabs of height 1/2, twelve triangular prisms of section 1/8
        // and eight corner tetrahedra of 1/48.
        for (var n = 2; n < 7; n++)
        {
            var mesh = SurfaceMesh.Of(Box((n, n, n, [.. Enumerable.Repeat((byte)1, n * n * n)]), [1, 1, 1]));
            Assert.Equal(Math.Pow(n - 1, 3) + (3 * Math.Pow(n - 1, 2)) + (1.5 * (n - 1)) + (1.0 / 6), mesh.Volume, 1e-11);
            Assert.Equal((6 * Math.Pow(n - 1, 2)) + (12 * (n - 1) / Math.Sqrt(2)) + Math.Sqrt(3), mesh.Area, 1e-11);
        }
    }

    [Fact]
    public void The_surface_of_a_mask_and_of_its_complement_enclose_the_space_between_them()
    {
        // A hollow: the inner surface is subtracted.
        var full = new byte[125];
        Array.Fill(full, (byte)1);
        var hollow = (byte[])full.Clone();
        hollow[62] = 0;
        var difference = SurfaceMesh.Of(Box((5, 5, 5, full), [1, 1, 1])).Volume - SurfaceMesh.Of(Box((5, 5, 5, hollow), [1, 1, 1])).Volume;
        Assert.Equal(1.0 / 6, difference, 1e-12);
    }

    private static IEnumerable<MarchingCubesTable.Triangle> Triangles((int I, int J, int K, byte[] Mask) m, double[] s)
    {
        bool Inside(int i, int j, int k) =>
            i >= 0 && j >= 0 && k >= 0 && i < m.I && j < m.J && k < m.K && m.Mask[i + (m.I * (j + (m.J * k)))] != 0;
        for (var k = -1; k < m.K; k++)
        {
            for (var j = -1; j < m.J; j++)
            {
                for (var i = -1; i < m.I; i++)
                {
                    var configuration = Enumerable.Range(0, 8)
                        .Sum(c => Inside(i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2)) ? 1 << c : 0);
                    var at = new MarchingCubesTable.Vertex(2 * i, 2 * j, 2 * k);
                    foreach (var t in MarchingCubesTable.Triangles(configuration, s[0], s[1], s[2]))
                        yield return new(t.A + at, t.B + at, t.C + at);
                }
            }
        }
    }

    private static VoxelBox Box((int I, int J, int K, byte[] Mask) m, double[] spacing) =>
        new(m.I, m.J, m.K, 0, 0, 0, m.Mask, spacing[0], spacing[1], spacing[2]);
}
