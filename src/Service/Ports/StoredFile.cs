namespace RadiogenomicsCloud.Service.Ports;

/// <summary>A file as its area holds it now.</summary>
/// <param name="Path">Relative to the area, forward slashes, no leading slash.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Version">Another one after every write: the ETag of a blob; modification time and length of a file.</param>
/// <param name="Modified">When it was written last, UTC.</param>
public sealed record StoredFile(string Path, long Length, string Version, DateTimeOffset Modified);
