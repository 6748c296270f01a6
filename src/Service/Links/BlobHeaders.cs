using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>Headers of answers, as clients of Azure Blob Storage expect them and browsers need them.</summary>
internal static class BlobHeaders
{
    public static string ETag(string version) => $"\"{version}\"";

    public static Dictionary<string, string> Common(IReadOnlyDictionary<string, string> request, DateTimeOffset now)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Date"] = Text(now),
            ["Cache-Control"] = "no-store",
            ["Content-Length"] = "0",
            ["X-Content-Type-Options"] = "nosniff",
        };
        if (request.TryGetValue("x-ms-version", out var version) && DateOnly.TryParseExact(version, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            headers["x-ms-version"] = version;
        if (request.TryGetValue("x-ms-client-request-id", out var id) && Guid.TryParseExact(id, "D", out var guid))
            headers["x-ms-client-request-id"] = guid.ToString("D");
        return headers;
    }

    public static void AddFile(Dictionary<string, string> headers, StoredFile file)
    {
        headers["ETag"] = ETag(file.Version);
        headers["Last-Modified"] = Text(file.Modified);
    }

    /// <summary>What a partner wrote is handed out as a file and never shown as a page of the service.</summary>
    public static void AddContent(Dictionary<string, string> headers, StoredFile file, long length)
    {
        AddFile(headers, file);
        headers["Content-Length"] = length.ToString(CultureInfo.InvariantCulture);
        headers["Content-Type"] = "application/octet-stream";
        headers["Content-Disposition"] = "attachment";
        headers["Content-Security-Policy"] = "sandbox";
        headers["Accept-Ranges"] = "bytes";
        headers["x-ms-blob-type"] = "BlockBlob";
    }

    public static BlobResponse Problem(Dictionary<string, string> headers, BlobProblem problem, bool withBody)
    {
        headers["x-ms-error-code"] = problem.Code;
        if (!withBody)
            return new(problem.Status, headers);
        // Codes and messages are the gateway's own: nothing in them needs an escape.
        var xml = Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{problem.Code}</Code><Message>{problem.Message.Replace("'", "&apos;", StringComparison.Ordinal)}</Message></Error>");
        headers["Content-Type"] = "application/xml";
        headers["Content-Length"] = xml.Length.ToString(CultureInfo.InvariantCulture);
        return new(problem.Status, headers) { Body = new MemoryStream(xml), BodyLength = xml.Length };
    }

    private static string Text(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);
}
