using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>
/// The progress of a job of which a host knows that of each running workflow: what children have done in the stage that their parent is in
/// counts in the parent's; a child in another stage is shown as it is.
/// </summary>
public static class InstanceProgress
{
    /// <param name="running">Progress of the running workflows by the id of their instance, a child's being its parent's with <c>-key</c>.</param>
    /// <returns>Null if the root has none.</returns>
    public static Progress? Of(string root, IReadOnlyDictionary<string, Progress> running)
    {
        ArgumentNullException.ThrowIfNull(running);
        if (!running.TryGetValue(root, out var own))
            return null;
        var below = running.Where(i => i.Key.StartsWith(root + "-", StringComparison.Ordinal)).ToList();
        if (below.Where(i => i.Value.Stage != own.Stage).Select(i => i.Key).OrderBy(id => id.Length).ThenBy(id => id, StringComparer.Ordinal).FirstOrDefault()
            is { } other)
            return Of(other, running);
        return own with { Done = Math.Min(own.Total, own.Done + below.Sum(i => i.Value.Done)) };
    }
}
