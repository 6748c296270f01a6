using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>A line of the list of inputs: a file, or all files below a folder of the cohort.</summary>
/// <param name="Sha256">Of the file; of a folder, over its lines <c>hash, two spaces, path, line feed</c> in ordinal order of paths, as
/// <c>sha256sum</c> prints them.</param>
internal sealed record InputGroup(string Path, int Files, long Bytes, string Sha256)
{
    /// <summary>More files than this in a folder are one line.</summary>
    public const int MostSingleFiles = 8;

    public static IReadOnlyList<InputGroup> Of(IReadOnlyList<InputFile> inputs) =>
    [
        .. inputs.OrderBy(f => f.Path, StringComparer.Ordinal)
            .GroupBy(f => f.Path.Contains('/', StringComparison.Ordinal) ? f.Path[..(f.Path.IndexOf('/', StringComparison.Ordinal) + 1)] : "", StringComparer.Ordinal)
            .SelectMany(folder => folder.Key.Length == 0 || folder.Count() <= MostSingleFiles
                ? folder.Select(f => new InputGroup(f.Path, 1, f.Length, f.Sha256))
                : [new InputGroup(folder.Key, folder.Count(), folder.Sum(f => f.Length), Combined(folder))]),
    ];

    private static string Combined(IEnumerable<InputFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Sha256}  {file.Path}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
