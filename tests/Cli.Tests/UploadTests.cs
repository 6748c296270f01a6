using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using RadiogenomicsCloud.AzureStorage;
using RadiogenomicsCloud.AzureStorage.Upload;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Tests.Azurite;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary><c>upload</c> as a process of its own, to the emulator and to a folder.</summary>
public sealed class UploadTests : IDisposable
{
    private const int LargeBytes = 12 * BlobUploadTarget.BlockBytes;

    private readonly TestFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Area { get; } = "x-" + Guid.NewGuid().ToString("n")[..16];

    private string Cohort => folder.At("cohort");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Killed_and_started_again_it_sends_only_what_is_missing()
    {
        Write(large: true);
        await using var storage = await Emulator();
        var link = await Link(storage, LinkRight.CreateOrOverwrite);
        var blob = new BlockBlobClient((await AzuriteServer.Require()).ConnectionString, Area, "imaging/B.zip");
        using (var process = Radiogenomics.Start("upload", Cohort, "--to", link, "--parallel", "1"))
        {
            while (!process.HasExited && await Staged(blob) < 4)
                await Task.Delay(5, Cancel);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Cancel);
            Assert.NotEqual(ExitCodes.Done, process.ExitCode);
        }
        var arrived = Blocks();
        Assert.InRange(arrived, 3, 11);
        Assert.Null(await storage.Files.Area(Area).Find(CohortManifest.FileName, Cancel));

        var again = await Radiogenomics.Run("upload", Cohort, "--to", link, "--parallel", "2", "--json");
        again.Succeeded();
        var result = JsonSerializer.Deserialize<JsonElement>(again.Output);
        // A block that arrived in the moment of the kill may not have been noted.
        Assert.InRange(result.GetProperty("bytesSent").GetInt64(), LargeBytes - ((arrived + 1L) * BlobUploadTarget.BlockBytes), LargeBytes - ((long)(arrived - 1) * BlobUploadTarget.BlockBytes));
        await HasArrived(storage.Files.Area(Area), "");
        Assert.DoesNotContain("sig=", again.Output + again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_a_folder_it_needs_a_name_and_puts_the_cohort_below_it()
    {
        Write(large: false);
        Directory.CreateDirectory(folder.At("service"));
        (await Radiogenomics.Run("upload", Cohort, "--to", folder.At("service"))).Refused("upload.no_name", "--name");
        (await Radiogenomics.Run("upload", Cohort, "--to", folder.At("service"), "--name", "No")).Refused("cohort.name", "'No'");
        (await Radiogenomics.Run("upload", Cohort, "--to", folder.At("service"), "--name", "exchanges")).Refused("cohort.name", "'exchanges'");
        (await Radiogenomics.Run("upload", Cohort, "--to", folder.At("nowhere"), "--name", "a")).Refused("upload.no_folder", "nowhere");
        var done = await Radiogenomics.Run("upload", Cohort, "--to", folder.At("service"), "--name", "a-1", "--site", "S", "--statement-not-required", "synthetic");
        done.Succeeded();
        Assert.Contains("Uploaded 3 files", done.Output, StringComparison.Ordinal);
        await using var storage = FolderServiceStorage.Open(folder.At("service"), TimeProvider.System);
        await HasArrived(storage.Files.Area(AreaNames.Cohorts), "a-1/");
        var again = await Radiogenomics.Run("upload", Cohort, "--to", folder.At("service"), "--name", "a-1", "--site", "S", "--statement-not-required", "synthetic");
        Assert.Contains("sent now: 0 files", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_link_is_one_sentence_and_never_its_signature()
    {
        Write(large: false);
        await using var storage = await Emulator();
        var link = await Link(storage, LinkRight.CreateOrOverwrite);
        (await Radiogenomics.Run("upload", Cohort, "--to", link.Replace("sv=", "se=2020-01-01T00%3A00%3A00Z&sv=", StringComparison.Ordinal))).Refused("link.expired", "2020-01-01");
        (await Radiogenomics.Run("upload", Cohort, "--to", "https://account.blob.core.windows.net/?sig=abc")).Refused("link.address");
        (await Radiogenomics.Run("upload", folder.At("none"), "--to", link)).Refused("cohort.missing", "none");
        await storage.Links.Revoke(Area, Cancel);
        Failed(await Radiogenomics.Run("upload", Cohort, "--to", link), "link.refused");
        Failed(await Radiogenomics.Run("upload", Cohort, "--to", await Link(storage, LinkRight.Read)), "link.right");
    }

    private static void Failed(CommandResult result, string code)
    {
        Assert.Equal(ExitCodes.Storage, result.ExitCode);
        Assert.EndsWith($"[{code}]", result.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static async Task<AzureServiceStorage> Emulator() => AzureServiceStorage.Open((await AzuriteServer.Require()).ConnectionString);

    private async Task<string> Link(AzureServiceStorage storage, LinkRight right)
    {
        var now = TimeProvider.System.GetUtcNow();
        await storage.Files.Create(Area, Cancel);
        return (await storage.Links.Issue(new(Area, right, now.AddMinutes(-15), now.AddHours(1), null), Cancel)).AbsoluteUri;
    }

    private void Write(bool large)
    {
        folder.Write("cohort/study.yaml", "schema: 1\n");
        folder.Write("cohort/clinical.csv", "case_id,response\nA,1\n");
        folder.Write("cohort/imaging/A/1.dcm", "no image");
        if (large)
            File.WriteAllBytes(folder.At("cohort", "imaging", "B.zip"), RandomNumberGenerator.GetBytes(LargeBytes));
    }

    /// <summary>Blocks that wait for the list that makes them a file.</summary>
    private static async Task<int> Staged(BlockBlobClient blob)
    {
        try
        {
            return (await blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: Cancel)).Value.UncommittedBlocks.Count();
        }
        catch (RequestFailedException nothing) when (nothing.Status == 404)
        {
            return 0;
        }
    }

    /// <summary>Blocks that the state of the upload notes.</summary>
    private int Blocks()
    {
        var uploads = folder.At("cohort", ".radiogenomics", "uploads");
        if (!Directory.Exists(uploads) || Directory.GetFiles(uploads, "*.jsonl") is not [var state])
            return 0;
        return File.ReadLines(state).Count(line => line.Contains("\"block\":", StringComparison.Ordinal));
    }

    private async Task HasArrived(IFileArea area, string prefix)
    {
        await using var stream = await area.Open(prefix + CohortManifest.FileName, null, Cancel);
        var manifest = await CohortManifest.Read(stream!, new IntakeLimits(), Cancel);
        var local = await new FolderCohort(Cohort).List(Cancel);
        Assert.Equal(local.Select(f => (f.Path, f.Sha256)), manifest!.Files.Select(f => (f.Path, f.Sha256)));
        foreach (var file in manifest.Files)
        {
            await using var content = await area.Open(prefix + file.Path, null, Cancel);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(content!, Cancel)));
        }
    }
}
