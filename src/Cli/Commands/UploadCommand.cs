using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.AzureStorage;
using RadiogenomicsCloud.AzureStorage.Upload;
using RadiogenomicsCloud.Cli.Terminal;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>upload COHORT --to URL|DIR</c>: sends a cohort, the manifest last.</summary>
internal static class UploadCommand
{
    private const int MostParallel = 64;

    /// <summary>What the command line says.</summary>
    private sealed record Request(
        string Cohort, string To, string? Name, string? Out, int Parallel, string? Site, DeidentificationStatement? Statement, bool Afresh, bool Json);

    public static Command Create()
    {
        var cohort = Arguments.Cohort();
        var to = new Option<string>("--to")
        {
            Description = "Where to: a link (https://…, in quotes), the address of a container for who is signed in, or the folder of 'serve --storage'.",
            Required = true,
            HelpName = "URL|DIR",
        };
        var name = new Option<string?>("--name") { Description = "Name of the cohort there; needed for a folder. Lower-case letters, digits, hyphens.", HelpName = "NAME" };
        var site = new Option<string?>("--site") { Description = "Where the data are from.", HelpName = "NAME" };
        var statement = new Option<string?>("--statement") { Description = "How the cohort was de-identified.", HelpName = "TEXT" };
        var notNeeded = new Option<string?>("--statement-not-required") { Description = "Why it needed no de-identification (a phantom, synthetic data).", HelpName = "TEXT" };
        var afresh = new Option<bool>("--afresh") { Description = "Send everything again, whatever arrived before." };
        var output = Arguments.Out("Where the state of the upload is kept; .radiogenomics in the cohort if not given.");
        var parallel = Arguments.Parallel();
        var json = Arguments.Json();
        var command = new Command("upload", "Send a cohort to a service; started again, it sends what is missing.")
        {
            cohort, to, name, site, statement, notNeeded, afresh, output, parallel, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(statement) is not null && result.GetValue(notNeeded) is not null)
                result.AddError("--statement and --statement-not-required exclude each other.");
        });
        command.SetAction((parsed, cancel) => Upload(
            new(
                parsed.GetValue(cohort)!, parsed.GetValue(to)!, parsed.GetValue(name), parsed.GetValue(output),
                Math.Min(MostParallel, parsed.GetValue(parallel)), parsed.GetValue(site), Statement(parsed.GetValue(statement), parsed.GetValue(notNeeded)),
                parsed.GetValue(afresh), parsed.GetValue(json)),
            cancel));
        return command;
    }

    private static DeidentificationStatement? Statement(string? method, string? notRequired) =>
        method is null && notRequired is null ? null : new(method, notRequired);

    private static async Task<int> Upload(Request request, CancellationToken cancel)
    {
        RequireLength("--site", request.Site, CohortManifest.MaximumSiteLength);
        RequireLength("--statement", request.Statement?.Method ?? request.Statement?.NotRequired, DeidentificationStatement.MaximumLength);
        if (request.Name is { } name)
            IntakeStarter.RequireCohortName(name);
        if (UploadLink.IsLink(request.To))
        {
            var link = UploadLink.Parse(request.To, TimeProvider.System.GetUtcNow());
            using var blobs = new BlobUploadTarget(request.Name is { } below ? link.Below(below) : link, request.Parallel, new AzureStorageOptions());
            return await Send(request, blobs, cancel);
        }
        if (!Directory.Exists(request.To))
            throw new BadInputException("upload.no_folder", $"'{request.To}' is neither an https address nor a folder that exists.", request.To);
        if (request.Name is null)
            throw new BadInputException("upload.no_name", "--name is needed where --to is a folder: the cohort's name there.");
        await using var storage = FolderServiceStorage.Open(request.To, TimeProvider.System);
        await storage.Prepare(cancel);
        var place = CohortPlace.Of(request.Name);
        return await Send(request, new AreaUploadTarget(storage.Files.Area(place.Area), place.Prefix, storage.Description), cancel);
    }

    private static async Task<int> Send(Request request, IUploadTarget target, CancellationToken cancel)
    {
        var folder = Path.GetFullPath(request.Out ?? Path.Combine(request.Cohort, LocalRunOptions.DefaultOut));
        if (!Directory.Exists(request.Cohort))
            throw new BadInputException("cohort.missing", $"There is no folder '{request.Cohort}'.", request.Cohort);
        var state = Path.Combine(folder, "uploads");
        using var arrived = UploadState.Open(state, target.Description, request.Afresh);
        var cohort = new FolderCohort(request.Cohort, Path.Combine(state, "hashes.json"), folder);
        var files = await cohort.List(cancel);
        if (files.Count == 0)
            throw new BadInputException("cohort.empty", $"'{request.Cohort}' holds no files.", request.Cohort);
        var result = await RunDisplay.Show(progress =>
            new CohortUpload(target, arrived, request.Parallel, progress).Run(cohort, files, request.Site, request.Statement, cancel));
        Print(result, request.Json);
        return ExitCodes.Done;
    }

    private static void Print(UploadResult result, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(result, CanonicalJson.Options));
            return;
        }
        if (result.FilesFound > 0)
            Messages.Note($"{result.FilesFound} files were there already and could not be compared from here; the service compares them with the manifest.");
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Uploaded {result.Files} files, {result.Bytes / 1e6:F1} MB, to {result.Target}; sent now: {result.FilesSent} files, {result.BytesSent / 1e6:F1} MB."));
    }

    private static void RequireLength(string option, string? text, int most)
    {
        if (text is { } given && (given.Length > most || string.IsNullOrWhiteSpace(given)))
            throw new BadInputException("upload.text", $"{option} takes 1 to {most} characters.");
    }
}
