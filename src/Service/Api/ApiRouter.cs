using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>Answers one route.</summary>
/// <param name="values">What stood in the places of the route's braces, by their names.</param>
internal delegate Task<ApiResponse> ApiHandler(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel);

/// <summary>
/// Finds the handler of a request, and turns what it throws into a response: data at fault 400, 403, 404, 409 or 413 by the code, storage that
/// refuses 503, anything else 500 without a word of the exception.
/// </summary>
public sealed partial class ApiRouter(ILogger<ApiRouter> logger)
{
    private readonly List<Route> routes = [];

    internal ApiRouter Map(string method, string template, ApiHandler handler)
    {
        routes.Add(new(method, template.Split('/'), handler));
        return this;
    }

    /// <summary>Whether any route takes this path: a host may have others of its own.</summary>
    public bool Knows(string path) => routes.Any(route => route.Match(path) is not null);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a handler throws is a response.")]
    public async Task<ApiResponse> Handle(ApiRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var method = request.Method == "HEAD" ? "GET" : request.Method;
            var matches = routes.Select(route => (Route: route, Values: route.Match(request.Path))).Where(match => match.Values is not null).ToList();
            if (matches.Count == 0)
                return ApiResponse.Error(404, "request.path", "There is nothing at this address.");
            var (chosen, values) = matches.FirstOrDefault(match => match.Route.Method == method);
            if (chosen is null)
            {
                var allowed = string.Join(", ", matches.Select(match => match.Route.Method).Distinct(StringComparer.Ordinal));
                return ApiResponse.Error(405, "request.method", $"This address takes {allowed}.") with { Headers = new Dictionary<string, string> { ["Allow"] = allowed } };
            }
            return await chosen.Handler(request, values!, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (RadiogenomicsException problem)
        {
            return ApiErrors.Of(problem);
        }
        catch (Exception exception)
        {
            LogBug(request.Method, exception);
            return ApiResponse.Error(500, Hosting.HostTrouble.BugCode, "The service met an error of its own; its log says more.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Method} request met an error of the service.")]
    private partial void LogBug(string method, Exception exception);

    private sealed record Route(string Method, string[] Template, ApiHandler Handler)
    {
        /// <summary>A segment <c>{name}</c> takes one segment that is not empty, a last one <c>{*name}</c> all the rest.</summary>
        public Dictionary<string, string>? Match(string path)
        {
            var segments = path.Split('/');
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var s = 0; s < Template.Length; s++)
            {
                var wanted = Template[s];
                if (s >= segments.Length)
                    return null;
                if (wanted.StartsWith("{*", StringComparison.Ordinal))
                {
                    values[wanted[2..^1]] = string.Join('/', segments[s..]);
                    return values;
                }
                if (wanted.StartsWith('{'))
                {
                    if (segments[s].Length == 0)
                        return null;
                    values[wanted[1..^1]] = segments[s];
                }
                else if (wanted != segments[s])
                {
                    return null;
                }
            }
            return segments.Length == Template.Length ? values : null;
        }
    }
}
