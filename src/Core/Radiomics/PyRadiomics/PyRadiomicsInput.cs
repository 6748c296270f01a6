using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// What PyRadiomics' features are computed from: one region, its grey levels, and the measures of the standard that each is or is made
/// of. Each is made once and when it is first asked for.
/// </summary>
internal sealed class PyRadiomicsInput
{
    private readonly Dictionary<string, FeatureValue> _standard = new(StringComparer.Ordinal);
    private readonly Lazy<LevelBox?> _levels;
    private readonly Lazy<IReadOnlyDictionary<string, double>> _pairs;
    private readonly Lazy<IReadOnlyDictionary<string, double>> _runs;
    private readonly Lazy<IReadOnlyDictionary<string, double>> _tones;

    /// <param name="levels">Null where no wanted feature needs any; its slices are the planes that textures look within.</param>
    public PyRadiomicsInput(RegionOfInterest roi, DiscretisedRegion? levels, PyRadiomicsFeatureSettings settings)
    {
        Roi = roi;
        Settings = settings;
        _levels = new(() => levels is null ? null : LevelBox.Of(levels));
        _pairs = new(() => Levels is { } box ? DirectionalFeatures.OfPairs(box, levels!.Grid, settings) : Nothing);
        _runs = new(() => Levels is { } box ? DirectionalFeatures.OfRuns(box, levels!.Grid, settings) : Nothing);
        _tones = new(() => Levels is { } box ? ToneFeatures.Of(box, settings.SliceAxis is not null) : Nothing);
        ComputeMcc = () => Levels is { } box && box.OccupiedCount <= MaximalCorrelation.MaximumLevels
            ? DirectionalFeatures.Mcc(box, levels!.Grid, settings) ?? double.NaN
            : double.NaN;
    }

    public RegionOfInterest Roi { get; }

    public PyRadiomicsFeatureSettings Settings { get; }

    /// <summary>Null where no voxel has a level.</summary>
    public LevelBox? Levels => _levels.Value;

    public double Mcc => ComputeMcc();

    private static IReadOnlyDictionary<string, double> Nothing { get; } = new Dictionary<string, double>();

    private Func<double> ComputeMcc { get; }

    public void Add(IEnumerable<FeatureValue> values)
    {
        foreach (var value in values)
            _standard[value.Definition.Tag] = value;
    }

    /// <summary>A feature of the standard's families by its tag in full.</summary>
    public FeatureValue Standard(string tag) => _standard[tag];

    /// <summary>The same where it has a value, else NaN.</summary>
    public double Value(string tag) => Standard(tag).Value;

    /// <summary>A measure of the matrices that are brought down in PyRadiomics' own way, by the standard's tag without aggregation; NaN where there is no matrix.</summary>
    public double Measure(PyRadiomicsFeature feature)
    {
        var measures = feature.Class switch
        {
            PyRadiomicsCatalogue.Glcm => _pairs.Value,
            PyRadiomicsCatalogue.Glrlm => _runs.Value,
            _ => _tones.Value,
        };
        return measures.GetValueOrDefault(feature.IbsiTag!, double.NaN);
    }
}
