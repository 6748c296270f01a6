using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>How often an edge stands again in bootstrap samples of the cases: the same direction and a parametric p of at most the threshold of the map.</summary>
internal static class EdgeStability
{
    /// <param name="pairs">Positions of the two features, and the signed effect of the map.</param>
    /// <param name="covariates">Complete; null without.</param>
    public static double[] Of(
        MapPairs map, IReadOnlyList<(int Row, int Column, double Signed)> pairs, FeatureBlock? covariates, double threshold, int workers, CancellationToken cancel)
    {
        var settings = map.Settings;
        var stands = new int[pairs.Count];
        var rows = pairs.Select(e => e.Row).Distinct().ToArray();
        var columns = pairs.Select(e => e.Column).Distinct().ToArray();
        Workers.ForEach(settings.Resamples, workers, static () => 0, (_, resample) =>
        {
            var random = new DeterministicRandom(DeterministicRandom.Derive(settings.Seed, "association resample", resample));
            var sample = new int[map.Cases];
            for (var c = 0; c < sample.Length; c++)
                sample[c] = random.NextInt(map.Cases);
            var own = covariates is null ? null : new MapCovariates(Rows(covariates, sample));
            var a = rows.ToDictionary(r => r, r => Drawn(map.Imaging[r], sample));
            var b = columns.ToDictionary(c => c, c => Drawn(map.Molecular[c], sample));
            var tester = new PairTester(map.Cases, settings, own, new(StringComparer.Ordinal));
            for (var e = 0; e < pairs.Count; e++)
            {
                cancel.ThrowIfCancellationRequested();
                var result = tester.Test(a[pairs[e].Row], b[pairs[e].Column], null, null, residuals: false, details: false);
                if (result.P <= threshold && Math.Sign(result.Signed) == Math.Sign(pairs[e].Signed))
                    Interlocked.Increment(ref stands[e]);
            }
        }, cancel);
        return Array.ConvertAll(stands, s => (double)s / settings.Resamples);
    }

    public static FeatureBlock Rows(FeatureBlock block, int[] rows)
    {
        var values = new double[(long)rows.Length * block.Columns.Count];
        for (var c = 0; c < block.Columns.Count; c++)
        {
            var column = block.Column(c);
            for (var i = 0; i < rows.Length; i++)
                values[((long)c * rows.Length) + i] = column[rows[i]];
        }
        return new(rows.Length, block.Columns, values);
    }

    private static MapFeature Drawn(MapFeature feature, int[] sample) => new(Array.ConvertAll(sample, c => feature.Values[c]), feature.Scale);
}
