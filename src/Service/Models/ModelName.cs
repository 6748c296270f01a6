using System.Text;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Models;

/// <summary>Names of models in the registry: 1 to 60 of a–z, 0–9 and hyphens.</summary>
public static class ModelName
{
    private const int GreatestLength = 60;
    private const int HashLength = 8;

    /// <summary>
    /// The name of a study made safe. One that is safe already stays as it is; of any other the safe part is kept and eight digits of its
    /// SHA-256 are added, so that two studies never share a name.
    /// </summary>
    public static string Of(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (IsValid(study))
            return study;
        var safe = new StringBuilder();
        foreach (var c in study.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
                safe.Append(c);
            else if (safe.Length > 0 && safe[^1] != '-')
                safe.Append('-');
            if (safe.Length == GreatestLength - HashLength - 1)
                break;
        }
        var hash = CanonicalJson.Hex(Encoding.UTF8.GetBytes(study))[..HashLength];
        var kept = safe.ToString().Trim('-');
        return (kept.Length == 0 ? "model" : kept) + "-" + hash;
    }

    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is >= 1 and <= GreatestLength && name[0] != '-' && name[^1] != '-'
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
    }
}
