using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Tests.Folders;

namespace RadiogenomicsCloud.Service.Tests.Models;

public sealed class ModelRegistryTests : IAsyncDisposable
{
    private const string Owner = "ann@example.org";
    private readonly TestFolder folder = new();
    private readonly FolderServiceStorage storage;
    private readonly ManualTime time = new(TimeProvider.System.GetUtcNow());
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly ModelRegistry registry;

    public ModelRegistryTests()
    {
        storage = FolderServiceStorage.Open(folder.Path, time, freeBytes: 0);
        registry = Registry();
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_same_file_of_the_same_run_is_the_same_version()
    {
        var first = await registry.Register(Model(1), "service", cancel);
        time.Now += TimeSpan.FromHours(1);
        Assert.Equal(first, await registry.Register(Model(1), "service", cancel));
        Assert.Equal(2, (await registry.Register(Model(2), "service", cancel)).Version);
        Assert.Equal(3, (await registry.Register(Model(2) with { RunId = "other" }, "service", cancel)).Version);
        Assert.Equal([1, 2, 3], await registry.Versions("tables", cancel).Select(v => v.Version).ToListAsync(cancel));
        Assert.Equal(["tables"], await registry.Names(cancel));
        Assert.Equal(
            ["model.entered", "model.entered", "model.entered"], await registry.History("tables", cancel).Select(e => e.What).ToListAsync(cancel));
    }

    [Fact]
    public async Task Versions_entered_at_once_have_no_gaps_and_are_entered_once()
    {
        var entered = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Registry().Register(Model(i % 4), "service", cancel), cancel)));
        Assert.Equal([1, 2, 3, 4], entered.Select(v => v.Version).Distinct().Order());
        Assert.Equal(4, await registry.History("tables", cancel).CountAsync(cancel));
    }

    [Fact]
    public async Task Of_two_who_lock_at_once_one_does_and_both_read_it()
    {
        var entered = await registry.Register(Model(1), "service", cancel);
        var stamps = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            (await Registry().Lock("tables", 1, $"person{i}@clinic.example", cancel)).Locked, cancel)));
        var locked = await registry.Find("tables", 1, cancel);
        Assert.All(stamps, stamp => Assert.Equal(locked!.Locked, stamp));
        var entry = Assert.Single(await registry.History("tables", cancel).Where(e => e.What == "model.locked").ToListAsync(cancel));
        Assert.Equal(locked!.Locked!.Who, entry.Who);
        Assert.Equal(entered with { State = ModelState.Locked, Locked = locked.Locked }, locked);
    }

    [Fact]
    public async Task Locking_and_retiring_at_once_ends_retired_whoever_is_first()
    {
        for (var version = 1; version <= 5; version++)
        {
            await registry.Register(Model(version), "service", cancel);
            var number = version;
            await Task.WhenAll(
                Task.Run(() => Registry().Retire("tables", number, Owner, cancel), cancel),
                Task.Run(async () =>
                {
                    try
                    {
                        await Registry().Lock("tables", number, Owner, cancel);
                    }
                    catch (BadInputException refused)
                    {
                        Assert.Equal("model.retired", refused.Code);
                    }
                }, cancel));
            Assert.Equal(ModelState.Retired, (await registry.Find("tables", version, cancel))!.State);
        }
    }

    [Theory]
    [InlineData(ModelState.Candidate, ModelState.Locked, true)]
    [InlineData(ModelState.Candidate, ModelState.Retired, true)]
    [InlineData(ModelState.Locked, ModelState.Locked, true)]
    [InlineData(ModelState.Locked, ModelState.Retired, true)]
    [InlineData(ModelState.Retired, ModelState.Locked, false)]
    [InlineData(ModelState.Retired, ModelState.Retired, true)]
    public async Task The_state_goes_forwards_and_never_back(ModelState from, ModelState to, bool allowed)
    {
        await registry.Register(Model(1), "service", cancel);
        if (from != ModelState.Candidate)
            await Move(from);
        if (allowed)
            Assert.Equal(to, (await Move(to)).State);
        else
            Assert.Equal("model.retired", (await Assert.ThrowsAsync<BadInputException>(() => Move(to))).Code);
        var history = await registry.History("tables", cancel).ToListAsync(cancel);
        Assert.Equal(allowed ? 0 : 1, history.Count(e => e.What == "model.refused"));

        Task<ModelVersion> Move(ModelState state) =>
            state == ModelState.Locked ? registry.Lock("tables", 1, Owner, cancel) : registry.Retire("tables", 1, Owner, cancel);
    }

    [Fact]
    public async Task Who_may_not_lock_is_refused_and_the_refusal_is_written_down()
    {
        await registry.Register(Model(1), "service", cancel);
        foreach (var move in new Func<Task>[] { () => registry.Lock("tables", 1, "mallory", cancel), () => registry.Retire("tables", 1, "mallory", cancel) })
            Assert.Equal("model.not-allowed", (await Assert.ThrowsAsync<BadInputException>(move)).Code);
        Assert.Equal(ModelState.Candidate, (await registry.Find("tables", 1, cancel))!.State);
        var refusals = await registry.History("tables", cancel).Where(e => e.What == "model.refused").ToListAsync(cancel);
        Assert.Equal(["locked", "retired"], refusals.Select(e => e.Facts["to"]));
        Assert.All(refusals, e => Assert.Equal(("mallory", "model.not-allowed"), (e.Who, e.Facts["reason"])));
    }

    [Fact]
    public async Task Only_a_locked_version_is_validated()
    {
        await registry.Register(Model(1), "service", cancel);
        await Refused("model.not-locked");
        await registry.Lock("tables", 1, Owner, cancel);
        Assert.Equal("tables/v1", (await registry.RequireLocked("tables", 1, cancel)).Label);
        await registry.Retire("tables", 1, Owner, cancel);
        await Refused("model.not-locked");

        async Task Refused(string code) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<BadInputException>(() => registry.RequireLocked("tables", 1, cancel))).Code);
    }

    [Theory]
    [InlineData("nothing", 1)]
    [InlineData("tables", 2)]
    [InlineData("tables", 0)]
    [InlineData("tables", -1)]
    [InlineData("../tables", 1)]
    [InlineData("", 1)]
    public async Task What_is_not_there_is_said_to_be_missing(string name, int version)
    {
        await registry.Register(Model(1), "service", cancel);
        Assert.Null(await registry.Find(name, version, cancel));
        Assert.Equal("model.missing", (await Assert.ThrowsAsync<BadInputException>(() => registry.Lock(name, version, Owner, cancel))).Code);
        Assert.Equal("model.missing", (await Assert.ThrowsAsync<BadInputException>(() => registry.RequireLocked(name, version, cancel))).Code);
    }

    private ModelRegistry Registry() => new(storage.Records, new([Owner, "*@clinic.example"]), time);

    private static NewModel Model(int content) => new("tables", Ref(content), "run", "cohort", Ref(100), Ref(101), Ref(102));

    private static ArtifactRef Ref(int content) => new(content.ToString("x64", System.Globalization.CultureInfo.InvariantCulture), 1);
}
