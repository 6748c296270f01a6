using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RadiogenomicsCloud.Cli.Serve;

/// <summary>
/// Who may talk to a service on loopback, where every program and every web page of this machine's users can knock: whoever knows the key of
/// this start, by its address once and by a cookie from then on, or as a bearer token; never a page of another origin.
/// </summary>
internal sealed class LocalAccess(int port)
{
    /// <summary>A header that no form and no link of another page can send; asked of every request that changes something.</summary>
    public const string ChangeHeader = "X-Radiogenomics";

    public const string KeyParameter = "key";
    private const string Bearer = "Bearer ";

    private readonly byte[] key = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
    private readonly string cookie = $"radiogenomics-{port}";

    /// <summary>The address that lets its reader in.</summary>
    public Uri Address { get; private set; } = new($"http://127.0.0.1:{port}/");

    public Uri AddressWithKey => new(Address, $"/?{KeyParameter}={Encoding.ASCII.GetString(key)}");

    /// <summary>A name that points to loopback for the sake of reading our answers is not ours.</summary>
    public bool IsOurHost(HostString host) => host.Port == port && host.Host is "127.0.0.1" or "localhost";

    /// <summary>Whether the request comes from a page of ours, or from no page at all.</summary>
    public bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers[HeaderNames.Origin] is { Count: > 0 } origin)
            return origin == $"http://127.0.0.1:{port}" || origin == $"http://localhost:{port}";
        // A person following a link from elsewhere sees a page of ours; a script of elsewhere reads nothing.
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
            || (HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document");
    }

    public bool HasKey(HttpRequest request) =>
        IsKey(request.Cookies[cookie])
        || (request.Headers.Authorization.ToString() is { } text && text.StartsWith(Bearer, StringComparison.Ordinal) && IsKey(text[Bearer.Length..]));

    /// <summary>Lets a reader of <see cref="AddressWithKey"/> in.</summary>
    /// <returns>False if the request does not bring the key.</returns>
    public bool TryAdmit(HttpContext context)
    {
        if (!IsKey(context.Request.Query[KeyParameter]))
            return false;
        context.Response.Cookies.Append(cookie, Encoding.ASCII.GetString(key), new CookieOptions { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict, Path = "/", IsEssential = true });
        return true;
    }

    private bool IsKey(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), key);
}
