using System.Text;
using System.Text.Json;
using CsCheck;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Service.Tests.Exchanges;

public sealed class AggregateMakerTests
{
    private const string Mark = "CASE-0042";
    private static readonly DateTimeOffset Then = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_that_a_document_says_in_words_comes_through()
    {
        var text = Text(Document(Model("clinical")), new());
        Assert.DoesNotContain(Mark, text, StringComparison.Ordinal);
        Assert.Contains("\"auc\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_the_owner_did_not_lock_is_not_named()
    {
        var made = AggregateMaker.Make(Document(Model("clinical"), Model(Mark)), Locked("clinical"), Exchange(new()), 60);
        Assert.Equal("clinical", Assert.Single(made.Models).PredictorSet);
    }

    [Fact]
    public void Curves_are_left_out_since_their_points_are_single_cases()
    {
        var text = Text(Document(Model("clinical")), new());
        foreach (var digits in new[] { "0.123", "0.234", "0.345", "0.456" })
            Assert.DoesNotContain(digits, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_have_three_decimals_at_most()
    {
        var numbers = Numbers(JsonSerializer.SerializeToElement(AggregateMaker.Make(Document(Model("clinical")), Locked("clinical"), Exchange(new()), 60), CanonicalJson.Options)).ToList();
        Assert.NotEmpty(numbers);
        Assert.All(numbers, n => Assert.Equal(Math.Round(n, 3), n));
    }

    [Theory]
    [InlineData(true, false, false, new[] { "auc", "brier", "brier_scaled" }, false)]
    [InlineData(false, true, false, new[] { "calibration_in_the_large", "calibration_slope" }, true)]
    [InlineData(false, false, true, new string[0], false)]
    [InlineData(true, true, true, new[] { "auc", "brier", "brier_scaled", "calibration_in_the_large", "calibration_slope" }, true)]
    public void Only_what_is_agreed_is_in_it(bool performance, bool calibration, bool counts, string[] measures, bool groups)
    {
        var made = AggregateMaker.Make(Document(Model("clinical")), Locked("clinical"), Exchange(new(performance, calibration, counts)), 60);
        var model = Assert.Single(made.Models);
        Assert.Equal(measures, model.Estimates.Select(e => e.Measure));
        Assert.Equal(groups, model.CalibrationGroups.Count > 0);
        Assert.Equal(counts, made.Counts is not null);
    }

    [Theory]
    [InlineData(60, 4)]
    [InlineData(60, 56)]
    [InlineData(60, 1)]
    public void With_few_events_or_few_others_no_figure_and_no_count_of_events_is_shown(int cases, int events)
    {
        var made = AggregateMaker.Make(Document(Model("clinical") with { Cases = cases, Events = events }), Locked("clinical"), Exchange(new()), cases);
        Assert.Empty(made.Models);
        Assert.Null(made.Counts!.Events);
        Assert.Equal(cases, made.Counts.Cases);
        Assert.Contains("fewer than 5", Assert.Single(made.Withheld), StringComparison.Ordinal);
    }

    [Fact]
    public void Few_cases_are_not_even_counted()
    {
        var made = AggregateMaker.Make(Document(Model("clinical") with { Cases = 4, Events = 2 }), Locked("clinical"), Exchange(new()), 60);
        Assert.Null(made.Counts);
        Assert.Empty(made.Models);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(64, 0)]
    [InlineData(65, 5)]
    [InlineData(74, 10)]
    [InlineData(10, 0)]
    public void Cases_that_were_not_analysed_are_told_in_steps(int admitted, int atLeast) => Assert.Equal(
        atLeast, AggregateMaker.Make(Document(Model("clinical")), Locked("clinical"), Exchange(new()), admitted).Counts!.NotAnalysedAtLeast);

    [Fact]
    public void Of_sets_scored_on_other_cases_only_those_like_the_first_are_shown()
    {
        var made = AggregateMaker.Make(
            Document(Model("a"), Model("b") with { Cases = 59 }, Model("c")), Locked("a", "b", "c"), Exchange(new()), 60);
        Assert.Equal(["a", "c"], made.Models.Select(m => m.PredictorSet));
        Assert.Contains(made.Withheld, w => w.Contains("other cases", StringComparison.Ordinal));
    }

    [Fact]
    public void An_estimate_that_does_not_exist_or_was_seen_is_left_out()
    {
        var model = Model("clinical");
        var made = AggregateMaker.Make(
            Document(model with
            {
                Estimates =
                [
                    new("auc", "external", EstimateRole.Apparent, 0.9, null), new("brier", "external", EstimateRole.Unseen, double.NaN, null),
                    new("brier_scaled", "external", EstimateRole.Unseen, 0.1, new(double.NegativeInfinity, 1, 0.95, "x")),
                ],
            }),
            Locked("clinical"), Exchange(new()), 60);
        Assert.Equal([new AgreedEstimate("brier_scaled", 0.1, null, null, null)], made.Models[0].Estimates);
    }

    [Fact]
    public void Groups_are_joined_until_each_has_enough_of_both()
    {
        var groups = new (int Cases, int Events)[] { (10, 0), (10, 1), (10, 4), (10, 6), (10, 8), (10, 10) };
        var made = AggregateMaker.Make(
            Document(Model("clinical") with { CalibrationGroups = [.. groups.Select((g, i) => Group(g.Cases, g.Events, i / 10.0))] }),
            Locked("clinical"), Exchange(new()), 60);
        // 0+1+4 of 30; 6+8 of 20, without the event 4+2; the last ten have none without the event and join them.
        Assert.Equal(
            [new AgreedCalibrationGroup(30, 0.1, 0.167, 0.073, 0.336, 0.95), new AgreedCalibrationGroup(30, 0.4, 0.8, 0.627, 0.905, 0.95)],
            made.Models[0].CalibrationGroups);
    }

    [Fact]
    public void No_joined_group_has_few_of_either_and_no_case_is_counted_twice() =>
        Gen.Select(Gen.Int[3, 12], Gen.Select(Gen.Int[1, 30], Gen.Double[0, 1]).Array[0, 12]).Sample((smallest, raw) =>
        {
            var groups = raw.Select((g, i) => Group(g.Item1, (int)(g.Item2 * g.Item1), i / 12.0)).ToList();
            var shown = AggregateMaker.Make(
                Document(Model("clinical") with { CalibrationGroups = groups }), Locked("clinical"), Exchange(new(SmallestCount: smallest)), 60)
                .Models[0].CalibrationGroups;
            Assert.All(shown, g => Assert.InRange((int)Math.Round(g.Observed * g.Cases), smallest, g.Cases - smallest));
            if (shown.Count > 0)
                Assert.Equal(groups.Sum(g => g.Count), shown.Sum(g => g.Cases));
            Assert.NotEqual(1, shown.Count);
        });

    [Theory]
    [InlineData(2)]
    [InlineData(1001)]
    [InlineData(-1)]
    public void A_smallest_count_out_of_range_is_refused(int smallest) =>
        Assert.Equal("exchange.smallest-count", Assert.Throws<BadInputException>(() => new ExchangeTerms(SmallestCount: smallest).Require()).Code);

    [Fact]
    public void Counts_of_the_intake_are_told_in_steps_and_rare_reasons_not_at_all()
    {
        var counts = IntakeCounts.Of(48, [.. Enumerable.Repeat("dicom.identified", 7), .. Enumerable.Repeat(Mark, 4)], 5);
        Assert.Equal((45, 10), (counts.AdmittedAtLeast, counts.QuarantinedAtLeast));
        Assert.Equal(new Dictionary<string, int> { ["dicom.identified"] = 5 }, counts.QuarantinedBy);
    }

    /// <summary>Everything that is text is marked, and so are the numbers of curves.</summary>
    private static PerformanceDocument Document(params ModelPerformance[] models) => new(
        1, Mark, Mark, models, [new(Mark, Mark, Mark, Mark, 0.456, new(0.456, 0.456, 0.95, Mark), 0.456) { Model = Mark }]);

    private static ModelPerformance Model(string set) => new(
        set, "elastic_net", 60, 30, 4, 2, false,
        [
            Estimate("auc", 0.81234567), Estimate("brier", 0.2011111), Estimate("brier_scaled", 0.19), Estimate("calibration_in_the_large", -0.05),
            Estimate("calibration_slope", 1.1), Estimate(Mark, 0.345),
        ],
        [new(0.123456, 0.234567)], [new(0.123456, 0.234567)], [Group(20, 6, 0.2), Group(20, 10, 0.5), Group(20, 14, 0.8)],
        [new(Mark, 0.456, 0.456)], [$"Patient {Mark} is missing age."])
    {
        RocAveraged = [new(0.123456, 0.234567)],
    };

    private static Estimate Estimate(string measure, double value) => new(measure, Mark, EstimateRole.Unseen, value, new(value - 0.1, value + 0.1, 0.95, Mark));

    private static CalibrationGroup Group(int cases, int events, double predicted) =>
        new(cases, predicted, (double)events / cases, new(0, 1, 0.95, Mark));

    private static Exchange Exchange(ExchangeTerms terms) => new(
        "0123456789ab", "North Site", new("tables", 1, new string('0', 64)), terms, null, ExchangeState.Released, Then, Then, Then, Then, new(1, Then));

    private static ModelDocument Locked(params string[] sets) => TabularCohort.ModelsOf(sets);

    private static string Text(PerformanceDocument document, ExchangeTerms terms) => Encoding.UTF8.GetString(
        CanonicalJson.Serialize(AggregateMaker.Make(document, Locked("clinical"), Exchange(terms), 60)));

    private static IEnumerable<double> Numbers(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => [json.GetDouble()],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Numbers(p.Value)),
        _ => [],
    };
}
