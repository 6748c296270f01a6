using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Upload;

/// <summary>Uploads to an area of a storage that this process has at hand: the folder of a <c>serve</c> on this machine.</summary>
/// <param name="prefix">Ends with a slash.</param>
/// <param name="description">Of the storage.</param>
public sealed class AreaUploadTarget(IFileArea area, string prefix, string description) : IUploadTarget
{
    private const int BufferBytes = 128 * 1024;

    public string Description => $"{description}, {area.Name}/{prefix}";

    public async Task<SentFile> Send(CohortFile file, OpenFile open, UploadState state, Action<long> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(progress);
        await area.Write(
            prefix + file.Path,
            async target =>
            {
                var content = await open(file, cancel).ConfigureAwait(false);
                await using (content.ConfigureAwait(false))
                    await content.CopyToAsync(target, BufferBytes, cancel).ConfigureAwait(false);
            },
            WriteCondition.None,
            cancel).ConfigureAwait(false);
        progress(file.Length);
        return new SentFile(file.Length);
    }
}
