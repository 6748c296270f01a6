using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace RadiogenomicsCloud.Azure.Tests.Faults;

/// <summary>An answer without a body.</summary>
internal sealed class CannedResponse(int status, string errorCode, string requestId) : Response
{
    public override int Status => status;

    public override string ReasonPhrase => errorCode;

    public override Stream? ContentStream { get; set; } = new MemoryStream();

    public override string ClientRequestId { get; set; } = requestId;

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => name == "x-ms-error-code";

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [new("x-ms-error-code", errorCode)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = ContainsHeader(name) ? errorCode : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = ContainsHeader(name) ? [errorCode] : null;
        return values is not null;
    }
}
