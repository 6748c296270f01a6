using System.Diagnostics;
using System.Globalization;
using RadiogenomicsCloud.Core.Tests.Pipeline;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Workflows;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Service.Tests.Intake;

/// <summary>What Durable Functions would keep of the intake of many cases, its steps done for real on small files.</summary>
public class LargeIntakeTests(ITestOutputHelper log)
{
    private async Task Bounded(int cases)
    {
        var cancel = TestContext.Current.CancellationToken;
        var rig = new IntakeRig().WithTables(2);
        for (var n = 0; n < cases; n++)
            rig.Put(string.Create(CultureInfo.InvariantCulture, $"imaging/CASE-OF-A-LONG-NAME-WITH-A-HOSPITAL-AND-A-YEAR-{n:000000}/series/a.nii"), n % 100 == 7 ? IntakeRig.CleanSlice("x").Set(new(0x0010, 0x0030), "DA", "19480211").Bytes() : [(byte)n, (byte)(n >> 8)]);
        rig.Mark(await rig.Manifest());
        var clock = Stopwatch.StartNew();
        var marker = (await IntakeStarter.ReadMarker(rig.Storage, CohortPlace.Of(IntakeRig.Cohort), rig.Policy, cancel))!;
        var body = new Workflow<IntakeInput, IntakeOutput>("intake-alone", 1, CohortIntake.Make);
        var random = new Random(cases);
        var host = new DurableHost(rig.Runner(Job()), DurableEpisodes.OneCompletion, random.Next);
        var output = await host.Run(body, "liver-0123456789ab", new(CohortPlace.Of(IntakeRig.Cohort), marker.Content, rig.Policy), cancel);
        foreach (var kind in host.Histories.GroupBy(h => h.Workflow))
            log.WriteLine(FormattableString.Invariant($"{kind.Key}: {kind.Count()} instances, at most {kind.Max(h => h.Events)} events, {kind.Max(h => h.Bytes) / 1024.0:F0} KB"));
        log.WriteLine(FormattableString.Invariant($"{cases} cases: {clock.Elapsed.TotalSeconds:F1} s"));
        DurableHistory.AssertBounded(host.Histories);
        Assert.Equal((cases - (cases / 100), cases / 100), (output.Admitted, output.Quarantined));
        var snapshot = await rig.Read<CohortSnapshot>(output.Snapshot);
        Assert.Equal(output.Admitted + 2, snapshot.Files.Count);
        Assert.Equal(snapshot.Files.Select(f => f.Path).Order(StringComparer.Ordinal), snapshot.Files.Select(f => f.Path));

        JobRecord Job() => new("intake", JobKind.CohortRun, IntakeRig.Cohort, CohortPlace.Of(IntakeRig.Cohort), "intake-alone", 1, marker.Content, JobState.Running, default, default);
    }

    [Fact]
    public Task Histories_of_300_cases_are_bounded() => Bounded(300);

    [LongFact]
    public Task Histories_of_20000_cases_are_bounded_and_in_groups() => Bounded(20_000);
}
