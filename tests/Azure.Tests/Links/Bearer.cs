namespace RadiogenomicsCloud.Azure.Tests.Links;

/// <summary>Who holds a link and tries what can be tried with it; each answer is the HTTP status.</summary>
internal sealed class Bearer(Uri link, HttpClient http)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<int> Read(string path) => Send(HttpMethod.Get, path, "");

    public Task<int> Look(string path) => Send(HttpMethod.Head, path, "");

    public Task<int> Delete(string path) => Send(HttpMethod.Delete, path, "");

    public Task<int> List() => Send(HttpMethod.Get, "", "restype=container&comp=list");

    public Task<int> Put(string path) => Send(HttpMethod.Put, path, "", ("x-ms-blob-type", "BlockBlob"));

    public Task<int> PutBlock(string path) => Send(HttpMethod.Put, path, "comp=block&blockid=AAAA");

    public Task<int> SetMetadata(string path) => Send(HttpMethod.Put, path, "comp=metadata", ("x-ms-meta-a", "b"));

    public Task<int> RemoveArea() => Send(HttpMethod.Delete, "", "restype=container");

    public Task<int> ReadPolicies() => Send(HttpMethod.Get, "", "restype=container&comp=acl");

    /// <summary>The same signature on another area.</summary>
    public Bearer At(string area)
    {
        var parts = link.AbsolutePath.Split('/');
        return new(new UriBuilder(link) { Path = string.Join('/', [.. parts[..^1], area]) }.Uri, http);
    }

    /// <summary>The link with one of its terms changed.</summary>
    public Bearer With(string name, string value) => new(
        new UriBuilder(link) { Query = string.Join('&', link.Query.TrimStart('?').Split('&').Select(p => p.StartsWith(name + "=", StringComparison.Ordinal) ? $"{name}={value}" : p)) }.Uri,
        http);

    private async Task<int> Send(HttpMethod method, string path, string query, params (string Name, string Value)[] headers)
    {
        var address = new UriBuilder(link) { Path = link.AbsolutePath + (path.Length > 0 ? "/" + path : ""), Query = query + "&" + link.Query.TrimStart('?') };
        using var request = new HttpRequestMessage(method, address.Uri);
        request.Headers.Add("x-ms-version", "2026-06-06");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        if (method == HttpMethod.Put)
            request.Content = new ByteArrayContent([1, 2, 3]);
        using var answer = await http.SendAsync(request, Cancel);
        return (int)answer.StatusCode;
    }
}
