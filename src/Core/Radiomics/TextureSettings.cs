namespace RadiogenomicsCloud.Radiomics;

/// <summary>How the length of the step between two voxels is measured, in voxels whatever the spacing.</summary>
public enum DistanceNorm
{
    /// <summary>The largest of the three differences.</summary>
    Chebyshev,

    Euclidean,

    /// <summary>The sum of the three differences.</summary>
    Manhattan,
}

/// <summary>What a pair of voxels counts for by the length d of the step between them, in voxels.</summary>
public enum DistanceWeight
{
    /// <summary>1, whatever the distance.</summary>
    None,

    /// <summary>1/d.</summary>
    Inverse,

    /// <summary>exp(−d²).</summary>
    Gaussian,
}

/// <summary>The neighbours of a voxel: those at a distance, and what they count for.</summary>
/// <param name="Distance">1 to <see cref="MaxDistance"/> voxels.</param>
public sealed record NeighbourSettings(
    int Distance = 1,
    DistanceNorm Norm = DistanceNorm.Chebyshev,
    DistanceWeight Weight = DistanceWeight.None,
    DistanceNorm WeightNorm = DistanceNorm.Euclidean)
{
    /// <summary>The longest distance that can be asked for, in voxels.</summary>
    public const int MaxDistance = 16;
}

/// <summary>Options of the texture matrices. Each is the standard's default where it is null.</summary>
/// <param name="Glcm">Pairs of the co-occurrence matrix: the directions of the steps at this distance, and their weights.</param>
/// <param name="Glrlm">Weights of the directions of runs; the distance is always 1.</param>
/// <param name="Ngtdm">Neighbourhood whose mean is compared with a voxel: all neighbours up to the distance.</param>
/// <param name="Ngldm">Neighbourhood in which dependent voxels are counted: all neighbours up to the distance.</param>
/// <param name="NgldmCoarseness">α of the NGLDM: a neighbour depends if its level differs by at most this; 0 or more.</param>
public sealed record TextureSettings(
    NeighbourSettings? Glcm = null,
    NeighbourSettings? Glrlm = null,
    NeighbourSettings? Ngtdm = null,
    NeighbourSettings? Ngldm = null,
    int NgldmCoarseness = 0);
