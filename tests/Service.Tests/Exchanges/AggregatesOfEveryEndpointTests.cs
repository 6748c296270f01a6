using System.Globalization;
using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Service.Tests.Exchanges;

/// <summary>A locked model of each kind of endpoint scored on a partner's cohort: what of it leaves for the owner is right, and tells of no case.</summary>
public sealed class AggregatesOfEveryEndpointTests
{
    private const string Patient = "PARTNER-PATIENT";
    private static readonly DateTimeOffset Then = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<EndpointKind> Kinds => [.. Enum.GetValues<EndpointKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_leading_measure_is_that_of_the_partners_cases(EndpointKind kind)
    {
        var (locked, partner, endpoint) = Scored(kind, 60);
        var made = Aggregates(locked, partner, endpoint, new());
        var leading = Assert.Single(Assert.Single(made.Models).Estimates, e => e.Measure == MeasureRegistry.Leading(kind).Name);
        Assert.Equal(ByDefinition(locked.Predict(partner, []), endpoint), leading.Value, 0.00051);
        Assert.InRange(leading.Value, leading.Low!.Value, leading.High!.Value);
        Assert.Equal(60, made.Counts!.Cases);
        Assert.Equal(kind is EndpointKind.Binary or EndpointKind.Survival, made.Counts.Events is not null);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_number_and_no_text_of_a_case_is_in_it(EndpointKind kind)
    {
        var (locked, partner, endpoint) = Scored(kind, 60);
        var made = Aggregates(locked, partner, endpoint, new());
        var text = Encoding.UTF8.GetString(CanonicalJson.Serialize(made));
        Assert.DoesNotContain(Patient, text, StringComparison.Ordinal);
        Assert.DoesNotContain("label-", text, StringComparison.Ordinal);
        string[] allowed = [.. AggregateMaker.PerformanceMeasures, .. AggregateMaker.CalibrationMeasures];
        var model = Assert.Single(made.Models);
        Assert.NotEmpty(model.Estimates);
        Assert.All(model.Estimates, e => Assert.Contains(e.Measure, allowed));
        Assert.Equal(kind is EndpointKind.Binary, model.CalibrationGroups.Count > 0);
        // Every number is a count or has three decimals; none is as many as the cases are, and so no list of cases.
        var numbers = Numbers(JsonSerializer.SerializeToElement(made, CanonicalJson.Options)).ToList();
        Assert.All(numbers, n => Assert.Equal(Math.Round(n, 3), n));
        Assert.InRange(numbers.Count, 1, 45);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_fewer_cases_than_agreed_no_figure_leaves(EndpointKind kind)
    {
        var (locked, partner, endpoint) = Scored(kind, 60);
        var made = Aggregates(locked, partner, endpoint, new(SmallestCount: 61));
        Assert.Empty(made.Models);
        Assert.Null(made.Counts);
        Assert.NotEmpty(made.Withheld);
    }

    [Fact]
    public void With_a_class_of_few_cases_no_figure_leaves()
    {
        var (locked, partner, endpoint) = Scored(EndpointKind.Multiclass, 60);
        var rare = (MulticlassEndpoint)endpoint;
        var kept = Enumerable.Range(0, 60).Where(i => rare.Values[i] != 2).Append(Array.IndexOf(rare.Values, 2)).ToArray();
        var made = Aggregates(locked, partner.SelectRows(kept), rare.SelectRows(kept), new());
        Assert.Empty(made.Models);
        Assert.Contains("one of the classes", Assert.Single(made.Withheld), StringComparison.Ordinal);
        Assert.Equal(kept.Length, made.Counts!.Cases);
    }

    private static AgreedAggregates Aggregates(LockedModel locked, Predictors partner, Endpoint endpoint, ExchangeTerms terms) => AggregateMaker.Make(
        ExternalValidation.Score(locked, partner, endpoint, "clinical", "elastic_net"),
        new(StudyFile.Parse(TabularCohort.StudyText, "study.yaml"), [new LockedSet("clinical", "elastic_net", locked)]),
        new("0123456789ab", "North Site", new("tables", 1, new string('0', 64)), terms, null, ExchangeState.Released, Then, Then, Then, Then, new(1, Then)),
        partner.RowCount);

    private static (LockedModel Locked, Predictors Partner, Endpoint Endpoint) Scored(EndpointKind kind, int cases)
    {
        var (table, outcome) = Simulated(kind, "owner", "P", 80, 1);
        var fitted = LearningRegistry.Pipeline([], new("elastic_net", JsonSerializer.SerializeToElement(new { }))).Fit(new(table, outcome, 1), TestContext.Current.CancellationToken);
        var (partner, endpoint) = Simulated(kind, "partner", Patient, cases, 2);
        return (LockedModel.Create(fitted, outcome, study: null), partner, endpoint);
    }

    private static (Predictors Predictors, Endpoint Endpoint) Simulated(EndpointKind kind, string cohort, string patient, int cases, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        RowId[] rows = [.. Enumerable.Range(0, cases).Select(i => string.Create(CultureInfo.InvariantCulture, $"{patient}{i}")).Select(id => new RowId(cohort, id, id))];
        double[] values = [.. Enumerable.Range(0, 2 * cases).Select(_ => random.NextGaussian())];
        double[] noisy = [.. values.Take(cases).Select(v => v + random.NextGaussian())];
        double[] times = [.. noisy.Select(v => 100 * Math.Exp(-v))];
        return (new(rows, ["a", "b"], values), kind switch
        {
            EndpointKind.Binary => new BinaryEndpoint("out", "label-1", "label-0", [.. noisy.Select(v => v > 0)]),
            EndpointKind.Multiclass => new MulticlassEndpoint("out", ["label-0", "label-1", "label-2"], [.. noisy.Select(v => v < -0.6 ? 0 : v < 0.6 ? 1 : 2)]),
            EndpointKind.Continuous => new ContinuousEndpoint("out", noisy),
            _ => new SurvivalEndpoint("out", times, [.. times.Select(_ => random.NextDouble() < 0.7)]),
        });
    }

    /// <summary>AUC, Hand and Till's AUC, R² and Harrell's C by going through the pairs or the sums.</summary>
    private static double ByDefinition(Predictions predicted, Endpoint endpoint) => endpoint switch
    {
        BinaryEndpoint y => Pairs(y.Count, i => predicted.Row(i)[0], i => y.Values[i], i => !y.Values[i]),
        MulticlassEndpoint y => (from a in Enumerable.Range(0, 3)
                                 from b in Enumerable.Range(0, 3)
                                 where a != b
                                 select Pairs(y.Count, i => predicted.Row(i)[a], i => y.Values[i] == a, i => y.Values[i] == b)).Average(),
        ContinuousEndpoint y => 1 - (Enumerable.Range(0, y.Count).Sum(i => Math.Pow(y.Values[i] - predicted.Row(i)[0], 2)) / y.Values.Sum(v => Math.Pow(v - y.Values.Average(), 2))),
        SurvivalEndpoint y => Concordance(y, i => predicted.Row(i)[0]),
        _ => throw new NotSupportedException(),
    };

    private static double Pairs(int count, Func<int, double> score, Func<int, bool> high, Func<int, bool> low) => (
        from i in Enumerable.Range(0, count).Where(high)
        from j in Enumerable.Range(0, count).Where(low)
        select (1 + Math.Sign(score(i) - score(j))) / 2.0).Average();

    private static double Concordance(SurvivalEndpoint y, Func<int, double> risk) => (
        from i in Enumerable.Range(0, y.Count).Where(i => y.Events[i])
        from j in Enumerable.Range(0, y.Count).Where(j => y.Times[j] > y.Times[i])
        select (1 + Math.Sign(risk(i) - risk(j))) / 2.0).Average();

    private static IEnumerable<double> Numbers(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => [json.GetDouble()],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Numbers(p.Value)),
        _ => [],
    };
}
