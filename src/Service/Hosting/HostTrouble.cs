using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>What people are told of an exception, whatever it is.</summary>
internal static class HostTrouble
{
    public const string BugCode = "service.bug";

    /// <summary>Ours in its own words; of any other only its kind, because its message may quote data.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        BadInputException or StudyFailedException => ((RadiogenomicsException)exception).ToFailure(),
        RadiogenomicsException ours => new(ours.Code, Cut(ours.Message, Outcome.MaximumMessageLength)!, Cut(ours.Where, Outcome.MaximumWhereLength)),
        _ => new(BugCode, $"The service met an error of its own ({exception.GetType().Name}); its log says more.", null),
    };

    private static string? Cut(string? text, int longest) => text?.Length > longest ? text[..(longest - 1)] + "…" : text;
}
