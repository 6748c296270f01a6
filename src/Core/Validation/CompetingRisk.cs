using System.Globalization;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>What figures of a survival endpoint mean where other events compete.</summary>
internal static class CompetingRisk
{
    /// <summary>Null where no competing event happened.</summary>
    public static string? Warning(Endpoint endpoint) => endpoint is SurvivalEndpoint { CompetingCount: > 0 and var count } survival
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{count} of {survival.Count} cases had a competing event first. The model is cause-specific: such an event ends the follow-up as censoring does, in fitting, concordance, Brier scores, calibration and net benefit alike. ")
            + "One less predicted survival is therefore not the share of patients that will have the event, which is smaller; read the cumulative incidence."
        : null;
}
