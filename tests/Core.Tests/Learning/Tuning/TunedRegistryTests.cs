using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Tuning;

/// <summary>Every model of the registry that says where its options are searched can be tuned there. A new one is tested by being registered.</summary>
public class TunedRegistryTests
{
    public static TheoryData<string, EndpointKind> Models
    {
        get
        {
            var data = new TheoryData<string, EndpointKind>();
            foreach (var entry in LearningRegistry.Entries.Where(e => e.Kind is RegistryKind.Model && e.Options.Any(o => o.Search is not null)))
            {
                foreach (var endpoint in entry.Endpoints)
                    data.Add(entry.Name, endpoint);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_registered_model_is_tuned_where_it_says(string name, EndpointKind kind)
    {
        var entry = LearningRegistry.Entries.Single(e => e.Name == name);
        var searched = entry.Options.Where(o => o.Search is not null).Select(o => o.Name).ToArray();
        var options = JsonSerializer.SerializeToElement(searched.ToDictionary(o => o, _ => "tune"));
        var tune = new NamedOptions("random", JsonSerializer.SerializeToElement(new { budget = 3, folds = 2 }));
        var training = TestTables.Simulated(60, 6, 0.05, kind: kind);
        var fitted = LearningRegistry.Pipeline([new("zscore", default)], new(name, options) { Tune = tune }).Fit(training, TestContext.Current.CancellationToken);
        Assert.Equal(3, fitted.Tuning!.Evaluations.Count);
        Assert.All(fitted.Tuning.Evaluations, e => Assert.NotNull(e.Loss));
        Assert.Equal(searched.Order(), fitted.Tuning.Options.EnumerateObject().Select(o => o.Name).Order());
        Assert.Equal(name, fitted.Model.Kind);
        var read = LearningRegistry.ReadPipeline(JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement);
        Assert.Equal(fitted.Predict(training.Predictors, [20.0]).All.ToArray(), read.Predict(training.Predictors, [20.0]).All.ToArray());
    }
}
