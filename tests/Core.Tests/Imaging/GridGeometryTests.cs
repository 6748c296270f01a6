using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Core.Tests.Imaging;

public class GridGeometryTests
{
    private static readonly GridGeometry Oblique = new(
        4, 5, 6, 0.5, 0.75, 2, new(10, -20, 30), new(0.8, 0.6, 0), new(-0.6, 0.8, 0), new(0, 0, 1));

    [Fact]
    public void Voxel_to_patient_and_back_is_the_identity()
    {
        var voxel = Oblique.ToVoxel(Oblique.ToPatient(1.25, 3.5, -2));
        Assert.Equal(1.25, voxel.X, 12);
        Assert.Equal(3.5, voxel.Y, 12);
        Assert.Equal(-2, voxel.Z, 12);
    }

    [Fact]
    public void Corner_distance_is_measured_in_voxels()
    {
        var moved = Oblique with { Origin = Oblique.Origin + (Oblique.AxisK * 0.5) };
        Assert.Equal(0.25, Oblique.CornerDistanceVoxels(moved), 12);
        Assert.False(Oblique.SharesSpaceWith(moved));
        Assert.True(Oblique.SharesSpaceWith(Oblique with { Origin = Oblique.Origin + (Oblique.AxisK * 0.019) }));
    }

    [Fact]
    public void Grids_of_different_counts_share_no_space() =>
        Assert.Equal(double.PositiveInfinity, Oblique.CornerDistanceVoxels(Oblique with { CountK = 7 }));
}
