namespace RadiogenomicsCloud;

/// <summary>
/// Base of every exception that this library throws on purpose. Exceptions of other libraries are wrapped where they arise.
/// </summary>
/// <param name="code">Stable machine-readable code, dotted lower case, for example <c>dicom.truncated</c>.</param>
/// <param name="message">One sentence for a person: what, where, what to do.</param>
/// <param name="where">The file, line, tag, case or column concerned, if there is one.</param>
public abstract class RadiogenomicsException(string code, string message, string? where = null, Exception? inner = null)
    : Exception(message, inner)
{
    public string Code { get; } = code;

    public string? Where { get; } = where;
}

/// <summary>The data or the settings are at fault. Deterministic: the same input fails in the same way.</summary>
public sealed class BadInputException(string code, string message, string? where = null, Exception? inner = null)
    : RadiogenomicsException(code, message, where, inner);

/// <summary>The analysis that was asked for cannot be done on this data, known only after computing.</summary>
public sealed class StudyFailedException(string code, string message, string? where = null, Exception? inner = null)
    : RadiogenomicsException(code, message, where, inner);

/// <summary>Storage or machine trouble that may pass; the host tries the step again.</summary>
public sealed class TransientException(string code, string message, string? where = null, Exception? inner = null)
    : RadiogenomicsException(code, message, where, inner);

/// <summary>Storage or machine trouble that does not pass by itself: disk full, no permission, unreachable.</summary>
public sealed class StorageException(string code, string message, string? where = null, Exception? inner = null)
    : RadiogenomicsException(code, message, where, inner);
