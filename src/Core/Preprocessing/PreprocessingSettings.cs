namespace RadiogenomicsCloud.Preprocessing;

/// <summary>Interpolation kernels of IBSI processing.</summary>
public enum Interpolation
{
    Nearest,

    /// <summary>Bilinear or trilinear.</summary>
    Linear,

    /// <summary>Bicubic or tricubic spline (Catmull–Rom is not meant: the interpolating cubic B-spline).</summary>
    Cubic,
}

/// <summary>Resampling to a new spacing; both grids share their centre (IBSI "align grid centers").</summary>
/// <param name="SpacingMm">New spacing in mm along i, j, k. Two values resample in the slice plane only and keep the slices.</param>
/// <param name="Image">Kernel for intensities.</param>
/// <param name="Mask">Kernel for the mask, thresholded at 0.5 (a voxel of partial volume ≥ 0.5 is inside).</param>
public sealed record ResampleSettings(
    IReadOnlyList<double> SpacingMm, Interpolation Image = Interpolation.Cubic, Interpolation Mask = Interpolation.Linear);

/// <summary>Resegmentation of the intensity mask: by range, and by distance from the mean.</summary>
/// <param name="Low">Lowest intensity that stays inside, inclusive; null is unbounded.</param>
/// <param name="High">Highest intensity that stays inside, inclusive; null is unbounded.</param>
/// <param name="Sigma">Intensities outside mean ± Sigma population standard deviations (of the range-resegmented ROI) leave; null does nothing.</param>
public sealed record ResegmentSettings(double? Low = null, double? High = null, double? Sigma = null);

public enum DiscretiseMethod
{
    /// <summary>Fixed bin size: bins of <see cref="DiscretiseSettings.BinWidth"/> from the lower bound of the resegmentation range, or from the ROI's minimum where there is none.</summary>
    FBS,

    /// <summary>Fixed bin number: <see cref="DiscretiseSettings.Bins"/> bins between the ROI's minimum and maximum.</summary>
    FBN,
}

/// <summary>Discretisation of ROI intensities to grey levels 1..Ng.</summary>
public sealed record DiscretiseSettings(DiscretiseMethod Method, double? BinWidth = null, int? Bins = null);

/// <summary>All processing of one image between import and features, in the order of the IBSI scheme.</summary>
/// <param name="RoundIntensities">Round interpolated intensities to integers; null means: for CT (Hounsfield) after resampling only.</param>
public sealed record PreprocessingSettings(
    ResampleSettings? Resample = null,
    ResegmentSettings? Resegment = null,
    DiscretiseSettings? Discretise = null,
    bool? RoundIntensities = null);
