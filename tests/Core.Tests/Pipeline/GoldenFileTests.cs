using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public sealed class GoldenFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string? Failure(int version, string output, bool updating) =>
        Record.Exception(() => GoldenFile.Check("sample", version, Outcome.Of(output), folder.Path, updating))?.Message;

    [Fact]
    public void A_changed_output_needs_a_new_version()
    {
        Assert.Contains("no recorded output", Failure(1, "a", updating: false), StringComparison.Ordinal);
        Assert.Null(Failure(1, "a", updating: true));
        Assert.Null(Failure(1, "a", updating: false));
        Assert.Contains("raise its version", Failure(1, "b", updating: false), StringComparison.Ordinal);
        Assert.Contains("raise its version", Failure(1, "b", updating: true), StringComparison.Ordinal);
        Assert.Null(Failure(2, "b", updating: true));
        Assert.Null(Failure(1, "a", updating: false));
    }
}
