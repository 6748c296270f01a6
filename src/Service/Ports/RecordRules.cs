using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Ports;

/// <summary>What every <see cref="IRecordStore"/> asks of names, values and commits: the same in each, so that data move between them.</summary>
public static class RecordRules
{
    public const int MaximumNameLength = 200;

    /// <summary>Whether a text can be a partition or a key.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= MaximumNameLength && IsNamePrefix(text);
    }

    /// <summary>Whether keys can begin with a text; the empty one included.</summary>
    public static bool IsNamePrefix(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MaximumNameLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '~');
    }

    /// <exception cref="BadInputException">Not a name.</exception>
    public static void RequireName(string text)
    {
        if (!IsName(text))
            throw new BadInputException("records.name", $"A name of a record has 1 to {MaximumNameLength} of letters, digits and - _ . : ~.", null);
    }

    /// <exception cref="BadInputException">A key is not a name, or a value is longer than <see cref="IRecordStore.MaximumValueBytes"/>.</exception>
    /// <exception cref="ArgumentException">Too many changes, two of one key, or a removal of what must not be there.</exception>
    public static void RequireCommit(string partition, IReadOnlyList<RecordChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        RequireName(partition);
        if (changes.Count > IRecordStore.MaximumChanges)
            throw new ArgumentException($"A commit has at most {IRecordStore.MaximumChanges} changes.", nameof(changes));
        if (changes.DistinctBy(c => c.Key, StringComparer.Ordinal).Count() != changes.Count)
            throw new ArgumentException("A commit changes a record once.", nameof(changes));
        foreach (var change in changes)
        {
            RequireName(change.Key);
            if (change is { Value: null, ExpectedVersion: null })
                throw new ArgumentException("What is removed has a version.", nameof(changes));
            if (change.Value is { } value)
                RequireSize(change.Key, value);
        }
    }

    private static void RequireSize(string key, JsonElement value)
    {
        if (CanonicalJson.Serialize(value).Length > IRecordStore.MaximumValueBytes)
            throw new BadInputException("records.too_large", $"The record '{key}' would be longer than {IRecordStore.MaximumValueBytes} bytes.", key);
    }
}
