using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.Zones;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>
/// What the families compute from: one prepared region, what is wanted of it, and everything that several families need, made once and
/// when it is first asked for. For one extraction on one thread.
/// </summary>
public sealed class FeatureInput
{
    /// <summary>The reason where a mask has no voxel.</summary>
    internal const string EmptyRegion = "the region has no voxel";

    /// <summary>The reason where an intensity in the intensity mask is NaN or infinite. A region that was prepared has none.</summary>
    internal const string NotFinite = "the region has intensities that are not finite numbers";

    private double[]? _sorted;
    private LevelBox? _levels;
    private bool _hasLevels;
    private ZoneMap? _sliceZones;
    private ZoneMap? _volumeZones;

    /// <exception cref="ArgumentException">
    /// Image, masks and levels are not of one grid, or the intensity mask has voxels that the morphological mask has not.
    /// </exception>
    public FeatureInput(RegionOfInterest roi, DiscretisedRegion? discretised, FeatureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(roi);
        ArgumentNullException.ThrowIfNull(settings);
        Check(roi, discretised);
        Roi = roi;
        DiscretisedOrNull = discretised;
        Settings = settings;
    }

    public RegionOfInterest Roi { get; }

    public FeatureSettings Settings { get; }

    /// <summary>Grey levels on the grid of <see cref="Roi"/>.</summary>
    /// <exception cref="InvalidOperationException">There are none, which the extractor refuses before any family asks.</exception>
    public DiscretisedRegion Discretised =>
        DiscretisedOrNull ?? throw new InvalidOperationException("This region has no grey levels.");

    /// <summary>Intensities in the intensity mask, ascending; NaN, if any, first or last.</summary>
    internal ReadOnlySpan<double> SortedIntensities => _sorted ??= Sorted(Roi);

    /// <summary>Grey levels in their bounding box with a margin of one voxel; null where no voxel has any.</summary>
    internal LevelBox? Levels
    {
        get
        {
            if (!_hasLevels)
                (_levels, _hasLevels) = (LevelBox.Of(Discretised), true);
            return _levels;
        }
    }

    /// <summary>Zones within slices; null where no voxel has a level.</summary>
    internal ZoneMap? SliceZones => _sliceZones ??= Levels is { } levels ? ZoneMap.InSlices(levels) : null;

    /// <summary>Zones in the volume; null where no voxel has a level.</summary>
    internal ZoneMap? VolumeZones => _volumeZones ??= Levels is { } levels ? ZoneMap.InVolume(levels) : null;

    private DiscretisedRegion? DiscretisedOrNull { get; }

    /// <summary>Whether features of this aggregation are wanted; true for null, of families that have none.</summary>
    public bool IsWanted(string? aggregation) => TextureAggregation.IsWanted(aggregation, Settings.Aggregations);

    /// <summary>Whether this feature is wanted, so that costly ones can be left out.</summary>
    public bool IsWanted(FeatureDefinition feature) => FeatureCatalogue.IsWanted(feature, Settings);

    // What follows indexes one by the other, and distances to the edge are those of voxels within.
    private static void Check(RegionOfInterest roi, DiscretisedRegion? discretised)
    {
        if (!IsSame(roi.MorphologicalMask.Grid) || !IsSame(roi.IntensityMask.Grid) || (discretised is not null && !IsSame(discretised.Grid)))
            throw new ArgumentException("Image, masks and grey levels of a region must have one grid.", nameof(roi));
        var (outer, inner) = (roi.MorphologicalMask.Values, roi.IntensityMask.Values);
        if (ReferenceEquals(outer, inner))
            return;
        for (var v = 0; v < inner.Length; v++)
        {
            if (inner[v] != 0 && outer[v] == 0)
                throw new ArgumentException("The intensity mask has voxels that the morphological mask has not.", nameof(roi));
        }

        bool IsSame(Imaging.GridGeometry grid) =>
            (grid.CountI, grid.CountJ, grid.CountK) == (roi.Image.Grid.CountI, roi.Image.Grid.CountJ, roi.Image.Grid.CountK);
    }

    private static double[] Sorted(RegionOfInterest roi)
    {
        ReadOnlySpan<byte> inside = roi.IntensityMask.Values;
        var image = roi.Image.Values;
        var sorted = new double[roi.IntensityMask.Count()];
        var next = 0;
        for (var v = 0; v < inside.Length; v++)
        {
            if (inside[v] == 0)
            {
                // Most of what is outside comes in long runs.
                var run = inside[v..].IndexOfAnyExcept((byte)0);
                if (run < 0)
                    break;
                v += run;
            }
            sorted[next++] = image[v];
        }
        AscendingSort.InPlace(sorted);
        return sorted;
    }
}
