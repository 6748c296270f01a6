using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.AzureStorage.Upload;

/// <summary>Opens a file of the cohort as it was listed.</summary>
public delegate Task<Stream> OpenFile(CohortFile file, CancellationToken cancel);

/// <summary>What sending one file took.</summary>
/// <param name="Sent">Bytes that went out; less than the file has where parts of it had arrived before.</param>
/// <param name="WasThere">There was such a file already, and the link does not allow to look at it or to replace it.</param>
public sealed record SentFile(long Sent, bool WasThere = false);

/// <summary>Where a cohort is uploaded to.</summary>
public interface IUploadTarget
{
    /// <summary>For people, and the name of the upload's state: an address or a folder, never a secret.</summary>
    string Description { get; }

    /// <summary>Sends one file whole; nobody sees half of it.</summary>
    /// <param name="state">What arrived before, kept up as parts arrive.</param>
    /// <param name="progress">Told the bytes of each part that arrived, or had arrived.</param>
    Task<SentFile> Send(CohortFile file, OpenFile open, UploadState state, Action<long> progress, CancellationToken cancel);
}
