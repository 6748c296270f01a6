namespace RadiogenomicsCloud.Preprocessing;

/// <summary>Where the grid of resampling lies against the old one.</summary>
internal enum GridAlignment
{
    /// <summary>Both share their centre (IBSI "align grid centers"); centres outside the old ones take the value at the border.</summary>
    Centres,

    /// <summary>
    /// Both share the outer corner of their first voxel, as in PyRadiomics; voxels whose centre lies outside the image are left out, and
    /// the spline runs on, mirrored, up to the outer faces of the image, as in ITK.
    /// </summary>
    Corners,
}
