namespace RadiogenomicsCloud.Service.Api;

/// <summary>What may stand in a path where a name is expected: anything else is not there.</summary>
internal static class ApiNames
{
    private const int LongestPath = 500;

    /// <summary>A path inside an area: no part is empty, a dot or two.</summary>
    public static bool IsFilePath(string path) =>
        path.Length <= LongestPath && !path.Any(c => char.IsControl(c) || c == '\\')
        && path.Split('/').All(part => part.Length > 0 && part is not ("." or ".."));
}
