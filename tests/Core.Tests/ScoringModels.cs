using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Core.Tests;

internal static class ScoringModels
{
    /// <summary>Probability of the event, one a row, of a model of a binary endpoint.</summary>
    public static double[] PredictProbability(this IScoringModel model, Predictors predictors)
    {
        Assert.Equal(EndpointKind.Binary, model.EndpointKind);
        return model.Predict(predictors).Scores();
    }
}
