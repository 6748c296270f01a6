using System.Diagnostics;

namespace RadiogenomicsCloud.Tests.Azurite;

/// <summary>
/// The storage emulator Azurite as a child of the test process, on ports of its own, with everything in memory; shared by the tests of a
/// project, which therefore take areas and partitions of their own. It ends when the test process does.
/// </summary>
internal sealed class AzuriteServer
{
    /// <summary>The emulator's published account and key.</summary>
    public const string Account = "devstoreaccount1";
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<AzuriteServer>> SharedHttp = new(() => Start());

    private AzuriteServer(Process process, Uri blobs, Uri queues, Uri tables)
    {
        Process = process;
        (Blobs, Queues, Tables) = (new Uri(blobs, Account), new Uri(queues, Account), new Uri(tables, Account));
    }

    /// <summary>Its standard input is what keeps the emulator alive.</summary>
    public Process Process { get; }

    public Uri Blobs { get; }

    public Uri Queues { get; }

    public Uri Tables { get; }

    public string ConnectionString => string.Join(
        ';', $"DefaultEndpointsProtocol={Blobs.Scheme}", $"AccountName={Account}", $"AccountKey={Key}", $"BlobEndpoint={Blobs}", $"QueueEndpoint={Queues}", $"TableEndpoint={Tables}");

    /// <summary>The project's emulator; skips the test where it cannot run, and fails it in CI.</summary>
    public static Task<AzuriteServer> Require() => OrSkip(SharedHttp.Value);

    /// <summary>An emulator's start, turned into a skipped test where it cannot run and a failed one in CI.</summary>
    public static async Task<AzuriteServer> OrSkip(Task<AzuriteServer> starting)
    {
        try
        {
            return await starting;
        }
        catch (InvalidOperationException problem)
        {
            var message = $"The storage emulator Azurite cannot run here; it needs Node and, the first time, the network. {problem.Message}";
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(message);
            Assert.Skip(message);
            throw;
        }
    }

    /// <exception cref="InvalidOperationException">It cannot be installed or does not start.</exception>
    public static async Task<AzuriteServer> Start(params string[] more)
    {
        var script = await AzuriteInstall.Script();
        string[] arguments =
        [
            "--require", Path.Combine(AzuriteInstall.Manifest, "die-with-parent.js"), script,
            "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            "--inMemoryPersistence", "--extentMemoryLimit", "4096", "--skipApiVersionCheck", "--silent", "--disableTelemetry", .. more,
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        Process process;
        try
        {
            process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"node: {exception.Message}", exception);
        }
        return await Listening(process);
    }

    private static async Task<AzuriteServer> Listening(Process process)
    {
        var services = new Dictionary<string, Uri>();
        var ready = new TaskCompletionSource<AzuriteServer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => Fail("ended");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = Task.Delay(StartLimit).ContinueWith(_ => Fail("did not listen in time"), TaskScheduler.Default);
        return await ready.Task;

        void Hear(string? line)
        {
            if (line is null)
                return;
            lock (said)
            {
                if (said.Count < 100)
                    said.Add(line);
                var words = line.Split(' ');
                if (line.Contains("successfully listening at", StringComparison.Ordinal))
                    services[words[1]] = new Uri(words[^1] + "/");
                if (services.Count == 3)
                    ready.TrySetResult(new AzuriteServer(process, services["Blob"], services["Queue"], services["Table"]));
            }
        }

        void Fail(string how)
        {
            lock (said)
                ready.TrySetException(new InvalidOperationException($"The emulator {how}: {string.Join(" ", said)}"));
        }
    }
}
