using System.Text;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public sealed class StepRunnerTests : IDisposable
{
    private static readonly Step<TextInput, string> Echo = new("echo", 1);
    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private int runs;

    public void Dispose() => folder.Dispose();

    private StepCatalogue Catalogue(Func<TextInput, StepContext, CancellationToken, Task<Outcome<string>>> run) =>
        new StepCatalogue().Add(new FunctionStep<TextInput, string>(Echo, (input, context, token) =>
        {
            Interlocked.Increment(ref runs);
            return run(input, context, token);
        }));

    private static StepCall Call(string text) => new("echo", 1, CanonicalJson.ToElement(new TextInput(text)));

    private async Task<Outcome<string>> Run(TestRig rig, string text) =>
        CanonicalJson.FromElement<Outcome<string>>(await rig.Runner.Run(Call(text), cancel));

    [Fact]
    public async Task A_finished_step_is_found_and_not_run_again_even_by_another_process()
    {
        var catalogue = Catalogue((input, _, _) => Task.FromResult(Outcome.Of(input.Text + "!", ["careful"])));
        using (var rig = new TestRig(folder.Path, catalogue))
            Assert.Equal("a!", (await Run(rig, "a")).Value);
        using var second = new TestRig(folder.Path, catalogue);
        var found = await Run(second, "a");
        Assert.Equal("a!", found.Value);
        Assert.Equal(["careful"], found.Warnings);
        Assert.Equal(1, runs);
        Assert.Equal(1, second.Ledger.Count("found"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deterministic_failures_are_data_and_kept(bool study)
    {
        using var rig = new TestRig(folder.Path, Catalogue((_, _, _) =>
            throw (study ? new StudyFailedException("x.y", new string('m', 500), "w") : new BadInputException("x.y", new string('m', 500), "w"))));
        for (var i = 0; i < 2; i++)
        {
            var failure = (await Run(rig, "a")).Failure!;
            Assert.Equal(("x.y", "w", study ? FailureKind.Study : FailureKind.Input), (failure.Code, failure.Where, failure.Kind));
            Assert.Equal(new string('m', Outcome.MaximumMessageLength - 3) + "…", failure.Message);
        }
        Assert.Equal(1, runs);
        Assert.Equal((1, 1), (rig.Ledger.Count("failed"), rig.Ledger.Count("found")));
    }

    [Fact]
    public async Task Transient_trouble_bugs_and_changed_files_are_never_kept()
    {
        Exception[] troubles =
        [
            new TransientException("t", "t"), new StorageException("s", "s"), new InvalidCastException(), new OperationCanceledException(),
            new BadInputException(CohortFile.ChangedCode, "changed"),
        ];
        foreach (var trouble in troubles)
        {
            var before = runs;
            var fails = true;
            using var rig = new TestRig(folder.Path, Catalogue((input, _, _) => fails ? throw trouble : Task.FromResult(Outcome.Of(input.Text))));
            Assert.IsType(trouble.GetType(), await Record.ExceptionAsync(() => Run(rig, trouble.GetType().Name)));
            fails = false;
            Assert.Equal(trouble.GetType().Name, (await Run(rig, trouble.GetType().Name)).Value);
            Assert.Equal(2, runs - before);
        }
    }

    [Fact]
    public async Task A_full_disk_met_by_a_step_is_storage_trouble()
    {
        using var rig = new TestRig(folder.Path, Catalogue((_, _, _) => throw new IOException("No space left on device", 28)));
        Assert.Equal("storage.full", (await Assert.ThrowsAsync<StorageException>(() => Run(rig, "a"))).Code);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("truncated")]
    [InlineData("altered")]
    public async Task A_missing_or_damaged_artifact_is_made_again(string damage)
    {
        var call = new StepCall("write", 1, CanonicalJson.ToElement(new TextInput("content")));
        var written = 0;
        var catalogue = SampleSteps.Catalogue(_ => written++);
        string outcome;
        using (var rig = new TestRig(folder.Path, catalogue))
            outcome = (await rig.Runner.Run(call, cancel)).GetRawText();
        var file = Directory.GetFiles(folder.At("store/artifacts"), "*", SearchOption.AllDirectories).Single();
        if (damage == "missing")
            File.Delete(file);
        else
            await File.WriteAllTextAsync(file, damage == "truncated" ? "con" : "CONTENT", cancel);

        using var second = new TestRig(folder.Path, catalogue);
        Assert.Equal(outcome, (await second.Runner.Run(call, cancel)).GetRawText());
        Assert.Equal(2, written);
        Assert.Equal("content", await File.ReadAllTextAsync(file, cancel));
        await second.Runner.Run(call, cancel);
        Assert.Equal(2, written);
    }

    [Fact]
    public async Task An_outcome_whose_artifact_is_gone_gives_way_to_one_with_another()
    {
        var text = "first";
        var catalogue = new StepCatalogue().Add(new FunctionStep<TextInput, ArtifactRef>(SampleSteps.Write, async (_, context, token) =>
            Outcome.Of(await context.Artifacts.Put(s => s.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask(), token))));
        using var rig = new TestRig(folder.Path, catalogue);
        var call = new StepCall("write", 1, CanonicalJson.ToElement(new TextInput("x")));
        await rig.Runner.Run(call, cancel);
        Directory.Delete(folder.At("store/artifacts"), recursive: true);
        text = "second";
        var artifact = Payload.Artifacts(await rig.Runner.Run(call, cancel)).Single();
        await using var stream = await rig.Store.Artifacts.Open(artifact, cancel);
        Assert.Equal(6, stream!.Length);
    }

    [Fact]
    public async Task Calls_of_one_key_that_meet_are_computed_once()
    {
        var gate = new TaskCompletionSource();
        using var rig = new TestRig(folder.Path, Catalogue(async (input, _, _) =>
        {
            await gate.Task;
            return Outcome.Of(input.Text);
        }));
        var calls = Enumerable.Range(0, 8).Select(_ => Run(rig, "a")).ToArray();
        gate.SetResult();
        Assert.All(await Task.WhenAll(calls), o => Assert.Equal("a", o.Value));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Who_waits_for_a_call_that_is_cancelled_computes_it_himself()
    {
        var started = new TaskCompletionSource();
        var first = true;
        using var rig = new TestRig(folder.Path, Catalogue(async (input, _, token) =>
        {
            if (first)
            {
                first = false;
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }
            return Outcome.Of(input.Text);
        }));
        using var stop = new CancellationTokenSource();
        var led = rig.Runner.Run(Call("a"), stop.Token);
        await started.Task;
        var waits = Run(rig, "a");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => led);
        Assert.Equal("a", (await waits).Value);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Too_large_inputs_and_outputs_name_the_step()
    {
        using var rig = new TestRig(folder.Path, Catalogue((input, _, _) => Task.FromResult(Outcome.Of(new string('x', 20_000)))));
        var output = await Assert.ThrowsAsync<InvalidOperationException>(() => Run(rig, "a"));
        Assert.Contains("output of step 'echo'", output.Message, StringComparison.Ordinal);
        var input = await Assert.ThrowsAsync<InvalidOperationException>(() => Run(rig, new string('x', 20_000)));
        Assert.Contains("input of step 'echo'", input.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("store/outcomes")));
    }

    [Fact]
    public async Task Each_call_has_a_folder_of_its_own_that_goes_with_it()
    {
        var seen = new List<string>();
        using var rig = new TestRig(folder.Path, Catalogue(async (input, context, token) =>
        {
            seen.Add(context.TemporaryFolder);
            await File.WriteAllTextAsync(Path.Combine(context.TemporaryFolder, "f"), "x", token);
            return Outcome.Of(input.Text);
        }));
        await Run(rig, "a");
        await Run(rig, "b");
        Assert.Equal(2, seen.Distinct().Count());
        Assert.All(seen, f => Assert.False(Directory.Exists(f)));
    }

    [Fact]
    public async Task An_unknown_step_is_a_bug_that_names_it()
    {
        using var rig = new TestRig(folder.Path, new StepCatalogue());
        Assert.Contains("'echo'", (await Assert.ThrowsAsync<InvalidOperationException>(() => Run(rig, "a"))).Message, StringComparison.Ordinal);
    }
}
