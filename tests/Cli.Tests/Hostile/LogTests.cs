using System.Net.Http.Json;
using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests.Hostile;

/// <summary>What is left behind on the machine: in the log, and in the rights of files.</summary>
public class LogTests
{
    [Fact]
    public async Task Neither_keys_nor_links_nor_what_images_say_are_in_the_log_and_secrets_are_their_owners_alone()
    {
        using var folder = new TestFolder();
        var storage = folder.At("storage");
        await using var serve = await ServeProcess.Start(storage);
        using var made = await serve.Client.PostAsJsonAsync("/api/cohorts/evil/links", new { hours = 1 }, TestContext.Current.CancellationToken);
        var link = new Uri((await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("link").GetString()!);
        var signature = System.Web.HttpUtility.ParseQueryString(link.Query)["sig"]!;
        async Task<int> Put(string path, byte[] body, string more = "")
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"{link.GetLeftPart(UriPartial.Path)}/{path}{link.Query}{more}") { Content = new ByteArrayContent(body) };
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
            using var answer = await serve.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
        foreach (var (path, bytes) in IdentifiedImages.Files())
            Assert.Equal(201, await Put(path, bytes));
        Assert.Equal(201, await Put("clinical.csv", "case_id,name\nSECRETSON,\u001B[31mJANE\n"u8.ToArray()));
        Assert.Equal(400, await Put("%2e%2e/x%1b[2J", [1]));
        Assert.Equal(403, await Put("x", [1], "&comp=SECRETSON%0a"));
        Assert.Equal(201, await Put("study.yaml", "SECRETSON: <script>\u001B[31m"u8.ToArray()));
        Assert.Equal(201, await Put("_COMPLETE", []));
        await serve.Job("evil", j => j.GetProperty("state").GetString() == "Refused", TimeSpan.FromMinutes(2));
        using (await serve.Client.GetAsync("/?key=wrong-SECRETSON", TestContext.Current.CancellationToken))
        {
        }
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode OthersMay = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(storage) & OthersMay);
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(storage, "records", ".link-key")) & OthersMay);
        }
        var ended = await serve.Signal("TERM");
        Assert.Contains("was refused", ended.Error, StringComparison.Ordinal);
        foreach (var secret in new[] { serve.Key, signature, Uri.EscapeDataString(signature), "SECRETSON", "19480211", "JANE", "<script>" })
            Assert.DoesNotContain(secret, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(ended.Error, c => char.IsControl(c) && c is not ('\n' or '\r'));
        // The address with the key is what it prints, once.
        Assert.Equal(2, ended.Output.Split(serve.Key).Length);
        foreach (var file in Directory.EnumerateFiles(storage, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(signature, await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
