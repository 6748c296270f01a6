namespace RadiogenomicsCloud.Service.Api;

/// <summary>The HTTP status of each of our exceptions.</summary>
internal static class ApiErrors
{
    public const string TooLarge = "request.too-large";
    public const string Unknown = "request.unknown";

    public static ApiResponse Of(RadiogenomicsException problem)
    {
        var response = ApiResponse.Error(StatusOf(problem), problem.Code, problem.Message, problem.Where);
        return problem is TransientException ? response with { Headers = new Dictionary<string, string> { ["Retry-After"] = "2" } } : response;
    }

    /// <summary>What a path names is not there.</summary>
    public static BadInputException NotFound(string kind, string name) => new(Unknown, $"There is no {kind} '{name}'.", name);

    private static int StatusOf(RadiogenomicsException problem) => problem switch
    {
        BadInputException or StudyFailedException => problem.Code switch
        {
            TooLarge => 413,
            Unknown or "exchange.missing" or "model.missing" => 404,
            "exchange.not-now" or "exchange.over" or "model.retired" or "model.not-locked" => 409,
            "model.not-allowed" => 403,
            _ => 400,
        },
        _ => 503,
    };
}
