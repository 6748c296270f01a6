using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>What a report says of an endpoint by its kind.</summary>
internal static class EndpointWords
{
    /// <summary>For example: 19 with the event, 32 without; null where the endpoint has no event.</summary>
    public static string? Events(ModelPerformance model) => model.Kind switch
    {
        EndpointKind.Binary => string.Create(CultureInfo.InvariantCulture, $"{model.Events} with the event, {model.Cases - model.Events} without"),
        EndpointKind.Survival => string.Create(CultureInfo.InvariantCulture, $"{model.Events} with the event, {model.Cases - model.Events} censored"),
        _ => null,
    };

    /// <summary>Cases of the kind that a study runs short of: the rarer class, or the events of a survival time; null where there is no such kind.</summary>
    public static int? Fewest(ModelPerformance model) => model.Kind switch
    {
        EndpointKind.Binary => Math.Min(model.Events, model.Cases - model.Events),
        EndpointKind.Survival => model.Events,
        _ => null,
    };

    /// <summary>What the leading measure means, in a sentence.</summary>
    public static string MeaningOfLead(EndpointKind kind) => kind switch
    {
        EndpointKind.Binary => "The AUC is the chance that the model ranks a random case with the event above a random case without; 0.5 is guessing.",
        EndpointKind.Multiclass => "The AUC of Hand and Till is the mean, over pairs of classes, of the chance that the model tells a random case of one from a random case of the other; 0.5 is guessing.",
        EndpointKind.Continuous => "R² is the share of the variance among unseen cases that the predictions explain; 0 is what the mean of the training cases explains, and below 0 is worse than that.",
        _ => "C is the chance that of two cases, of which one is known to have its event first, that one was given the greater risk; 0.5 is guessing.",
    };

    /// <summary>What a model that knows nothing does.</summary>
    public static string Nothing(EndpointKind kind) => kind is EndpointKind.Continuous ? "the mean of the training cases" : "guessing";
}
