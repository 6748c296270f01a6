using System.IO.Enumeration;

namespace RadiogenomicsCloud.Service.Models;

/// <summary>Who may lock and retire models; a setting of the host.</summary>
/// <param name="MayLock">
/// Persons as the host names them, letter case aside; <c>*</c> stands for any characters, as in <c>*@example.org</c>. Empty: nobody may.
/// </param>
public sealed record RegistrySettings(IReadOnlyList<string> MayLock)
{
    public bool Allows(string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        // A backslash escapes in such expressions; in the name of a person (DOMAIN\name) it is a letter like any other.
        return MayLock.Any(pattern => FileSystemName.MatchesSimpleExpression(
            pattern.Replace(@"\", @"\\", StringComparison.Ordinal), who, ignoreCase: true));
    }
}
