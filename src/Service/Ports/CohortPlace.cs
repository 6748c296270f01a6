using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Ports;

/// <summary>Where a cohort lies. Travels with every call of a step, so that any process can serve it.</summary>
/// <param name="Prefix">Empty, or ends with a slash.</param>
public sealed record CohortPlace(string Area, string Prefix)
{
    /// <summary>A cohort of the owner: a prefix of <see cref="AreaNames.Cohorts"/>.</summary>
    public static CohortPlace Of(string cohort) => new(AreaNames.Cohorts, cohort + "/");

    public ICohort In(IFileAreas files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new AreaCohort(files.Area(Area), Prefix);
    }
}
