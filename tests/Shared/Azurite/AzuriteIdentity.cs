using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace RadiogenomicsCloud.Tests.Azurite;

/// <summary>
/// An emulator that takes identities: https with a certificate made for the test, and tokens of which it reads the claims and checks neither
/// signature nor roles.
/// </summary>
internal static class AzuriteIdentity
{
    private static readonly Lazy<Task<AzuriteServer>> SharedHttps = new(Start);

    /// <summary>Trusts the emulator's certificate, which nobody else vouches for.</summary>
    public static HttpClient Http { get; } = new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });

    /// <summary>As <see cref="AzuriteServer.Require"/>, with identities.</summary>
    public static Task<AzuriteServer> Require() => AzuriteServer.OrSkip(SharedHttps.Value);

    /// <summary>A token as Entra would issue it, for nobody.</summary>
    public static string Token()
    {
        var now = DateTimeOffset.UtcNow;
        var claims = new Dictionary<string, object>
        {
            ["aud"] = "https://storage.azure.com",
            ["iss"] = "https://sts.windows.net/00000000-0000-0000-0000-000000000000/",
            ["iat"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
            ["nbf"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(2).ToUnixTimeSeconds(),
            ["oid"] = "00000000-0000-0000-0000-000000000001",
            ["tid"] = "00000000-0000-0000-0000-000000000000",
        };
        return $"{Part(new Dictionary<string, object> { ["alg"] = "RS256", ["typ"] = "JWT" })}.{Part(claims)}.{Convert.ToBase64String("none"u8).TrimEnd('=')}";
    }

    private static string Part(Dictionary<string, object> content) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static async Task<AzuriteServer> Start()
    {
        var folder = Directory.CreateTempSubdirectory("radiogenomics-azurite-").FullName;
        try
        {
            var (certificate, key) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
            using var pair = RSA.Create(2048);
            var request = new CertificateRequest("CN=127.0.0.1", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
            await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
            await File.WriteAllTextAsync(key, pair.ExportPkcs8PrivateKeyPem());
            return await AzuriteServer.Start("--oauth", "basic", "--cert", certificate, "--key", key);
        }
        finally
        {
            Directory.Delete(folder, recursive: true); // It has read them.
        }
    }
}
