using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>
/// Sorts the pairs of complete, not nominal features into blocks of one law, and makes their vectors: doubled and centred midranks, whose
/// products are integers and in single precision exact up to 369 cases; unit vectors of values or residuals in double precision elsewhere.
/// </summary>
internal static class FastBlocks
{
    private const double ExactInSingle = 1 << 24;

    public static IReadOnlyList<FastBlock> Of(MapFeature[] imaging, MapFeature[] molecular, AssociationSettings settings, MapCovariates? covariates)
    {
        var blocks = new List<FastBlock>();
        foreach (var rows in Kinds(imaging))
        {
            foreach (var columns in Kinds(molecular))
            {
                var linear = PairTester.IsLinear(settings.Measure, rows.Scale, columns.Scale);
                if (covariates is not null || linear)
                    blocks.Add(Unit(imaging, molecular, rows.Members, columns.Members, linear, covariates));
                else
                    blocks.Add(Ranked(imaging, molecular, rows, columns));
            }
        }
        return blocks;
    }

    /// <summary>Doubled and centred midranks of a complete feature.</summary>
    public static double[] Scores(MapFeature feature)
    {
        var ranks = Ranks.Midranks(feature.Values);
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] = (2 * ranks[i]) - (ranks.Length + 1);
        return ranks;
    }

    public static bool IsFast(MapFeature feature) => feature.Complete && !feature.IsNominal;

    private static IEnumerable<Kind> Kinds(MapFeature[] features) => Enumerable.Range(0, features.Length).Where(i => IsFast(features[i]))
        .GroupBy(i => (features[i].Scale, features[i].Tied)).OrderBy(g => g.Key).Select(g => new Kind(g.Key.Scale, g.Key.Tied, [.. g]));

    private static FastBlock Ranked(MapFeature[] imaging, MapFeature[] molecular, Kind rows, Kind columns)
    {
        var n = imaging[rows.Members[0]].Values.Length;
        var kind = (rows.Scale, columns.Scale) switch
        {
            (FeatureScale.Binary, FeatureScale.Binary) => PairLawKind.Fisher,
            (FeatureScale.Binary, _) or (_, FeatureScale.Binary) => PairLawKind.MannWhitney,
            _ => rows.Tied || columns.Tied || !CorrelationTest.HasUntiedSpearmanP(n) ? PairLawKind.Student : PairLawKind.UntiedSpearman,
        };
        var law = new PairLaw(kind, n, n - 2);
        var (rowLaws, columnLaws) = (new LawFeature[rows.Members.Length], new LawFeature[columns.Members.Length]);
        var a = RankVectors(imaging, rows.Members, rowLaws);
        var b = RankVectors(molecular, columns.Members, columnLaws);
        double m = n;
        return m * ((m * m) - 1) / 3 <= ExactInSingle
            ? new FastBlock<float>(rows.Members, columns.Members, law, n, Single(a), Single(b), rowLaws, columnLaws, null)
            : new FastBlock<double>(rows.Members, columns.Members, law, n, a, b, rowLaws, columnLaws, null);
    }

    private static double[] RankVectors(MapFeature[] features, int[] members, LawFeature[] laws)
    {
        var n = features[members[0]].Values.Length;
        var vectors = new double[(long)n * members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            var feature = features[members[i]];
            var scores = Scores(feature);
            double squares = 0, ones = 0, all = n;
            foreach (var score in scores)
                squares += score * score;
            if (feature.IsBinary)
                ones = feature.Values.Sum();
            // Σ (2R − n − 1)² is (n³ − n − Σ (t³ − t))/3.
            laws[i] = new(1 / Math.Sqrt(squares), (all * all * all) - all - (3 * squares), (int)ones);
            scores.CopyTo(vectors.AsSpan(i * n));
        }
        return vectors;
    }

    private static FastBlock<double> Unit(MapFeature[] imaging, MapFeature[] molecular, int[] rows, int[] columns, bool linear, MapCovariates? covariates)
    {
        var n = imaging[rows[0]].Values.Length;
        var basis = linear ? covariates?.OfValues : covariates?.OfRanks;
        var law = new PairLaw(PairLawKind.Student, n, basis is null ? n - 2 : n - 1 - basis.Rank);
        return new(
            rows, columns, law, n, UnitVectors(imaging, rows, linear, basis), UnitVectors(molecular, columns, linear, basis),
            Units(rows.Length), Units(columns.Length), basis);
    }

    private static double[] UnitVectors(MapFeature[] features, int[] members, bool linear, OrthonormalBasis? basis)
    {
        var n = features[members[0]].Values.Length;
        var vectors = new double[(long)n * members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            var own = vectors.AsSpan(i * n, n);
            if (linear)
                features[members[i]].Values.CopyTo(own);
            else
                Scores(features[members[i]]).CopyTo(own);
            var mean = Moments.Mean(own);
            for (var k = 0; k < n; k++)
                own[k] -= mean;
            basis?.Residualise(own);
            var norm = OrthonormalBasis.Norm(own);
            for (var k = 0; k < n; k++)
                own[k] /= norm;
        }
        return vectors;
    }

    private static LawFeature[] Units(int count)
    {
        var laws = new LawFeature[count];
        Array.Fill(laws, new LawFeature(1, 0, 0));
        return laws;
    }

    private static float[] Single(double[] values) => Array.ConvertAll(values, v => (float)v);

    private sealed record Kind(FeatureScale Scale, bool Tied, int[] Members);
}
