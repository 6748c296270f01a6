namespace RadiogenomicsCloud.Service.Ports;

/// <summary>The areas of one storage.</summary>
public interface IFileAreas
{
    /// <summary>An area, without asking whether it exists: its members fail with a <see cref="StorageException"/> if it does not.</summary>
    IFileArea Area(string name);

    /// <summary>Makes an area; nothing happens if there is one.</summary>
    Task Create(string name, CancellationToken cancel);

    Task<bool> Exists(string name, CancellationToken cancel);

    /// <summary>Removes an area with its files; nothing happens if there is none.</summary>
    Task Delete(string name, CancellationToken cancel);
}
