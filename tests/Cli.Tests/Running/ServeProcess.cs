using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace RadiogenomicsCloud.Cli.Tests.Running;

/// <summary>A running <c>serve</c> as a process of its own, on a port that was free.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private ServeProcess(Process process, Uri address, Task<string> output, Task<string> error)
    {
        (this.process, Address, this.output, this.error) = (process, address, output, error);
        Key = address.Query["?key=".Length..];
        Client = new HttpClient { BaseAddress = new Uri(address, "/") };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Client.DefaultRequestHeaders.Add("X-Radiogenomics", "test");
    }

    public int ProcessId => process.Id;

    /// <summary>With the key.</summary>
    public Uri Address { get; }

    public string Key { get; }

    /// <summary>Speaks to the service as someone who has its key.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts the service and waits until it answers.</summary>
    public static async Task<ServeProcess> Start(string storage, params string[] more)
    {
        var urlFile = Path.Combine(Path.GetTempPath(), $"radiogenomics-url-{Guid.NewGuid():N}");
        var process = Radiogenomics.Start([], ["serve", "--storage", storage, "--port", "0", "--poll", "1", "--url-file", urlFile, .. more]);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        for (var clock = Stopwatch.StartNew(); !File.Exists(urlFile) && clock.Elapsed < StartLimit && !process.HasExited;)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        if (!File.Exists(urlFile))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"serve did not start: {await error}");
        }
        return new(process, new Uri((await File.ReadAllTextAsync(urlFile, TestContext.Current.CancellationToken)).Trim()), output, error);
    }

    public Task<JsonElement> Get(string path) => Client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    /// <summary>Asks until the newest job of a subject is as wanted.</summary>
    public async Task<JsonElement> Job(string subject, Func<JsonElement, bool> wanted, TimeSpan limit)
    {
        JsonElement last = default;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < limit;)
        {
            var jobs = (await Get("/api/jobs?subject=" + Uri.EscapeDataString(subject))).GetProperty("items");
            if (jobs.GetArrayLength() > 0 && wanted(last = jobs[0]))
                return last;
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"The job of '{subject}' did not get there: {last}");
    }

    /// <summary>Ends it at once, as a power cut does.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Asks it to end, as a terminal does with Ctrl-C (<c>INT</c>) or the system with <c>TERM</c>.</summary>
    public async Task<CommandResult> Signal(string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(StartLimit);
        return new(process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }
}
