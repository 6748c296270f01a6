using System.Collections.Frozen;

namespace RadiogenomicsCloud.Service.Web;

/// <summary>A file of the service's page.</summary>
public sealed record WebFile(byte[] Bytes, string ContentType);

/// <summary>
/// The service's page: plain HTML, CSS and scripts without a build step and without anything of others, which speak to the API alone. Whatever
/// they show they set as text, never as markup.
/// </summary>
public static class WebFiles
{
    private const string Root = "web/";
    private const string Index = "index.html";

    private static readonly FrozenDictionary<string, WebFile> Files = Load();

    /// <summary>The file at an address; null if there is none. The page itself is at <c>/</c>.</summary>
    /// <param name="path">Begins with a slash.</param>
    public static WebFile? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Files.GetValueOrDefault(path == "/" ? "/" + Index : path);
    }

    private static FrozenDictionary<string, WebFile> Load()
    {
        var assembly = typeof(WebFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .ToFrozenDictionary(name => "/" + name[Root.Length..], Read, StringComparer.Ordinal);

        WebFile Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return new(bytes.ToArray(), TypeOf(name));
        }
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"'{name}' has a type that the page does not use."),
    };
}
