namespace RadiogenomicsCloud.Radiomics;

/// <summary>
/// Keys of the ways to bring the matrices of directions and slices down to one value, as in the tags of the IBSI reference tables.
/// Slices are the planes of constant k. The first six are of matrices that have directions (GLCM, GLRLM), the last three of those that
/// have none (zones, distance zones, neighbourhoods). In settings a key of the first six also asks for the other matrices in the same
/// dimensions, and one of the last three for everything in these dimensions, so that a key never leaves a family empty.
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

    /// <summary>2D: a feature of every slice's matrix, averaged (IBSI 8QNN).</summary>
    public const string TwoDimensional = "2D";

    /// <summary>2.5D: the matrices of the slices are merged (IBSI 62GR).</summary>
    public const string TwoAndAHalfDimensional = "2_5D";

    /// <summary>3D: one matrix of the volume (IBSI KOBO).</summary>
    public const string ThreeDimensional = "3D";

    /// <summary>What is computed where the settings name none.</summary>
    public static IReadOnlyList<string> Default { get; } = [ThreeDimensional];

    /// <summary>Those of matrices with directions, in catalogue order.</summary>
    public static IReadOnlyList<string> OfDirections { get; } =
    [
        TwoDimensionalAveraged, TwoDimensionalSliceMerged, TwoAndAHalfDimensionalDirectionMerged, TwoAndAHalfDimensionalMerged,
        ThreeDimensionalAveraged, ThreeDimensionalMerged,
    ];

    /// <summary>Those of matrices without directions, in catalogue order.</summary>
    public static IReadOnlyList<string> OfZones { get; } = [TwoDimensional, TwoAndAHalfDimensional, ThreeDimensional];

    /// <summary>All keys, in catalogue order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfDirections, .. OfZones];

    /// <summary>Whether a feature of this aggregation is wanted where these keys are asked for; null where it has none.</summary>
    internal static bool IsWanted(string? aggregation, IReadOnlyList<string>? asked)
    {
        if (aggregation is null)
            return true;
        var dimensions = DimensionsOf(aggregation);
        var isOfAll = aggregation.Length == dimensions.Length;
        foreach (var key in asked ?? Default)
        {
            if (key == aggregation || dimensions.SequenceEqual(key) || (isOfAll && dimensions.SequenceEqual(DimensionsOf(key))))
                return true;
        }
        return false;
    }

    private static ReadOnlySpan<char> DimensionsOf(string aggregation) => aggregation.AsSpan(0, aggregation.IndexOf('D', StringComparison.Ordinal) + 1);
}
