namespace RadiogenomicsCloud.Imaging;

/// <summary>
/// One file that may hold image data, wherever it lies: a folder, a zip archive, a blob.
/// </summary>
/// <param name="Name">Relative path with forward slashes; for messages and for pairing NIfTI masks, never for geometry.</param>
/// <param name="Length">Uncompressed length in bytes.</param>
/// <param name="Open">Opens the content from its start; the caller disposes it. May be called repeatedly, not concurrently.</param>
public sealed record ImageFile(string Name, long Length, Func<Stream> Open);
