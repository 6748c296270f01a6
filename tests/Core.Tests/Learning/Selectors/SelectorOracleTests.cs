using System.Text.Json;
using RadiogenomicsCloud.Core.Tests.Statistics;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Selectors;

/// <summary>
/// mRMR and ReliefF against programs written from the papers in R, <c>Data/r/make_selectors.R</c>: no R package at hand has them.
/// </summary>
public class SelectorOracleTests
{
    private static readonly RAnswers R = new("selectors.json");

    private static IFittedTransform Fit(string name, TrainingSet training, object options) =>
        LearningRegistry.Transform(new(name, JsonSerializer.SerializeToElement(options))).Fit(training, TestContext.Current.CancellationToken);

    public static TheoryData<string, string, string> Orders
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var set in new[] { "iris", "lgg.idh1", "lgg.subtype" })
            {
                foreach (var scheme in new[] { "mid", "miq" })
                {
                    foreach (var information in new[] { "correlation", "discrete" })
                        data.Add(set, scheme, information);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Mrmr_takes_columns_in_the_order_of_its_definition(string set, string scheme, string information)
    {
        var training = PenalisedPathTests.Load(set);
        string[] order = [.. R[$"mrmr {set} {scheme} {information}"].EnumerateArray().Select(v => v.GetString()!)];
        for (var count = 1; count <= order.Length; count++)
        {
            var kept = Fit("mrmr", training, new { count, scheme, information }).Columns;
            Assert.Equal(order.Take(count).Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("iris", 10)]
    [InlineData("lgg.idh1", 10)]
    [InlineData("lgg.subtype", 5)]
    [InlineData("lgg.age", 10)]
    public void ReliefF_weighs_columns_as_its_definition(string set, int k)
    {
        var relief = (ReliefF)LearningRegistry.Transform(new("relieff", JsonSerializer.SerializeToElement(new { k })));
        var found = relief.Weights(PenalisedPathTests.Load(set), TestContext.Current.CancellationToken);
        RData.Near(R.Numbers($"relieff {set}"), found, 1e-9);
    }
}
