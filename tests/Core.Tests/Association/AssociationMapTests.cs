using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Association;

public sealed class AssociationMapTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_document_has_the_same_bytes_for_any_number_of_workers(bool adjusted)
    {
        var imaging = SmallCohorts.Mixed(30, 24, 1, 0.1);
        var molecular = SmallCohorts.Mixed(30, 30, 2, 0.1);
        var covariates = adjusted ? SmallCohorts.Covariates(30, 3) : null;
        GeneSet[] sets = [new("first", [.. Enumerable.Range(0, 10).Select(i => $"f{i:D3}")]), new("second", [.. Enumerable.Range(8, 12).Select(i => $"f{i:D3}")])];
        var settings = new AssociationSettings { Permutations = 20, Resamples = 5, MostEdges = 50 };
        byte[] Bytes(int workers) => CanonicalJson.Serialize(AssociationMap.Make(imaging, molecular, covariates, sets, settings, workers, Cancel));
        var one = Bytes(1);
        Assert.Equal(one, Bytes(2));
        Assert.Equal(one, Bytes(3));
    }

    [Fact]
    public void Planted_links_are_found_as_one_finding_and_come_back_in_samples()
    {
        var (imaging, molecular) = Planted(60, 0.9);
        var document = AssociationMap.Make(imaging, molecular, null, null, new AssociationSettings { Permutations = 200, Resamples = 40 }, 2, Cancel);
        // Three near copies of one imaging feature, one gene.
        Assert.Equal(3, document.Calls.FamilyWise);
        var finding = Assert.Single(document.Findings);
        Assert.Equal(3, finding.Edges);
        Assert.Equal([0, 1, 2], document.ImagingGroups[finding.ImagingGroup].Members);
        var leading = document.Edges[finding.Leading];
        Assert.Equal(0, leading.Molecular);
        Assert.True(leading.Stability > 0.8 && leading.FamilyWiseP == 1 / 201.0 && leading.Effect > 0.7);
        Assert.True(document.Edges.Zip(document.Edges.Skip(1)).All(e => e.First.P <= e.Second.P && e.First.Q <= e.Second.Q
            && e.First.FamilyWiseP <= e.Second.FamilyWiseP && e.First.PermutationQ <= e.Second.PermutationQ));
        Assert.Equal(document.Calls.FamilyWise, document.Edges.Count(e => e.FamilyWiseP <= 0.05));
        Assert.Equal(document.Calls.FamilyWise, document.Edges.Count(e => e.P < document.Calls.CriticalP));
        Assert.Equal(document.Calls.BenjaminiHochberg, document.Edges.Count(e => e.Q <= 0.05));
        Assert.Equal(document.Calls.PermutationFdr, document.Edges.Count(e => e.PermutationQ <= 0.05));
    }

    [Fact]
    public void The_picture_holds_the_representatives_and_marks_the_called_pairs()
    {
        var (imaging, molecular) = Planted(60, 0.9);
        var document = AssociationMap.Make(imaging, molecular, null, null, new AssociationSettings { Permutations = 200, Resamples = 0 }, 2, Cancel);
        var picture = document.Picture;
        Assert.True(picture.Rows.Count == document.ImagingGroups.Count && picture.Columns.Count == Math.Min(60, document.MolecularGroups.Count));
        Assert.Equal(picture.Rows.Count - 1, picture.RowTree.Count);
        Assert.Equal(picture.Rows.Count * picture.Columns.Count, picture.Effects.Count);
        for (var cell = 0; cell < picture.Effects.Count; cell++)
        {
            var (row, column) = (picture.Rows[cell / picture.Columns.Count], picture.Columns[cell % picture.Columns.Count]);
            Assert.Equal(Correlation.Spearman(imaging.Column(row), molecular.Column(column)), picture.Effects[cell], 1e-12);
            var edge = document.Edges.FirstOrDefault(e => e.Imaging == row && e.Molecular == column);
            Assert.Equal(edge?.FamilyWiseP <= 0.05, picture.Called[cell]);
        }
        // The leaves of the tree, from left to right, are the rows in their order.
        Assert.Equal(Enumerable.Range(0, picture.Rows.Count), AverageLinkage.Order(picture.RowTree, picture.Rows.Count));
    }

    [Fact]
    public void What_covariates_explain_is_called_no_oftener_than_the_level()
    {
        // Both sides follow the covariate and nothing else. 100 cohorts at 0.05: 5 expected; P(X > 13) = 0.0005 of a binomial number.
        var settings = new AssociationSettings { Permutations = 99, Resamples = 0, MostEdges = 20 };
        int called = 0, unadjusted = 0;
        for (var cohort = 0UL; cohort < 100; cohort++)
        {
            var (imaging, molecular, covariates) = FollowingAge(30, 8, cohort);
            bool Calls(FeatureBlock? adjust) => MapStatistics.Of(
                MapInput.Of(imaging, molecular, adjust, settings with { Seed = cohort }, Cancel).Pairs, 2, Cancel).Calls.FamilyWise > 0;
            called += Calls(covariates) ? 1 : 0;
            unadjusted += Calls(null) ? 1 : 0;
        }
        Assert.InRange(called, 1, 13);
        Assert.True(unadjusted > 90);
    }

    [Fact]
    public void Covariates_are_named_and_what_is_one_of_them_is_not_mapped()
    {
        var (_, molecular, covariates) = FollowingAge(30, 4, 1);
        var document = AssociationMap.Make(covariates, molecular, covariates, null, new AssociationSettings { Permutations = 20 }, 1, Cancel);
        Assert.Equal(["age"], document.Covariates);
        Assert.Equal("The covariates explain it.", Assert.Single(document.Imaging).NotMapped);
        Assert.Contains("The covariates explain it.", document.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_cohorts_of_noise_family_wise_calls_are_as_rare_as_the_level(bool adjusted)
    {
        // 120 cohorts at 0.05: 6 expected; P(X > 14) = 0.0007 of a binomial number.
        var settings = new AssociationSettings { Permutations = 99, Resamples = 0, MostEdges = 20 };
        var called = 0;
        for (var cohort = 0UL; cohort < 120; cohort++)
        {
            var input = MapInput.Of(
                SmallCohorts.Mixed(24, 8, 1000 + cohort, 0), SmallCohorts.Mixed(24, 10, 5000 + cohort, 0), adjusted ? SmallCohorts.Covariates(24, cohort) : null,
                settings with { Seed = cohort }, Cancel);
            called += MapStatistics.Of(input.Pairs, 2, Cancel).Calls.FamilyWise > 0 ? 1 : 0;
        }
        Assert.InRange(called, 1, 14);
    }

    [Fact]
    public void Features_that_cannot_be_tested_are_named_with_the_reason()
    {
        double[] constant = [.. Enumerable.Repeat(2.0, 20)], sparse = [1, 1, .. Enumerable.Repeat(0.0, 18)], few = [.. Enumerable.Range(0, 20).Select(i => i < 9 ? i : double.NaN)];
        var imaging = new FeatureBlock(20, [new("c", "s", FeatureScale.Numeric), new("r", "s", FeatureScale.Binary), new("k", "s", FeatureScale.Numeric)], [.. constant, .. sparse, .. few]);
        var document = AssociationMap.Make(imaging, SmallCohorts.Noise(20, 2, 1), null, null, new AssociationSettings { Permutations = 20 }, 1, Cancel);
        Assert.Equal(["Constant.", "Fewer than 3 cases differ from its commonest value.", "Known for 9 cases; at least 10 are needed."], document.Imaging.Select(f => f.NotMapped));
        Assert.All(document.Imaging, f => Assert.Equal(-1, f.Group));
        Assert.Equal(0, document.Tests);
        Assert.Empty(document.Edges);
        Assert.Equal(3, document.Notes.Count);
        Assert.Null(document.Calls.FamilyWise);
    }

    [Fact]
    public void Cases_without_a_covariate_are_left_out_and_told()
    {
        double[] age = [.. Enumerable.Range(0, 20).Select(i => i == 3 ? double.NaN : i % 7)];
        var document = AssociationMap.Make(
            SmallCohorts.Noise(20, 3, 1), SmallCohorts.Noise(20, 3, 2), new FeatureBlock(20, [new("age", "clinical", FeatureScale.Numeric)], age), null,
            new AssociationSettings { Permutations = 0, Resamples = 3 }, 1, Cancel);
        Assert.Equal(19, document.Cases);
        Assert.Contains("1 case without a value of a covariate left out.", document.Notes);
        Assert.Null(document.Calls.CriticalP);
    }

    [Fact]
    public void Pairs_that_cannot_be_tested_are_counted()
    {
        // 20 cases: the first knows 0 … 11, the second 8 … 19, the third all but varies where the second is missing.
        double[] early = [.. Enumerable.Range(0, 20).Select(c => c < 12 ? c * 7 % 13 : double.NaN)];
        double[] late = [.. Enumerable.Range(0, 20).Select(c => c < 8 ? double.NaN : c * 5 % 17)], varies = [.. Enumerable.Range(0, 20).Select(c => c < 8 ? c : 9.0)];
        var imaging = new FeatureBlock(20, [new("early", "s", FeatureScale.Numeric), new("varies", "s", FeatureScale.Numeric)], [.. early, .. varies]);
        var molecular = new FeatureBlock(20, [new("late", "s", FeatureScale.Numeric), new("group", "s", FeatureScale.Nominal)], [.. late, .. Enumerable.Range(0, 20).Select(c => (double)(c % 3))]);
        var document = AssociationMap.Make(imaging, molecular, null, null, new AssociationSettings { Permutations = 20, Resamples = 4 }, 1, Cancel);
        Assert.Equal(2, document.Tests);
        Assert.All(document.Edges, e => Assert.Equal("group", document.Molecular[e.Molecular].Name));
        Assert.Equal("2 pairs not tested: fewer than 10 cases with both values, constant among them, or no test for their scales.", Assert.Single(document.Notes));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_has_the_effect_of_1_and_a_p_that_no_permutation_reaches(bool gaps)
    {
        var molecular = SmallCohorts.Noise(40, 6, 3, "m");
        double[] values = [.. Enumerable.Range(0, 6).SelectMany(c => molecular.Column(c).ToArray())];
        if (gaps)
            (values[0], values[41]) = (double.NaN, double.NaN);
        var document = AssociationMap.Make(
            new FeatureBlock(40, [new("copy", "s", FeatureScale.Numeric)], values[..40]), new FeatureBlock(40, molecular.Columns, values), null, null,
            new AssociationSettings { Permutations = 99, Resamples = 10 }, 1, Cancel);
        var edge = document.Edges[0];
        Assert.Equal((0, 1.0, 1.0, 1.0, 0.01, gaps ? 39 : 40), (edge.Molecular, edge.Effect, edge.Low, edge.High, edge.FamilyWiseP!.Value, edge.Cases));
        Assert.True(edge.P < 1e-12 && edge.Q < 1e-11 && edge.Stability == 1 && document.Calls.FamilyWise == 1);
    }

    [Fact]
    public void Four_cases_are_enough_for_a_map_that_says_little()
    {
        var document = AssociationMap.Make(
            SmallCohorts.Noise(4, 3, 1), SmallCohorts.Noise(4, 3, 2), null, null, new AssociationSettings { FewestCases = 4, Permutations = 20, Resamples = 5 }, 1, Cancel);
        Assert.Equal(9, document.Tests);
        // No p of four cases is below 2/24, and 24 orders hold every p of the map.
        Assert.All(document.Edges, e => Assert.True(e.P >= 2 / 24.0 - 1e-12));
        Assert.Equal(0, document.Calls.FamilyWise);
        Assert.Equal(0, AssociationMap.Make(
            SmallCohorts.Noise(3, 3, 1), SmallCohorts.Noise(3, 3, 2), null, null, new AssociationSettings { FewestCases = 4 }, 1, Cancel).Tests);
    }

    [Fact]
    public void Bad_values_are_refused_by_name()
    {
        FeatureBlock One(FeatureScale scale, double odd) => new(12, [new("odd", "s", scale)], [odd, .. Enumerable.Range(0, 11).Select(i => (double)(i % 2))]);
        void Refused(string code, FeatureBlock block) => Assert.Equal(code, Assert.Throws<BadInputException>(() => AssociationMap.Make(
            block, SmallCohorts.Noise(12, 1, 1), null, null, new AssociationSettings(), 1, Cancel)).Code);
        Refused("association.infinite", One(FeatureScale.Numeric, double.PositiveInfinity));
        Refused("association.not_binary", One(FeatureScale.Binary, 2));
        Refused("association.not_nominal", One(FeatureScale.Nominal, 0.5));
        Refused("association.duplicate_feature", new FeatureBlock(12, [new("a", "s", FeatureScale.Numeric), new("a", "s", FeatureScale.Numeric)], new double[24]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AssociationMap.Make(
            SmallCohorts.Noise(12, 1, 1), SmallCohorts.Noise(12, 1, 1), null, null, new AssociationSettings { Level = 0 }, 1, Cancel));
    }

    [Fact]
    public void Too_few_permutations_for_the_level_are_told()
    {
        AssociationDocument Made(int permutations) => AssociationMap.Make(
            SmallCohorts.Noise(20, 3, 1), SmallCohorts.Noise(20, 3, 2), null, null, new AssociationSettings { Permutations = permutations, Resamples = 20 }, 1, Cancel);
        Assert.Equal("18 permutations cannot call a pair family-wise at 0.05; at least 19 are needed.", Assert.Single(Made(18).Notes));
        Assert.Equal(0, Made(18).Calls.CriticalP);
        Assert.Empty(Made(19).Notes);
        Assert.True(Made(19).Calls.CriticalP > 0);
    }

    [Fact]
    public void An_empty_side_gives_an_empty_map()
    {
        var document = AssociationMap.Make(new FeatureBlock(20, [], []), SmallCohorts.Noise(20, 3, 2), null, [new("s", ["made001"])], new AssociationSettings(), 1, Cancel);
        Assert.Empty(document.Edges);
        Assert.Empty(document.Picture.Effects);
        Assert.Equal(3, document.MolecularGroups.Count);
    }

    private static (FeatureBlock Imaging, FeatureBlock Molecular, FeatureBlock Age) FollowingAge(int cases, int features, ulong seed)
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, "following age", 0));
        double[] age = [.. Enumerable.Range(0, cases).Select(_ => random.NextGaussian())];
        FeatureBlock Following(string source) => new(
            cases, [.. Enumerable.Range(0, features).Select(i => new FeatureColumn($"{source}{i}", source, FeatureScale.Numeric))],
            [.. Enumerable.Range(0, features).SelectMany(_ => age.Select(a => a + (0.7 * random.NextGaussian())))]);
        return (Following("i"), Following("m"), new(cases, [new("age", "clinical", FeatureScale.Numeric)], age));
    }

    private static (FeatureBlock Imaging, FeatureBlock Molecular) Planted(int cases, double strength)
    {
        var (imaging, molecular) = (SmallCohorts.Noise(cases, 20, 7, "i"), SmallCohorts.Noise(cases, 80, 8, "m"));
        var random = new DeterministicRandom(9);
        double[] values = [.. Enumerable.Range(0, 20).SelectMany(c => imaging.Column(c).ToArray())];
        for (var c = 0; c < cases; c++)
        {
            var signal = (strength * molecular.Column(0)[c]) + (Math.Sqrt(1 - (strength * strength)) * random.NextGaussian());
            for (var copy = 0; copy < 3; copy++)
                values[(copy * cases) + c] = signal + (0.05 * random.NextGaussian());
        }
        return (new(cases, imaging.Columns, values), molecular);
    }
}
