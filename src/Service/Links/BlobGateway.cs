using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>
/// Serves the links of a folder storage: the subset of the Blob service's REST protocol that uploads in blocks and downloads need. Put
/// Blob, Put Block and Put Block List with a link to create (which never overwrites), Get Blob and Get Blob Properties with a link to read.
/// No link lists or deletes. Metadata, tags and content types are taken and not kept.
/// </summary>
/// <remarks>
/// A client puts the path of a file behind the link's path and keeps its query. Of a refused upload nothing is left, but for blocks that
/// came before it and wait. Limits hold for this process; another one that serves the same area is seen after ten minutes.
/// </remarks>
public sealed partial class BlobGateway
{
    /// <summary>Parameters that mean nothing here, or the same as for Azure.</summary>
    private static readonly HashSet<string> KnownParameters = new(
        ["sp", "st", "se", "sip", "spr", "si", "sig", "sv", "sr", "comp", "blockid", "timeout"], StringComparer.Ordinal);

    private readonly FolderServiceStorage storage;
    private readonly TimeProvider time;
    private readonly LinkVerifier verifier;
    private readonly BlobUploads uploads;
    private readonly ILogger log;

    public BlobGateway(FolderServiceStorage storage, BlobLimits limits, ILogger<BlobGateway> log)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(limits);
        (this.storage, this.log, time) = (storage, log, storage.FolderLinks.Time);
        verifier = new LinkVerifier(storage.FolderLinks);
        var staging = new BlockStaging(storage.UploadFolder, Path.GetFileName(storage.TemporaryFolder));
        uploads = new BlobUploads(storage.Files, staging, new AreaUsages(storage.Files, staging, limits, time), new FreeDisk(storage.Description, limits.FreeBytes, time), limits, time);
    }

    /// <summary>Answers any request below <see cref="FolderLinkIssuer.Mount"/>; never throws but where it was cancelled.</summary>
    public async Task<BlobResponse> Handle(BlobRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var received = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.Headers)
            received.TryAdd(name, value);
        var headers = BlobHeaders.Common(received, time.GetUtcNow());
        try
        {
            return await Dispatch(request, received, headers, cancel).ConfigureAwait(false);
        }
        catch (BlobProblem problem)
        {
            return BlobHeaders.Problem(headers, problem, request.Method != "HEAD");
        }
        catch (Exception exception) when (exception is RadiogenomicsException || StorageTrouble.IsStorage(exception))
        {
            return BlobHeaders.Problem(headers, Explain(exception), request.Method != "HEAD");
        }
    }

    private async Task<BlobResponse> Dispatch(
        BlobRequest request, Dictionary<string, string> received, Dictionary<string, string> headers, CancellationToken cancel)
    {
        if (request.Method is not ("GET" or "HEAD" or "PUT" or "DELETE" or "POST" or "PATCH"))
            throw new BlobProblem(405, "UnsupportedHttpVerb", "The method is not supported.");
        var target = BlobTarget.Parse(request.Target);
        var right = await verifier.RightOf(target, request.Remote, request.IsHttps, cancel).ConfigureAwait(false);
        try
        {
            return await Serve(request, target, right, received, headers, cancel).ConfigureAwait(false);
        }
        catch (BlobProblem problem) when (problem.Status != 404)
        {
            // Of bearers of our links alone: others could fill the log. Nothing that they wrote is in it.
            LogRefused(request.Method, target.Area, problem.Code);
            throw;
        }
    }

    private async Task<BlobResponse> Serve(
        BlobRequest request, BlobTarget target, string right, Dictionary<string, string> received, Dictionary<string, string> headers, CancellationToken cancel)
    {
        var operation = (request.Method, target.Single("comp") ?? (target.Has("comp") ? "?" : "")) switch
        {
            ("PUT", "") => "blob",
            ("PUT", "block") => "block",
            ("PUT", "blocklist") => "list",
            ("GET", "") => "get",
            ("HEAD", "") => "head",
            _ => throw BlobProblem.NotPermitted(),
        };
        var reads = operation is "get" or "head";
        var allowed = reads ? right == LinkParameters.RightOf(LinkRight.Read) : right != LinkParameters.RightOf(LinkRight.Read);
        // Of an area as a whole nothing is allowed.
        if (!allowed || target.Path.Length == 0 || target.Has("restype"))
            throw BlobProblem.NotPermitted();
        target.RequireFilePath();
        if (target.Query.FirstOrDefault(p => !KnownParameters.Contains(p.Key)).Key is not null)
            throw new BlobProblem(400, "UnsupportedQueryParameter", "The address has a parameter that is not supported.");
        if (reads)
            return await BlobDownloads.Answer(storage.Files.Area(target.Area), target.Path, received, headers, operation == "get", cancel).ConfigureAwait(false);
        var mayOverwrite = right == LinkParameters.RightOf(LinkRight.CreateOrOverwrite);
        if (operation == "block")
        {
            await uploads.PutBlock(target, mayOverwrite, received, request.Body, cancel).ConfigureAwait(false);
            return new(201, headers);
        }
        BlobHeaders.AddFile(headers, await (operation == "blob"
            ? uploads.PutBlob(target, mayOverwrite, received, request.Body, cancel)
            : uploads.PutBlockList(target, mayOverwrite, received, request.Body, cancel)).ConfigureAwait(false));
        return new(201, headers);
    }

    /// <summary>What a stranger may know of trouble in the storage: no path of this machine.</summary>
    private BlobProblem Explain(Exception exception)
    {
        switch (exception)
        {
            case StorageException { Code: "storage.no_area" }:
                return new(404, "ContainerNotFound", "There is no such area.");
            case BadInputException { Code: "area.path" or "area.link" }:
                return BlobProblem.BadName("is that of a folder, or below a file");
            case TransientException:
                return new(503, "ServerBusy", "The storage is busy: try again.");
            default:
                log.LogError(exception, "A request by a link failed.");
                return new(500, "InternalError", "The storage failed: tell the owner of the study.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A {Method} by a link to area {Area} was refused: {Code}.")]
    private partial void LogRefused(string method, string area, string code);
}
