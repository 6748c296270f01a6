namespace RadiogenomicsCloud.AzureStorage.Events;

/// <summary>A blob of which an event says that it was written. Anyone who may upload chooses the name: it is compared, never trusted.</summary>
/// <param name="Area">Its container.</param>
public sealed record UploadedFile(string Area, string Path);
