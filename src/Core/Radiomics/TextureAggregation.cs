namespace RadiogenomicsCloud.Radiomics;

/// <summary>
/// Keys of the ways to bring the matrices of directions and slices down to one value, as in the tags of the IBSI reference tables.
/// Slices are the planes of constant k.
/// </summary>
public static class TextureAggregation
{
    /// <summary>2D, averaged: a feature of every direction's matrix in every slice, averaged (IBSI BTW3).</summary>
    public const string TwoDimensionalAveraged = "2D_avg";

    /// <summary>2D, slice-merged: the directions of a slice are merged; features averaged over slices (IBSI SUJT).</summary>
    public const string TwoDimensionalSliceMerged = "2D_comb";

    /// <summary>2.5D, direction-merged: the slices of a direction are merged; features averaged over directions (IBSI JJUI).</summary>
    public const string TwoAndAHalfDimensionalDirectionMerged = "2_5D_avg";

    /// <summary>2.5D, merged: all slices and in-plane directions in one matrix (IBSI ZW7Z).</summary>
    public const string TwoAndAHalfDimensionalMerged = "2_5D_comb";

    /// <summary>3D, averaged: a feature of each of the 13 directions' matrices, averaged (IBSI ITBB).</summary>
    public const string ThreeDimensionalAveraged = "3D_avg";

    /// <summary>3D, merged: all 13 directions in one matrix (IBSI IAZD).</summary>
    public const string ThreeDimensionalMerged = "3D_comb";

    /// <summary>What is computed where the settings name none.</summary>
    public static IReadOnlyList<string> Default { get; } = [ThreeDimensionalAveraged, ThreeDimensionalMerged];

    /// <summary>All keys, in catalogue order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        TwoDimensionalAveraged, TwoDimensionalSliceMerged, TwoAndAHalfDimensionalDirectionMerged, TwoAndAHalfDimensionalMerged,
        ThreeDimensionalAveraged, ThreeDimensionalMerged,
    ];
}
