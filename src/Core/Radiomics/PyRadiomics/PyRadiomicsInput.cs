using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>What PyRadiomics' own features are computed from: one region, its grey levels, and the standard's features of both.</summary>
internal sealed class PyRadiomicsInput
{
    private readonly Dictionary<string, FeatureValue> _standard = new(StringComparer.Ordinal);
    private LevelBox? _levels;
    private bool _hasLevels;
    private ToneDifferences? _tones;

    /// <param name="levels">Null where no wanted feature needs any; slices are the planes that textures look within.</param>
    public PyRadiomicsInput(RegionOfInterest roi, DiscretisedRegion? levels, PyRadiomicsFeatureSettings settings)
    {
        Roi = roi;
        Discretised = levels;
        Settings = settings;
    }

    public RegionOfInterest Roi { get; }

    public DiscretisedRegion? Discretised { get; }

    public PyRadiomicsFeatureSettings Settings { get; }

    public bool InSlices => Settings.SliceAxis is not null;

    /// <summary>Null where no voxel has a level.</summary>
    public LevelBox? Levels
    {
        get
        {
            if (!_hasLevels)
                (_levels, _hasLevels) = (Discretised is null ? null : LevelBox.Of(Discretised), true);
            return _levels;
        }
    }

    public ToneDifferences? Tones => _tones ??= Levels is { } levels ? ToneDifferences.Of(levels, InSlices) : null;

    /// <summary>The tag of the aggregation that the settings ask for.</summary>
    public string Tag(string ibsiTag)
    {
        var prefix = ibsiTag[..(ibsiTag.IndexOf('_', StringComparison.Ordinal))];
        return prefix switch
        {
            "cm" or "rlm" => $"{ibsiTag}_{Dimensions}_{(Settings.MergeDirections ? "comb" : "avg")}",
            "szm" or "ngl" => $"{ibsiTag}_{Dimensions}",
            _ => ibsiTag,
        };
    }

    public void Add(IEnumerable<FeatureValue> values)
    {
        foreach (var value in values)
            _standard[value.Definition.Tag] = value;
    }

    /// <summary>The standard's feature in the aggregation of the settings.</summary>
    public FeatureValue Standard(string ibsiTag) => _standard[Tag(ibsiTag)];

    public double Value(string ibsiTag) => Standard(ibsiTag).Value;

    private string Dimensions => InSlices ? "2_5D" : "3D";
}
