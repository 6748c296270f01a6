using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Which kind of exception a <see cref="Failure"/> was.</summary>
public enum FailureKind
{
    /// <summary><see cref="BadInputException"/>: the data or the settings are at fault.</summary>
    Input,

    /// <summary><see cref="StudyFailedException"/>: cannot be done on this data, known only after computing.</summary>
    Study,
}

/// <summary>Makes and reads <see cref="Outcome{T}"/>.</summary>
public static class Outcome
{
    /// <summary>
    /// Longest message of a failure, in characters and in bytes of JSON; longer ones are cut. Bytes, because a shard's failures share
    /// one payload.
    /// </summary>
    public const int MaximumMessageLength = 400;

    /// <summary>Longest place of a failure, likewise.</summary>
    public const int MaximumWhereLength = 160;

    public static Outcome<T> Of<T>(T value, IReadOnlyList<string>? warnings = null) => new(value, null, warnings ?? []);

    public static Outcome<T> Failed<T>(Failure failure, IReadOnlyList<string>? warnings = null) => new(default, failure, warnings ?? []);

    /// <summary>A <see cref="BadInputException"/> or a <see cref="StudyFailedException"/> as data.</summary>
    /// <exception cref="ArgumentException">Another exception: it is not deterministic, or a bug.</exception>
    public static Failure ToFailure(this RadiogenomicsException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var kind = exception switch
        {
            BadInputException => FailureKind.Input,
            StudyFailedException => FailureKind.Study,
            _ => throw new ArgumentException("Only deterministic failures are data.", nameof(exception), exception),
        };
        return new Failure(exception.Code, Cut(exception.Message, MaximumMessageLength), exception.Where is null ? null : Cut(exception.Where, MaximumWhereLength), kind);
    }

    /// <summary>The exception that a failure was.</summary>
    public static RadiogenomicsException ToException(this Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Kind == FailureKind.Study
            ? new StudyFailedException(failure.Code, failure.Message, failure.Where)
            : new BadInputException(failure.Code, failure.Message, failure.Where);
    }

    /// <summary>The value of a step that the study cannot do without; its failure ends the run.</summary>
    /// <exception cref="BadInputException">The step failed on its input.</exception>
    /// <exception cref="StudyFailedException">The step failed after computing.</exception>
    public static T Require<T>(this Outcome<T> outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Failure is { } failure ? throw failure.ToException() : outcome.Value!;
    }

    private static string Cut(string text, int longest)
    {
        const int EllipsisBytes = 3;
        var kept = new StringBuilder();
        var (bytes, fitting) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var character = (Rune.IsControl(rune) ? new Rune(' ') : rune).ToString();
            bytes += JsonEncodedText.Encode(character, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length;
            if (bytes > longest)
                return kept.ToString(0, fitting) + "…";
            kept.Append(character);
            if (bytes <= longest - EllipsisBytes)
                fitting = kept.Length;
        }
        return kept.ToString();
    }
}
