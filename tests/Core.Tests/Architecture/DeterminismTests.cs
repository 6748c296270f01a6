namespace RadiogenomicsCloud.Core.Tests.Architecture;

public class DeterminismTests
{
    /// <summary>What a workflow body may not touch: it awaits its IWorkflow and nothing else.</summary>
    private static readonly string[] ForbiddenInWorkflows =
    [
        @"\bConfigureAwait\b", @"\bTask\.(Run|Delay|Yield|Factory|WaitAll|WaitAny)\b", @"\bParallel\b", @"\bThread(Pool)?\b", @"\bTaskCompletionSource\b",
        @"\bCancellationToken(Source)?\b", @"\bDateTime(Offset)?\b", @"\bTimeProvider\b", @"\bStopwatch\b", @"\bRandom\b", @"\bGuid\b", @"\bEnvironment\b",
        @"\bFile(Info|Stream)?\b", @"\bDirectory(Info)?\b", @"\bPath\.\w+", @"\w*Stream\b", @"\bHttpClient\b", @"\bConsole\b", @"\.Result\b(?!\s*\()",
        @"\.Wait\(", @"\.GetAwaiter\(", @"\block\s*\(", @"\bInterlocked\b", @"\bAsParallel\b", @"\bConcurrent\w+", @"\bIArtifactStore\b", @"\bICohort\b",
    ];

    /// <summary>Time and randomness are parameters everywhere.</summary>
    private static readonly string[] Ambient =
    [
        @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", @"\bTimeProvider\.System\b", @"\bEnvironment\.TickCount(64)?\b", @"\bStopwatch\.(StartNew|GetTimestamp)\b",
        @"\bGuid\.(NewGuid|CreateVersion7)\b", @"\bnew\s+Random\s*\(", @"\bRandom\.Shared\b", @"\bRandomNumberGenerator\b", @"\bGetRandomFileName\b",
        @"\bGetTempFileName\b", @"\bThreadLocal<Random>",
    ];

    [Theory]
    [InlineData("src/Core/Pipeline/Workflows")]
    [InlineData("src/Service/Workflows")]
    public void Workflow_bodies_await_their_workflow_alone(string folder) => Assert.Empty(SourceText.Find(folder, ForbiddenInWorkflows));

    [Fact]
    public void Core_has_no_ambient_clock_and_no_ambient_randomness() => Assert.Empty(SourceText.Find("src/Core", Ambient));

    /// <summary>Secrets alone are random there.</summary>
    [Fact]
    public void The_service_has_no_ambient_clock_and_no_ambient_randomness_but_for_secrets() =>
        Assert.Empty(SourceText.Find("src/Service", [.. Ambient.Where(p => !p.Contains("RandomNumberGenerator", StringComparison.Ordinal))]));

    [Fact]
    public void FanOut_keeps_to_the_rules_of_bodies() => Assert.DoesNotContain(
        SourceText.Find("src/Core/Pipeline/Hosting", ForbiddenInWorkflows), f => f.Contains("/WorkflowExtensions.cs:", StringComparison.Ordinal));

    [Theory]
    [InlineData("var t = DateTime.UtcNow;", true)]
    [InlineData("var r = new Random(1);", true)]
    [InlineData("// DateTime.UtcNow", false)]
    [InlineData("/* new Random(1) */", false)]
    [InlineData("var s = \"DateTime.UtcNow\";", false)]
    [InlineData("var s = @\"a\"\"DateTime.UtcNow\";", false)]
    [InlineData("var s = \"\"\"DateTime.UtcNow\"\"\";", false)]
    [InlineData("var c = '\"'; var t = DateTime.UtcNow;", true)]
    [InlineData("var s = \"//\"; var t = DateTime.UtcNow;", true)]
    public void The_test_sees_code_and_neither_comments_nor_strings(string code, bool found) => Assert.Equal(
        found, System.Text.RegularExpressions.Regex.IsMatch(SourceText.Strip(code), string.Join('|', Ambient)));
}
