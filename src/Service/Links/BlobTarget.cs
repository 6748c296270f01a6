using System.Text;
using RadiogenomicsCloud.Service.Folders;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>Area, path and query of a request, decoded once.</summary>
/// <param name="Path">Empty where the request is about the area as a whole.</param>
internal sealed record BlobTarget(string Area, string Path, IReadOnlyList<KeyValuePair<string, string>> Query)
{
    private const int MaximumLength = 16 * 1024;
    private const int MaximumParameters = 40;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="BlobProblem">Not well formed, no area, or a path that is none or could mean another one somewhere.</exception>
    public static BlobTarget Parse(string target)
    {
        if (target.Length > MaximumLength || target.Any(c => c is <= ' ' or > '~' or '#') || !target.StartsWith(FolderLinkIssuer.Mount, StringComparison.Ordinal))
            throw BlobProblem.BadUri();
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = target[FolderLinkIssuer.Mount.Length..(question < 0 ? target.Length : question)];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var area = slash < 0 ? path : path[..slash];
        if (!FolderFileAreas.IsName(area))
            throw BlobProblem.BadName("does not begin with an area");
        return new(area, slash < 0 ? "" : Decode(path[(slash + 1)..]), question < 0 ? [] : Parameters(target[(question + 1)..]));
    }

    /// <summary>The one value of a parameter; null where it is absent or comes twice.</summary>
    public string? Single(string name) => Query.Count(p => p.Key == name) == 1 ? Query.First(p => p.Key == name).Value : null;

    public bool Has(string name) => Query.Any(p => p.Key == name);

    /// <summary>What is not to be written or read by any link, whatever the file system: see <see cref="PortableNames"/>.</summary>
    /// <exception cref="BlobProblem"/>
    public void RequireFilePath()
    {
        if (AreaPath.Problem(Path) is { } problem)
            throw BlobProblem.BadName(problem);
        foreach (var name in Path.Split('/'))
        {
            if (AreaPath.IsHidden(name) || PortableNames.IsAmbiguous(name))
                throw BlobProblem.BadName("has a part that begins or ends with a dot, ends with a space, or names a device");
        }
        // Whoever decodes once too often must not be led elsewhere either.
        for (var (again, path) = (0, Path); again < 3 && path.Contains('%', StringComparison.Ordinal); again++)
        {
            path = Uri.UnescapeDataString(path);
            if (AreaPath.Problem(path) is not null || path.Count(c => c == '/') != Path.Count(c => c == '/'))
                throw BlobProblem.BadName("is encoded twice");
        }
    }

    private static List<KeyValuePair<string, string>> Parameters(string query)
    {
        var parts = query.Split('&', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MaximumParameters)
            throw BlobProblem.BadUri();
        return [.. parts.Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(Decode(p[0]), p.Length == 2 ? Decode(p[1]) : ""))];
    }

    private static string Decode(string text)
    {
        var bytes = new byte[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes[count++] = (byte)text[i];
                continue;
            }
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                throw BlobProblem.BadUri();
            bytes[count++] = Convert.FromHexString(text.AsSpan(i + 1, 2))[0];
            i += 2;
        }
        try
        {
            return Strict.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException)
        {
            throw BlobProblem.BadUri();
        }
    }
}
