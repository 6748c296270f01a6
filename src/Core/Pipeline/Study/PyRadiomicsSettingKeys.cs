namespace RadiogenomicsCloud.Pipeline;

/// <summary>What becomes of a key of <c>setting</c>.</summary>
public enum PyRadiomicsSettingUse
{
    /// <summary>Does here what it does in PyRadiomics.</summary>
    Honoured,

    /// <summary>Honoured at some values, refused with a reason at others.</summary>
    InPart,

    /// <summary>Has no effect on the features here.</summary>
    WithoutEffect,
}

/// <summary>One key of <c>setting</c> in a parameter file of PyRadiomics.</summary>
/// <param name="Remark">One sentence for the documentation.</param>
/// <param name="OfTextures">Whether it can also be given below <c>imageType: Original</c>.</param>
public sealed record PyRadiomicsSettingKey(string Name, PyRadiomicsSettingUse Use, string Remark, bool OfTextures = false);

/// <summary>The keys of <c>setting</c> that a parameter file of PyRadiomics may have, by its schema; any other is refused.</summary>
public static class PyRadiomicsSettingKeys
{
    private const string OfFilters = "A setting of filters, which the original image does not have.";

    /// <summary>All keys, in the order of the documentation.</summary>
    public static IReadOnlyList<PyRadiomicsSettingKey> All { get; } =
    [
        new("binWidth", PyRadiomicsSettingUse.Honoured, "Bin edges are multiples of the width; 25 unless given.", true),
        new("binCount", PyRadiomicsSettingUse.Honoured, "In place of a width.", true),
        new("voxelArrayShift", PyRadiomicsSettingUse.Honoured, "Energy, TotalEnergy and RootMeanSquared.", true),
        new("weightingNorm", PyRadiomicsSettingUse.Honoured, "manhattan, euclidean, infinity and no_weighting merge the directions; without it features are averaged.", true),
        new("gldm_a", PyRadiomicsSettingUse.Honoured, "The dependence cutoff.", true),
        new("force2D", PyRadiomicsSettingUse.Honoured, "Textures look within planes alone.", true),
        new("force2Ddimension", PyRadiomicsSettingUse.Honoured, "0, 1 or 2: planes across k, j or i; without effect unless force2D is true.", true),
        new("distances", PyRadiomicsSettingUse.InPart, "[1] alone; others are refused.", true),
        new("symmetricalGLCM", PyRadiomicsSettingUse.InPart, "true alone; the standard's matrix is symmetrical.", true),
        new("resampledPixelSpacing", PyRadiomicsSettingUse.Honoured, "The new grid shares the image's first corner, the mask takes its nearest voxel, 0 keeps the spacing of an axis."),
        new("interpolator", PyRadiomicsSettingUse.InPart, "sitkNearestNeighbor, sitkLinear and sitkBSpline, or 1, 2 and 3; others are refused."),
        new("normalize", PyRadiomicsSettingUse.Honoured, "By mean and standard deviation of the whole image."),
        new("normalizeScale", PyRadiomicsSettingUse.Honoured, "Without effect unless normalize is true."),
        new("removeOutliers", PyRadiomicsSettingUse.Honoured, "Without effect unless normalize is true."),
        new("resegmentRange", PyRadiomicsSettingUse.Honoured, "One bound is the lower one."),
        new("resegmentMode", PyRadiomicsSettingUse.Honoured, "absolute, relative and sigma."),
        new("resegmentShape", PyRadiomicsSettingUse.Honoured, "Whether shape is that of what is left."),
        new("minimumROIDimensions", PyRadiomicsSettingUse.Honoured, "2 unless given; a region of one voxel is always refused."),
        new("minimumROISize", PyRadiomicsSettingUse.Honoured, "The region must have more voxels than this."),
        new("label", PyRadiomicsSettingUse.Honoured, "The value of the region in a NIfTI label map, unless a region is named on the command line; 1 unless given. DICOM contours have no values."),
        new("label_channel", PyRadiomicsSettingUse.InPart, "0 alone; masks of several channels are not read."),
        new("geometryTolerance", PyRadiomicsSettingUse.WithoutEffect, "Corners of image and mask must agree within 0.01 voxels."),
        new("correctMask", PyRadiomicsSettingUse.WithoutEffect, "A mask on another grid than its image is refused, not resampled."),
        new("padDistance", PyRadiomicsSettingUse.WithoutEffect, "Interpolation always sees the whole image."),
        new("preCrop", PyRadiomicsSettingUse.WithoutEffect, "Cropping changes no feature of the original image."),
        new("additionalInfo", PyRadiomicsSettingUse.WithoutEffect, "No diagnostics_… columns are written."),
        new("enableCExtensions", PyRadiomicsSettingUse.WithoutEffect, "A switch of old versions of PyRadiomics."),
        new("sigma", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("start_level", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("level", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("wavelet", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("gradientUseSpacing", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("lbp2DRadius", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("lbp2DSamples", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("lbp2DMethod", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("lbp3DLevels", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("lbp3DIcosphereRadius", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
        new("lbp3DIcosphereSubdivision", PyRadiomicsSettingUse.WithoutEffect, OfFilters),
    ];
}
