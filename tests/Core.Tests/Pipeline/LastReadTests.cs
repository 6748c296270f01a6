using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public sealed class LastReadTests
{
    private static readonly StepContext Context = new(null!, null!, "");
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    private static ArtifactRef Reference(char c) => new(new string(c, 64), 1);

    [Fact]
    public async Task Who_asks_at_once_shares_one_reading_and_another_document_takes_its_place()
    {
        var reads = 0;
        var gate = new TaskCompletionSource();
        var last = new LastRead<string>(async (_, reference) =>
        {
            Interlocked.Increment(ref reads);
            await gate.Task;
            return reference.Sha256;
        });
        var asked = Enumerable.Range(0, 8).Select(_ => last.Get(Context, Reference('a'), cancel)).ToArray();
        gate.SetResult();
        Assert.Single((await Task.WhenAll(asked)).Distinct());
        Assert.Equal(1, reads);
        Assert.Equal(Reference('b').Sha256, await last.Get(Context, Reference('b'), cancel));
        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task A_reading_that_failed_is_tried_again()
    {
        var reads = 0;
        var last = new LastRead<int>((_, _) => ++reads == 1 ? throw new TransientException("test", "Not yet.") : Task.FromResult(reads));
        await Assert.ThrowsAsync<TransientException>(() => last.Get(Context, Reference('a'), cancel));
        Assert.Equal(2, await last.Get(Context, Reference('a'), cancel));
    }
}
