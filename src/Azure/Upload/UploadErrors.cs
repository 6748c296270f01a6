using Azure;

namespace RadiogenomicsCloud.AzureStorage.Upload;

/// <summary>What can go wrong with an upload, each in one sentence for who uploads.</summary>
internal static class UploadErrors
{
    public static RadiogenomicsException Describe(Exception exception, string target) => Innermost(exception) switch
    {
        RequestFailedException { Status: 403, ErrorCode: "AuthorizationPermissionMismatch" or "UnauthorizedBlobOverwrite" } refused =>
            new StorageException("link.right", $"The link does not allow to upload to '{target}' ({refused.ErrorCode}): ask for the link to the inbox.", target, exception),
        RequestFailedException { Status: 401 or 403 } refused => new StorageException(
            "link.refused", $"The link to '{target}' was refused ({refused.ErrorCode}): it has expired, was revoked, is not whole or not for this network; copy it again or ask for a new one.",
            target, exception),
        RequestFailedException { Status: 404 } => new StorageException(
            "link.missing", $"There is nothing at '{target}' to upload to: check the address, or ask for a new link.", target, exception),
        var other => AzureErrors.Describe(other, $"'{target}'"),
    };

    public static StorageException CannotReplace(string path, Exception inner) => new(
        "upload.cannot_replace", $"'{path}' has changed since it was uploaded, and the link does not allow to replace it: ask for a new link.", path, inner);

    public static StorageException CompleteAlready(string target) => new(
        "upload.complete_already", $"The cohort at '{target}' is complete already, and the link does not allow to replace it: ask for a new link to submit again.", target);

    private static Exception Innermost(Exception exception) =>
        exception is AggregateException { InnerExceptions.Count: > 0 } many ? Innermost(many.InnerExceptions[^1]) : exception;
}
