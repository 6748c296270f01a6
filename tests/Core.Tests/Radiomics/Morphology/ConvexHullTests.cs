using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;

public sealed class ConvexHullTests
{
    private static readonly Gen<VoxelBox> RandomBox =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[2, 6]).SelectMany((i, j, k, rarity) =>
            Gen.Int[1, rarity].Select(v => v == 1 ? (byte)1 : (byte)0).Array[i * j * k].Where(m => m.Any(v => v != 0))
                .Select(m => VoxelBox.Of(new(GridGeometry.AxisAligned(i, j, k, 1.3, 0.9, 2), m))!));

    [Fact]
    public void The_hull_encloses_every_half_voxel_star_convexly_and_is_closed() => RandomBox.Sample(
        box =>
        {
            var hull = ConvexHull.Of(HullCandidates.Of(box));
            var stars = Stars(box).ToList();
            foreach (var facet in hull.Facets)
            {
                var n = hull.Normal(facet);
                Assert.NotEqual((0L, 0L, 0L), n);
                var on = hull.Vertices[facet.A];
                Assert.All(stars, p => Assert.True((n.X * (p.X - on.X)) + (n.Y * (p.Y - on.Y)) + (n.Z * (p.Z - on.Z)) <= 0));
            }
            Assert.Subset(stars.ToHashSet(), hull.Vertices.ToHashSet());
            var edges = hull.Facets.SelectMany(f => new[] { (f.A, f.B), (f.B, f.C), (f.C, f.A) }).ToHashSet();
            Assert.Equal(3 * hull.Facets.Count, edges.Count);
            Assert.All(edges, e => Assert.Contains((e.Item2, e.Item1), edges));
            // Euler: V − E + F = 2.
            Assert.Equal(2, hull.Vertices.Count - (edges.Count / 2) + hull.Facets.Count);
        },
        iter: 400, threads: 1);

    [Fact]
    public void The_diameter_is_the_largest_distance_of_any_two_mesh_vertices() => RandomBox.Sample(
        box =>
        {
            var points = Stars(box).Select(p => new Point3(p.X * box.SpacingI / 2, p.Y * box.SpacingJ / 2, p.Z * box.SpacingK / 2)).ToList();
            var largest = points.Max(a => points.Max(b => (a - b).Length));
            Assert.Equal(largest, HullGeometry.Of(ConvexHull.Of(HullCandidates.Of(box)), box).Diameter(), 1e-12);
        },
        iter: 60, threads: 1);

    [Fact]
    public void The_hull_of_a_voxel_is_its_octahedron()
    {
        var box = new VoxelBox(1, 1, 1, 0, 0, 0, [1], 2, 2, 2);
        var hull = HullGeometry.Of(ConvexHull.Of(HullCandidates.Of(box)), box);
        Assert.Equal((4.0 / 3, 2.0), (hull.Volume, hull.Diameter()));
        Assert.Equal(SurfaceMesh.Of(box).Area, hull.Area, 1e-13);
        Assert.Equal(4, hull.Normals.Length);
    }

    [Fact]
    public void A_convex_region_fills_its_hull()
    {
        var roi = MorphologyCase.Region(9, 7, 5, _ => true, 1, 2, 3);
        var box = MorphologyCase.Box(roi);
        var (mesh, hull) = (SurfaceMesh.Of(box), HullGeometry.Of(ConvexHull.Of(HullCandidates.Of(box)), box));
        Assert.Equal(mesh.Volume, hull.Volume, 1e-9);
        Assert.Equal(mesh.Area, hull.Area, 1e-9);
    }

    /// <summary>Half a voxel from every voxel along each axis: the naive set of which the candidates are the extreme ones.</summary>
    private static IEnumerable<LatticePoint> Stars(VoxelBox box)
    {
        for (var v = 0; v < box.Inside.Length; v++)
        {
            if (box.Inside[v] == 0)
                continue;
            var (x, y, z) = (2 * (v % box.CountI), 2 * (v / box.CountI % box.CountJ), 2 * (v / (box.CountI * box.CountJ)));
            foreach (var d in (int[])[-1, 1])
            {
                yield return new(x + d, y, z);
                yield return new(x, y + d, z);
                yield return new(x, y, z + d);
            }
        }
    }
}
