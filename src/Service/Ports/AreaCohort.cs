using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Ports;

/// <summary>A cohort below a prefix of an area.</summary>
/// <param name="prefix">Empty, or ends with a slash.</param>
public sealed class AreaCohort(IFileArea area, string prefix) : ICohort
{
    public async Task<Stream> Open(CohortFile file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        return await area.Open(prefix + file.Path, file.Version, cancel).ConfigureAwait(false) ?? throw CohortFile.Changed(file.Path);
    }
}
