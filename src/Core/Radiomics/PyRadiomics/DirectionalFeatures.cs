using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Radiomics.Glcm;
using RadiogenomicsCloud.Radiomics.Glrlm;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// The standard's measures of co-occurrence and run-length matrices, by the standard's tag without aggregation, brought down to one
/// value as in PyRadiomics: the mean over those of the 13 directions (4 within slices) that take part, or one matrix of all of them.
/// </summary>
internal static class DirectionalFeatures
{
    private static readonly string[] PairTags = Tags(new GlcmFamily());
    private static readonly string[] RunTags = Tags(new GlrlmFamily());
    private static readonly int Imc1 = Array.IndexOf(PairTags, "cm_info_corr1");
    private static readonly int JointEntropy = Array.IndexOf(PairTags, "cm_joint_entr");

    /// <summary>Co-occurrence, with 0 in place of 1 for the first information correlation of a matrix of a single pair of levels.</summary>
    public static IReadOnlyDictionary<string, double> OfPairs(LevelBox levels, GridGeometry grid, PyRadiomicsFeatureSettings settings)
    {
        var steps = DirectionWeights.OfPairs(grid, settings.Weighting ?? PyRadiomicsWeighting.None);
        var matrices = new CoOccurrenceMatrices(GlcmFamily.CounterFor(levels, steps), levels.LevelCount);
        return Measure(levels, matrices, Directions(settings), PairTags, settings, _ => true, features =>
        {
            if (features[JointEntropy] == 0)
                features[Imc1] = 0;
        });
    }

    /// <summary>Run lengths, without the directions in which no line holds two voxels of the region.</summary>
    public static IReadOnlyDictionary<string, double> OfRuns(LevelBox levels, GridGeometry grid, PyRadiomicsFeatureSettings settings)
    {
        var steps = DirectionWeights.OfRuns(grid, settings.Weighting ?? PyRadiomicsWeighting.None);
        var takesPart = steps.Vectors.Select(m => HasLineOfTwo(levels, m)).ToArray();
        for (var direction = 0; direction < steps.Count; direction++)
            steps.Weights[direction] = takesPart[direction] ? steps.Weights[direction] : 0;
        return takesPart.AsSpan(0, Directions(settings)).Contains(true)
            ? Measure(levels, new RunLengthMatrices(levels, steps), Directions(settings), RunTags, settings, d => takesPart[d], _ => { })
            : new Dictionary<string, double>();
    }

    /// <summary>The maximal correlation coefficient; null where no two voxels are neighbours.</summary>
    public static double? Mcc(LevelBox levels, GridGeometry grid, PyRadiomicsFeatureSettings settings)
    {
        var steps = DirectionWeights.OfPairs(grid, settings.Weighting ?? PyRadiomicsWeighting.None);
        var counter = GlcmFamily.CounterFor(levels, steps);
        counter.Count(0, levels.CountK, Directions(settings));
        var matrix = new MaximalCorrelation(levels.LevelOfCode);
        if (settings.Weighting is not null)
        {
            counter.VisitMerged(Directions(settings), matrix);
            return matrix.Take();
        }
        var (sum, matrices) = (0.0, 0);
        for (var direction = 0; direction < Directions(settings); direction++)
        {
            counter.Visit(direction, matrix);
            if (matrix.Take() is not { } value)
                continue;
            sum += value;
            matrices++;
        }
        return matrices > 0 ? sum / matrices : null;
    }

    private static int Directions(PyRadiomicsFeatureSettings settings) =>
        settings.SliceAxis is null ? LevelBox.AllDirections : LevelBox.InPlaneDirections;

    private static Dictionary<string, double> Measure(
        LevelBox levels, IDirectionalMatrices matrices, int directions, string[] tags, PyRadiomicsFeatureSettings settings,
        Func<int, bool> takesPart, Action<double[]> adapt)
    {
        matrices.Count(0, levels.CountK, directions);
        var (means, one) = (new FeatureMeans(tags.Length), new double[tags.Length]);
        if (settings.Weighting is not null)
        {
            if (matrices.TryMeasureMerged(directions, one))
                Add();
        }
        else
        {
            for (var direction = 0; direction < directions; direction++)
            {
                if (takesPart(direction) && matrices.TryMeasure(direction, one))
                    Add();
            }
        }
        var values = new double[tags.Length];
        Array.Fill(values, double.NaN);
        means.Write(values);
        return tags.Index().ToDictionary(t => t.Item, t => values[t.Index], StringComparer.Ordinal);

        void Add()
        {
            adapt(one);
            means.Add(one);
        }
    }

    private static bool HasLineOfTwo(LevelBox levels, (int I, int J, int K) step)
    {
        var offset = step.I + (step.J * levels.StrideJ) + (step.K * levels.StrideK);
        for (var k = 0; k < levels.CountK; k++)
        {
            for (var j = 0; j < levels.CountJ; j++)
            {
                for (var i = 0; i < levels.CountI; i++)
                {
                    var voxel = levels.RowStart(j, k) + i;
                    if (levels.Codes[voxel] == 0)
                        continue;
                    var inBox = Math.Min(Steps(step.I, i, levels.CountI), Math.Min(Steps(step.J, j, levels.CountJ), Steps(step.K, k, levels.CountK)));
                    for (var s = 1; s <= inBox; s++)
                    {
                        if (levels.Codes[voxel + (s * offset)] != 0)
                            return true;
                    }
                }
            }
        }
        return false;
    }

    private static int Steps(int step, int at, int count) => step switch { 0 => int.MaxValue, > 0 => count - 1 - at, _ => at };

    private static string[] Tags(IFeatureFamily family)
    {
        var ending = "_" + family.Features[0].Aggregation;
        return [.. family.Features.Where(f => f.Aggregation == family.Features[0].Aggregation).Select(f => f.Tag[..^ending.Length])];
    }
}
