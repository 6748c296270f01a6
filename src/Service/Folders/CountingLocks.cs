using System.Buffers.Binary;
using System.Collections.Concurrent;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>
/// Locks between processes, each a file that holds a number that only grows. The operating system gives the lock back when its process
/// ends. Within this process the turns are queued, so that waiting costs nothing.
/// </summary>
internal sealed class CountingLocks
{
    private const int LongestPauseMilliseconds = 50;
    private const int MaximumPauses = 1200; // About a minute.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);

    /// <param name="file">The lock's file; its folder exists.</param>
    /// <exception cref="TransientException">Another process holds the lock for a minute.</exception>
    /// <exception cref="IOException">The folder does not exist.</exception>
    public async Task<Held> Take(string file, CancellationToken cancel)
    {
        var turn = turns.GetOrAdd(file, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            for (var pause = 1; pause <= MaximumPauses; pause++)
            {
                if (FileLock.TryTake(file) is { } stream)
                    return new Held(stream, turn);
                await Task.Delay(Math.Min(pause, LongestPauseMilliseconds), cancel).ConfigureAwait(false);
            }
            throw new TransientException("storage.busy", $"Another process holds '{file}': it is tried again.", file);
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    internal sealed class Held(FileStream stream, SemaphoreSlim turn) : IDisposable
    {
        /// <summary>A number greater than all before, and at least <paramref name="atLeast"/>.</summary>
        public long Next(long atLeast)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            var last = RandomAccess.Read(stream.SafeFileHandle, bytes, 0) == bytes.Length ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;
            var next = Math.Max(last + 1, atLeast);
            BinaryPrimitives.WriteInt64LittleEndian(bytes, next);
            RandomAccess.Write(stream.SafeFileHandle, bytes, 0);
            return next;
        }

        public void Dispose()
        {
            stream.Dispose();
            turn.Release();
        }
    }
}
