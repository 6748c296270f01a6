using System.Globalization;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>Checks of the outcomes that something is judged by.</summary>
internal static class EndpointChecks
{
    /// <exception cref="BadInputException">
    /// A binary endpoint has one class, a multiclass one lacks a class, no event happened, or a number is the same for all cases.
    /// </exception>
    public static void RequireDifferences(Endpoint endpoint)
    {
        switch (endpoint)
        {
            case BinaryEndpoint binary when binary.EventCount == 0 || binary.EventCount == binary.Count:
                throw OneClass(endpoint, $"{binary.Count} cases have '{binary.Name}' = {(binary.EventCount == 0 ? binary.ReferenceLabel : binary.EventLabel)}; both classes are needed.");
            case MulticlassEndpoint multiclass when Absent(multiclass) is { } label:
                throw new BadInputException("validation.one_class", $"No case has '{multiclass.Name}' = {label}; all classes are needed.", multiclass.Name);
            case ContinuousEndpoint continuous when Array.TrueForAll(continuous.Values, v => v.Equals(continuous.Values[0])):
                throw OneClass(endpoint, $"{continuous.Count} cases have the same '{continuous.Name}'; there is nothing to predict.");
            case SurvivalEndpoint { EventCount: 0 }:
                throw new BadInputException("validation.one_class", $"No case had the event of '{endpoint.Name}'; there is nothing to predict.", endpoint.Name);
            default:
                return;
        }
    }

    /// <summary>Rows with the event; 0 for an endpoint that has none.</summary>
    public static int EventCount(Endpoint endpoint) => endpoint switch
    {
        BinaryEndpoint binary => binary.EventCount,
        SurvivalEndpoint survival => survival.EventCount,
        _ => 0,
    };

    private static string? Absent(MulticlassEndpoint endpoint) => endpoint.Labels.Where((_, k) => !endpoint.Values.Contains(k)).FirstOrDefault();

    private static BadInputException OneClass(Endpoint endpoint, FormattableString all) =>
        new("validation.one_class", "All " + all.ToString(CultureInfo.InvariantCulture), endpoint.Name);
}
