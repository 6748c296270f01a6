using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>Everything that a PyRadiomics parameter file asks for and this system does in the same way.</summary>
/// <param name="Label">The value of the region's voxels in a label map; for whoever reads the mask.</param>
public sealed record PyRadiomicsSettings(PyRadiomicsProcessing Processing, PyRadiomicsFeatureSettings Features, int Label = 1)
{
    /// <summary>What PyRadiomics does without a parameter file.</summary>
    public static PyRadiomicsSettings Default { get; } = new(new(), new());
}

/// <summary>From the image to the region, in PyRadiomics' order: normalisation, resampling, resegmentation, checks of the region's size.</summary>
/// <param name="Normalise">Null leaves intensities as they are.</param>
/// <param name="Resample">Null keeps the grid.</param>
/// <param name="Resegment">Null keeps every voxel of the mask.</param>
/// <param name="MinimumDimensions">Axes along which the region must be longer than one voxel, 1 to 3 (<c>minimumROIDimensions</c>).</param>
/// <param name="MinimumSize">The region must have more voxels than this (<c>minimumROISize</c>); null asks for none.</param>
public sealed record PyRadiomicsProcessing(
    PyRadiomicsNormalisation? Normalise = null,
    PyRadiomicsResampling? Resample = null,
    PyRadiomicsResegmentation? Resegment = null,
    int MinimumDimensions = 2,
    int? MinimumSize = null);

/// <summary>Intensities become scale · (x − mean)/deviation of the whole image (deviation with n − 1).</summary>
/// <param name="Scale">Greater than 0 (<c>normalizeScale</c>).</param>
/// <param name="Outliers">Before scaling, what lies further than this many deviations from the mean is set there; null sets nothing.</param>
public sealed record PyRadiomicsNormalisation(double Scale = 1, double? Outliers = null);

/// <summary>Resampling to a grid that shares the image's first corner; the mask by its nearest voxel.</summary>
/// <param name="SpacingMm">Along i, j, k; 0 keeps the spacing of that axis, as does an axis along which the region is one voxel thin.</param>
/// <param name="Image">Kernel for intensities (<c>interpolator</c>).</param>
public sealed record PyRadiomicsResampling(IReadOnlyList<double> SpacingMm, Interpolation Image = Interpolation.Cubic);

/// <summary>What the bounds of resegmentation count in.</summary>
public enum PyRadiomicsRange
{
    /// <summary>The image's unit.</summary>
    Absolute,

    /// <summary>Fractions of the region's maximum.</summary>
    Relative,

    /// <summary>Population standard deviations from the region's mean.</summary>
    Sigma,
}

/// <summary>Voxels outside the bounds, which are inclusive, leave the region.</summary>
/// <param name="High">Null is unbounded.</param>
/// <param name="Shape">Whether they leave the region of the shape features too (<c>resegmentShape</c>).</param>
public sealed record PyRadiomicsResegmentation(
    double Low, double? High = null, PyRadiomicsRange Mode = PyRadiomicsRange.Absolute, bool Shape = false);

/// <summary>Which features are wanted, and how grey levels and texture matrices are made.</summary>
/// <param name="Features">Definitions of <see cref="PyRadiomicsCatalogue"/>; null means all that are not deprecated.</param>
/// <param name="BinWidth">Width of a bin in the image's unit; edges are multiples of it. Without effect where there is a bin count.</param>
/// <param name="BinCount">Number of bins between the region's minimum and maximum.</param>
/// <param name="VoxelArrayShift">Added to every intensity for energy, total energy and root mean square.</param>
/// <param name="Weighting">
/// Co-occurrence and run-length matrices of all directions are added up with these weights (<c>weightingNorm</c>); null averages the
/// features of the directions.
/// </param>
/// <param name="SliceAxis">
/// <c>force2D</c>: textures look only within the planes across this axis of the array as PyRadiomics counts them: 0 is k, 1 is j, 2 is i.
/// Null is 3D.
/// </param>
/// <param name="DependenceCutoff">A neighbour depends on a voxel where their levels differ by at most this (<c>gldm_a</c>); 0 or more.</param>
public sealed record PyRadiomicsFeatureSettings(
    IReadOnlyList<PyRadiomicsFeature>? Features = null,
    double BinWidth = 25,
    int? BinCount = null,
    double VoxelArrayShift = 0,
    PyRadiomicsWeighting? Weighting = null,
    int? SliceAxis = null,
    int DependenceCutoff = 0);
