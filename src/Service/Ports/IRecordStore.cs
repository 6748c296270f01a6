using System.Text.Json;

namespace RadiogenomicsCloud.Service.Ports;

/// <summary>A record as the store holds it now.</summary>
/// <param name="Version">Another one after every change.</param>
public sealed record StoredRecord<T>(string Partition, string Key, T Value, string Version);

/// <summary>
/// Small JSON documents under a partition and a key, with optimistic concurrency: rows of a table, or files. What may change together lies
/// in one partition. Members throw as <see cref="IFileArea"/> does.
/// </summary>
/// <remarks>Partitions and keys are 1 to 200 of letters, digits and <c>- _ . : ~</c>; a value is at most <see cref="MaximumValueBytes"/> of JSON.</remarks>
public interface IRecordStore
{
    const int MaximumValueBytes = 30_000;
    const int MaximumChanges = 90;

    Task<StoredRecord<T>?> Find<T>(string partition, string key, CancellationToken cancel);

    /// <summary>Records of a partition whose key begins with <paramref name="keyPrefix"/>, in ordinal order of the keys.</summary>
    IAsyncEnumerable<StoredRecord<T>> List<T>(string partition, string keyPrefix, CancellationToken cancel);

    /// <summary>Makes all changes or none.</summary>
    /// <param name="changes">At most <see cref="MaximumChanges"/>, of different keys.</param>
    /// <returns>False if a condition did not hold: read again and decide again.</returns>
    Task<bool> Commit(string partition, IReadOnlyList<RecordChange> changes, CancellationToken cancel);
}

/// <summary>One change of a record.</summary>
/// <param name="Value">Null removes the record.</param>
/// <param name="ExpectedVersion">The version that must be there; null: there must be no record.</param>
public sealed record RecordChange(string Key, JsonElement? Value, string? ExpectedVersion)
{
    public static RecordChange Insert<T>(string key, T value) => new(key, Pipeline.CanonicalJson.ToElement(value), null);

    public static RecordChange Replace<T>(StoredRecord<T> old, T value)
    {
        ArgumentNullException.ThrowIfNull(old);
        return new(old.Key, Pipeline.CanonicalJson.ToElement(value), old.Version);
    }

    public static RecordChange Remove<T>(StoredRecord<T> old)
    {
        ArgumentNullException.ThrowIfNull(old);
        return new(old.Key, null, old.Version);
    }
}
