namespace RadiogenomicsCloud.Cli.Tests.Running;

/// <summary>What a start of the command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    private const string ErrorPrefix = "error: ";

    public void Succeeded() => Assert.True(ExitCode == ExitCodes.Done, $"Exit code {ExitCode}: {Error}");

    /// <summary>
    /// Bad input or usage: exit code 2, nothing on standard output, and as the last line of standard error one sentence that holds each of
    /// <paramref name="says"/>; no trace of an exception.
    /// </summary>
    /// <param name="code">Code of the error; null for bad usage, which has none.</param>
    public void Refused(string? code, params string[] says)
    {
        Assert.True(ExitCode == ExitCodes.BadInput, $"Exit code {ExitCode}: {Error}");
        Assert.Empty(Output);
        var lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var sentence = Assert.Single(lines, line => line.StartsWith(ErrorPrefix, StringComparison.Ordinal));
        Assert.Equal(lines[^1], sentence);
        Assert.InRange(sentence.Length, ErrorPrefix.Length + 10, 600);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        if (code is not null)
            Assert.EndsWith($" [{code}]", sentence, StringComparison.Ordinal);
        Assert.All(says, text => Assert.Contains(text, sentence, StringComparison.Ordinal));
    }
}
