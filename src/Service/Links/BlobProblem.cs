namespace RadiogenomicsCloud.Service.Links;

/// <summary>Why a request is refused, with the status and code that Azure Blob Storage gives; never leaves <see cref="BlobGateway"/>.</summary>
internal sealed class BlobProblem(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static BlobProblem Unauthenticated() =>
        new(403, "AuthenticationFailed", "The link is not valid, not yet or no longer: ask for a new one.");

    public static BlobProblem NotPermitted() =>
        new(403, "AuthorizationPermissionMismatch", "The link does not allow this.");

    public static BlobProblem NoOverwrite() =>
        new(403, "UnauthorizedBlobOverwrite", "There is such a file already and the link does not allow to overwrite.");

    public static BlobProblem AlreadyThere() => new(409, "BlobAlreadyExists", "There is such a file already.");

    public static BlobProblem ConditionNotMet() => new(412, "ConditionNotMet", "The file is not in the state that the request asks for.");

    public static BlobProblem NotFound() => new(404, "BlobNotFound", "There is no such file.");

    public static BlobProblem BadName(string problem) => new(400, "InvalidResourceName", $"The path of the file {problem}.");

    public static BlobProblem BadUri() => new(400, "InvalidUri", "The address is not well formed.");

    public static BlobProblem BadHeader(string header) => new(400, "InvalidHeaderValue", $"The header {header} is missing or has a value that is not supported.");

    public static BlobProblem TooLarge(long limit) => new(413, "RequestBodyTooLarge", $"At most {limit} bytes are taken.");

    public static BlobProblem QuotaExceeded(string what) => new(413, "AreaQuotaExceeded", $"The area takes no more {what}: ask the owner of the study.");

    public static BlobProblem NoRoom() => new(507, "InsufficientStorage", "The service has no room for this now: try again later, or tell the owner of the study.");

    public static BlobProblem BadBody(string problem) => new(400, "InvalidInput", $"The body {problem}.");

    public static BlobProblem BadBlockList() => new(400, "InvalidBlockList", "The block list names a block that was not uploaded, or is not one.");
}
