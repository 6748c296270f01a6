using RadiogenomicsCloud.Pipeline.Extraction;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Extraction;

public sealed class InOrderTests
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Results_come_in_input_order_and_no_more_run_at_once_than_allowed(int parallel)
    {
        var (running, most) = (0, 0);
        int Work(int item, CancellationToken token)
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            token.WaitHandle.WaitOne(item % 3 == 0 ? 6 : 1); // The first of three ends last.
            Interlocked.Decrement(ref running);
            return item * item;
        }
        var results = new List<int>();
        await foreach (var result in InOrder.Select(Enumerable.Range(0, 40), parallel, Work, cancel))
            results.Add(result);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i * i), results);
        Assert.InRange(most, 1, parallel);
    }

    [Fact]
    public async Task A_slow_item_holds_back_no_more_than_four_results_for_each_that_runs()
    {
        using var release = new ManualResetEventSlim();
        var started = 0;
        int Work(int item, CancellationToken token)
        {
            Interlocked.Increment(ref started);
            if (item == 0)
                release.Wait(token);
            return item;
        }
        await using var results = InOrder.Select(Enumerable.Range(0, 1000), 2, Work, cancel).GetAsyncEnumerator(cancel);
        var first = results.MoveNextAsync().AsTask();
        while (Volatile.Read(ref started) < 8)
            await Task.Delay(1, cancel);
        await Task.Delay(50, cancel);
        var (startedMeanwhile, isDone) = (Volatile.Read(ref started), first.IsCompleted);
        release.Set();
        Assert.Equal((8, false), (startedMeanwhile, isDone));
        Assert.True(await first);
    }

    [Fact]
    public async Task When_an_item_throws_what_runs_is_stopped_and_awaited()
    {
        var running = 0;
        int Work(int item, CancellationToken token)
        {
            if (item == 1)
                throw new InvalidOperationException("broken");
            Interlocked.Increment(ref running);
            if (item > 1)
                token.WaitHandle.WaitOne();
            Interlocked.Decrement(ref running);
            return item;
        }
        var results = new List<int>();
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var result in InOrder.Select(Enumerable.Range(0, 3), 3, Work, cancel))
                results.Add(result);
        });
        Assert.Equal([0], results);
        Assert.Equal(0, running);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
