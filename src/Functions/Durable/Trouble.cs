using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Functions.Durable;

/// <summary>Which of our exceptions it was.</summary>
public enum TroubleKind
{
    /// <summary>The data or the study: the same input gives it again.</summary>
    Deterministic,

    /// <summary>A retry may mend it.</summary>
    Transient,

    /// <summary>Storage or machine; does not pass by itself.</summary>
    Storage,

    /// <summary>An error of the product: an exception that is none of ours.</summary>
    Bug,
}

/// <summary>
/// One of our exceptions on its way through a message. Durable's own failures keep the name of a type and a text, which differ between
/// versions of the host; what decides about a retry or the end of a run is therefore data of ours.
/// </summary>
public sealed record Trouble(TroubleKind Kind, Failure Failure)
{
    public static Trouble Of(RadiogenomicsException exception) => exception switch
    {
        BadInputException or StudyFailedException => new(TroubleKind.Deterministic, exception.ToFailure()),
        TransientException => new(TroubleKind.Transient, Cut(exception)),
        _ => new(TroubleKind.Storage, Cut(exception)),
    };

    /// <summary>Only the kind of a bug: its message may quote data.</summary>
    public static Trouble OfBug(Exception bug)
    {
        ArgumentNullException.ThrowIfNull(bug);
        return new(TroubleKind.Bug, new("service.bug", $"The service met an error of its own ({bug.GetType().Name}); its log says more.", null));
    }

    public Exception ToException() => Kind switch
    {
        TroubleKind.Deterministic => Failure.ToException(),
        TroubleKind.Transient => new TransientException(Failure.Code, Failure.Message, Failure.Where),
        TroubleKind.Storage => new StorageException(Failure.Code, Failure.Message, Failure.Where),
        _ => new InvalidOperationException(Failure.Message),
    };

    /// <summary>The same limits as for a deterministic failure: the message stands in histories and in the job's record.</summary>
    private static Failure Cut(RadiogenomicsException exception) =>
        new BadInputException(exception.Code, exception.Message, exception.Where).ToFailure();
}
