using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Cli.Serve;
using RadiogenomicsCloud.Cli.Terminal;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>serve</c>: the service on one machine.</summary>
internal static class ServeCommand
{
    public const int DefaultPort = 8470;

    public static Command Create()
    {
        var storage = Arguments.Storage();
        var port = Number("--port", DefaultPort, 0, 65535, "Port on this machine's loopback; 0 for any that is free.", "N");
        var workers = Arguments.ServiceWorkers();
        var poll = OptionalNumber("--poll", 1, 86400, "Seconds between two looks at what has been uploaded; 5 for a folder, 30 for a storage account if not given.", "SECONDS");
        var revalidate = Number("--revalidate-every", 24, 1, 8760, "Hours between two looks at locked models on the cases that came since the last.", "HOURS");
        var urlFile = new Option<string?>("--url-file") { Description = "File to write the page's address to once the service answers, readable by you alone.", HelpName = "FILE" };
        var open = new Option<bool>("--open") { Description = "Show the page in the browser." };
        var identified = new Option<bool>("--accept-identified")
        {
            Description = "Run cohorts of your own although their images are not de-identified. Those of partners must be all the same.",
        };
        var command = new Command("serve", "Run the service on this machine: complete cohorts are run as they arrive, and shown on a web page.")
        {
            storage, port, workers, poll, revalidate, urlFile, open, identified,
        };
        command.SetAction((parsed, cancel) => Serve(
            new(
                parsed.GetValue(storage), parsed.GetValue(port), parsed.GetValue(workers),
                parsed.GetValue(poll) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                TimeSpan.FromHours(parsed.GetValue(revalidate)), parsed.GetValue(urlFile), parsed.GetValue(open),
                parsed.GetValue(identified)),
            cancel));
        return command;
    }

    private static async Task<int> Serve(ServeOptions options, CancellationToken cancel)
    {
        if (options.Storage is null)
            throw new BadInputException("serve.storage", "Say where the service keeps everything: --storage with a folder, or with a storage account by its connection string or https address.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        using var logging = LoggerFactory.Create(log => log.AddProvider(new StandardErrorLog(TimeProvider.System)).AddFilter("Microsoft", LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None));
        await using var storage = await StorageArgument.Open(options.Storage, TimeProvider.System, logging, stop.Token);
        await using var service = await LocalService.Start(options, storage, TimeProvider.System, logging, stop.Token);
        var address = service.Address.AbsoluteUri;
        Console.Out.WriteLine($"Serving {storage.Description} at {address}");
        if (options.UrlFile is { } file)
            WriteAddress(file, address);
        if (options.Open)
            Show(address);
        try
        {
            await service.Run(stop.Token);
        }
        finally
        {
            if (options.UrlFile is { } left)
                File.Delete(left); // Its key opens nothing any more.
        }
        cancel.ThrowIfCancellationRequested();
        return ExitCodes.Done; // Told by the system to end: what was running goes on at the next start.
    }

    /// <summary>Whole or not at all, since a script waits for it.</summary>
    private static void WriteAddress(string file, string address)
    {
        var draft = file + ".partial";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.WriteLine(address);
        File.Move(draft, file, overwrite: true);
    }

    private static void Show(string address)
    {
        try
        {
            Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            Messages.Warning("No browser could be opened; open the address above.");
        }
    }

    private static Option<int> Number(string name, int otherwise, int least, int most, string description, string help) => new(name)
    {
        Description = description,
        HelpName = help,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => Parse(result.Tokens[0].Value, name, least, most, result.AddError) ?? otherwise,
    };

    private static Option<int?> OptionalNumber(string name, int least, int most, string description, string help) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => Parse(result.Tokens[0].Value, name, least, most, result.AddError),
    };

    private static int? Parse(string text, string name, int least, int most, Action<string> error)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        error($"{name} is '{text}'; it must be a whole number from {least} to {most}.");
        return null;
    }
}
