using System.Reflection;
using RadiogenomicsCloud.Bench.Regions;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Bench;

/// <summary>
/// The textbook version of a family that its tests hold it against, found by name: <c>Naive…</c> for <c>…Family</c>, with a static
/// <c>Compute</c> that takes the region and nothing else that has no default.
/// </summary>
internal static class NaiveTwin
{
    /// <summary>Largest synthetic edge that twins of quadratic time and full matrices manage in seconds.</summary>
    public const int LargestEdge = 25;

    /// <summary>Computes all features of the family in all aggregations; null where the family has no twin.</summary>
    public static Func<IReadOnlyDictionary<string, double>>? Of(IFeatureFamily family, BenchRegion region)
    {
        var name = "Naive" + family.GetType().Name.Replace("Family", "", StringComparison.Ordinal);
        var compute = typeof(NaiveTwin).Assembly.GetTypes().FirstOrDefault(t => t.Name == name)?.GetMethod("Compute");
        if (compute is null || !compute.GetParameters().All(p => p.HasDefaultValue || IsOfRegion(p)))
            return null;
        var discretised = Discretiser.Discretise(region.Roi, region.Discretise);
        object?[] arguments = [.. compute.GetParameters().Select(p => Argument(p, region.Roi, discretised))];
        return () => (IReadOnlyDictionary<string, double>)compute.Invoke(null, arguments)!;
    }

    private static bool IsOfRegion(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(RegionOfInterest) || parameter.ParameterType == typeof(DiscretisedRegion)
        || parameter.ParameterType == typeof(Mask) || parameter.ParameterType == typeof(IvhSettings);

    private static object? Argument(ParameterInfo parameter, RegionOfInterest roi, DiscretisedRegion discretised) => parameter switch
    {
        { ParameterType: var type } when type == typeof(RegionOfInterest) => roi,
        { ParameterType: var type } when type == typeof(DiscretisedRegion) => discretised,
        { ParameterType: var type } when type == typeof(Mask) => roi.MorphologicalMask,
        { ParameterType: var type } when type == typeof(IvhSettings) => Wanted.Ivh,
        _ => parameter.DefaultValue,
    };
}
