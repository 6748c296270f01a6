using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Tests.Exchanges;

namespace RadiogenomicsCloud.Service.Tests.Models;

public sealed class RegisterModelStepTests : IAsyncLifetime
{
    private readonly ExchangeRig rig = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await rig.Storage.Prepare(cancel);

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task A_finished_run_enters_its_model_as_a_candidate_once_however_often_the_step_is_done()
    {
        var file = await Put(stream => TabularCohort.ModelsOf("clinical").Write(stream));
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.Equal(new RegisteredModel("tables", 1), (await Run(file, "run")).Value);
        Assert.Equal(new RegisteredModel("tables", 2), (await Run(file, "another run")).Value);
        var first = (await rig.Registry.Find("tables", 1, cancel))!;
        Assert.Equal((ModelState.Candidate, "service", "run", "cohort", file), (first.State, first.Entered.Who, first.RunId, first.Cohort, first.Model));
        Assert.Equal(2, await rig.Registry.History("tables", cancel).CountAsync(cancel));
    }

    [Fact]
    public async Task A_model_that_holds_training_rows_is_known_as_one()
    {
        await Run(await Put(stream => TabularCohort.ModelsOf("clinical").Write(stream)), "run");
        await Run(await Put(stream => TabularCohort.ModelsWithRows("clinical").Write(stream)), "run");
        Assert.Equal([null, "values of training cases, case by case"], await rig.Registry.Versions("tables", cancel).Select(v => v.Discloses).ToListAsync(cancel));
        Assert.Equal([false, true], await rig.Registry.Versions("tables", cancel).Select(v => v.HoldsRows).ToListAsync(cancel));
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_not_entered()
    {
        var file = await Put(stream => stream.Write("{}"u8));
        Assert.Equal("model.damaged", (await Assert.ThrowsAsync<BadInputException>(() => Run(file, "run"))).Code);
        Assert.Empty(await rig.Registry.Names(cancel));
    }

    private Task<Outcome<RegisteredModel>> Run(ArtifactRef file, string run) => new RegisterModelStep(rig.Registry).Run(
        new(run, "cohort", file, file, file, file), new(null!, rig.Storage.Artifacts, rig.Storage.TemporaryFolder), cancel);

    private Task<ArtifactRef> Put(Action<Stream> write) => rig.Storage.Artifacts.Put(
        stream =>
        {
            write(stream);
            return Task.CompletedTask;
        },
        cancel);
}
