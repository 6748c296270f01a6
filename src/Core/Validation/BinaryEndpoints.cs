using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>Checks of a binary endpoint.</summary>
internal static class BinaryEndpoints
{
    public static void RequireBothClasses(BinaryEndpoint endpoint)
    {
        if (endpoint.EventCount == 0 || endpoint.EventCount == endpoint.Count)
        {
            var label = endpoint.EventCount == 0 ? endpoint.ReferenceLabel : endpoint.EventLabel;
            throw new BadInputException(
                "validation.one_class",
                $"All {endpoint.Count} cases have '{endpoint.Name}' = {label}; both classes are needed.",
                endpoint.Name);
        }
    }
}
