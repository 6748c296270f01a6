namespace RadiogenomicsCloud.Service.Api;

/// <summary>What may stand in a path where a name is expected: anything else is not there.</summary>
internal static class ApiNames
{
    private const int LongestCohort = 40;
    private const int LongestPath = 500;

    /// <summary>A cohort of the owner: <c>[a-z0-9][a-z0-9-]{0,39}</c>.</summary>
    public static bool IsCohort(string name) =>
        name.Length is >= 1 and <= LongestCohort && name[0] != '-' && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>A path inside an area: no part is empty, a dot or two.</summary>
    public static bool IsFilePath(string path) =>
        path.Length <= LongestPath && !path.Any(c => char.IsControl(c) || c == '\\')
        && path.Split('/').All(part => part.Length > 0 && part is not ("." or ".."));
}
