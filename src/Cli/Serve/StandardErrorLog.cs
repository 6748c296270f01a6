using System.Globalization;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Cli.Terminal;

namespace RadiogenomicsCloud.Cli.Serve;

/// <summary>The service's log: one line an entry on standard error, without control characters of what it quotes.</summary>
internal sealed class StandardErrorLog(TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Log(time);

    public void Dispose()
    {
    }

    private sealed class Log(TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            // An exception of ours says all in its sentence; of any other the place in the code matters.
            var reason = exception switch
            {
                null => "",
                RadiogenomicsException ours => " " + ours.Message,
                _ => " " + exception.ToString().ReplaceLineEndings(" | "),
            };
            Console.Error.WriteLine(Messages.Printable($"{now} {logLevel.ToString().ToLowerInvariant()}: {formatter(state, exception)}{reason}".ReplaceLineEndings(" ")));
        }
    }
}
