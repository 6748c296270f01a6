using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.Intensity;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>First moments of the intensities in the intensity mask.</summary>
/// <param name="Mean">In the image's unit; NaN where a double cannot tell it from 0.</param>
/// <param name="WeightedCentre">Mean position weighted by intensity, mm from the box's first voxel; NaN where the intensities sum to 0.</param>
internal sealed record IntensityMoments(double Mean, Point3 WeightedCentre)
{
    public static IntensityMoments Of(RegionOfInterest roi, VoxelBox box)
    {
        var scale = IntensityScale.For(LargestOf(roi, box));
        double count = 0, sum = 0, x = 0, y = 0, z = 0;
        for (var k = 0; k < box.CountK; k++)
        {
            for (var j = 0; j < box.CountJ; j++)
            {
                var inside = box.Line(j, k);
                var intensities = box.LineOf(roi.Image, j, k);
                for (var i = 0; i < inside.Length; i++)
                {
                    if (inside[i] == 0)
                        continue;
                    var value = scale.IsOne ? intensities[i] : scale.Down(intensities[i]);
                    count++;
                    sum += value;
                    x += value * i;
                    y += value * j;
                    z += value * k;
                }
            }
        }
        var centre = sum == 0
            ? new Point3(double.NaN, double.NaN, double.NaN)
            : new(x / sum * box.SpacingI, y / sum * box.SpacingJ, z / sum * box.SpacingK);
        return new(scale.Up(sum / count, 1), centre);
    }

    /// <summary>The largest absolute intensity inside.</summary>
    public static double LargestOf(RegionOfInterest roi, VoxelBox box)
    {
        var largest = 0.0;
        for (var k = 0; k < box.CountK; k++)
        {
            for (var j = 0; j < box.CountJ; j++)
            {
                var inside = box.Line(j, k);
                var intensities = box.LineOf(roi.Image, j, k);
                for (var i = 0; i < inside.Length; i++)
                {
                    if (inside[i] != 0)
                        largest = Math.Max(largest, Math.Abs(intensities[i]));
                }
            }
        }
        return largest;
    }
}
