using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>Traces and counts of the pipeline; hosts export them.</summary>
public static class PipelineTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "RadiogenomicsCloud.Pipeline";

    private static readonly Meter Meter = new(Name);

    internal static ActivitySource Source { get; } = new(Name);

    /// <summary>Steps by name and result (<c>found</c>, <c>computed</c>, <c>failed</c>).</summary>
    internal static Counter<long> Steps { get; } = Meter.CreateCounter<long>("radiogenomics.steps");
}
