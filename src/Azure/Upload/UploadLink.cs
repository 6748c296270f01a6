using System.Globalization;

namespace RadiogenomicsCloud.AzureStorage.Upload;

/// <summary>An address to upload to: <c>https://…/CONTAINER[/PREFIX][?SIGNATURE]</c>. What it says of itself is read before anything is sent.</summary>
public sealed class UploadLink
{
    private readonly string root;
    private readonly string query;

    private UploadLink(Uri address)
    {
        root = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        query = address.Query;
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var value = Uri.UnescapeDataString(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace('+', ' '));
            if (part.StartsWith("sp=", StringComparison.Ordinal))
                Rights = value;
            else if (part.StartsWith("se=", StringComparison.Ordinal) && DateTimeOffset.TryParse(
                value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry))
                Expiry = expiry;
            else if (part.StartsWith("sig=", StringComparison.Ordinal))
                IsSigned = value.Length > 0;
        }
    }

    /// <summary>The address without its signature.</summary>
    public string Description => root;

    /// <summary>Whether it carries a signature; otherwise an identity is needed.</summary>
    public bool IsSigned { get; }

    /// <summary>The letters of what it allows; null where a policy on the server's side says so.</summary>
    public string? Rights { get; }

    public DateTimeOffset? Expiry { get; }

    /// <summary>Whether a text is meant as an address, and not as a folder.</summary>
    public static bool IsLink(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <param name="now">For the expiry that the link states.</param>
    /// <exception cref="BadInputException">Not such an address, not https, expired, or it does not allow to write. No sentence holds the signature.</exception>
    public static UploadLink Parse(string text, DateTimeOffset now)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.AbsolutePath.Trim('/').Length == 0 || address.UserInfo.Length > 0)
            throw new BadInputException("link.address", "The link is not an address of the form https://ACCOUNT.blob.core.windows.net/CONTAINER: copy it again, whole and in quotes.");
        var link = new UploadLink(address);
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            throw new BadInputException("link.not_https", $"'{link.Description}' is not an https address: what is sent there could be read on the way.");
        if (link.Expiry <= now)
            throw new BadInputException("link.expired", string.Create(
                CultureInfo.InvariantCulture, $"The link to '{link.Description}' has expired at {link.Expiry:yyyy-MM-dd HH:mm} UTC: ask for a new one."));
        if (link.Rights is { } rights && !rights.Contains('c', StringComparison.Ordinal) && !rights.Contains('w', StringComparison.Ordinal))
            throw new BadInputException("link.right", $"The link to '{link.Description}' does not allow to upload: ask for the link to the inbox.");
        return link;
    }

    /// <summary>The same link, to a folder below it.</summary>
    public UploadLink Below(string folder) => new(new Uri($"{root}/{Uri.EscapeDataString(folder)}{query}"));

    /// <summary>The address of a file, signed as the link is.</summary>
    internal Uri To(string path) => new($"{root}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}{query}");
}
