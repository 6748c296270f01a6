using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RadiogenomicsCloud.Azure.Tests.Faults;

/// <summary>What happens to a request on its way.</summary>
internal enum Fate
{
    Pass,

    /// <summary>The connection is refused; the service sees nothing.</summary>
    Refuse,

    /// <summary>The service does it, the answer is lost.</summary>
    LoseAnswer,

    /// <summary>The answer's body breaks off in the middle.</summary>
    CutBody,

    /// <summary>Nothing comes until the client gives up.</summary>
    Hang,

    /// <summary>The service answers 503.</summary>
    Busy,

    /// <summary>The service answers 500 after it did the work.</summary>
    BusyAfterwards,
}

/// <summary>Stands between the SDK and the emulator and decides the fate of each request.</summary>
internal sealed class FaultyTransport(Func<Request, int, Fate> decide) : HttpPipelineTransport
{
    private static readonly HttpClientTransport Network = new(new HttpClient());
    private int requests;

    public int Requests => requests;

    public override Request CreateRequest() => Network.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("Only asynchronous requests are made.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var fate = decide(message.Request, Interlocked.Increment(ref requests));
        switch (fate)
        {
            case Fate.Refuse:
                throw new RequestFailedException(0, "Connection refused.", new HttpRequestException("Connection refused."));
            case Fate.Hang:
                await Task.Delay(Timeout.Infinite, message.CancellationToken);
                break;
            case Fate.Busy:
                message.Response = new CannedResponse(503, "ServerBusy", message.Request.ClientRequestId);
                return;
            default:
                await Network.ProcessAsync(message);
                break;
        }
        if (fate == Fate.LoseAnswer)
            throw new RequestFailedException(0, "Connection reset.", new IOException("Connection reset."));
        if (fate == Fate.BusyAfterwards)
            message.Response = new CannedResponse(500, "InternalError", message.Request.ClientRequestId);
        if (fate == Fate.CutBody && message.Response.ContentStream is { } body)
            message.Response.ContentStream = new CutStream(body);
    }

    /// <summary>The first half of a buffer's worth, then a broken connection.</summary>
    private sealed class CutStream(Stream body) : Stream
    {
        private bool broken;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => body.Length;

        public override long Position { get => body.Position; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (broken)
                throw new IOException("Connection reset.");
            broken = true;
            return await body.ReadAsync(buffer[..Math.Max(1, Math.Min(1000, buffer.Length / 2))], cancellationToken);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
