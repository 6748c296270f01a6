using System.Diagnostics;
using System.Globalization;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Association;

/// <summary>
/// The map of 1,522 imaging against 5,159 molecular features of 44 patients. Minutes: run with <c>--explicit only</c>. Limits of time are of
/// processor time, all threads together, so that other work on the machine does not decide; they are harder than the same on a clock.
/// </summary>
public sealed class LungMapTests(ITestOutputHelper output)
{
    private static readonly AssociationSettings Plain = new() { Permutations = 0, Resamples = 0 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [LongFact]
    public void The_map_of_nsclc_is_made_in_its_time_and_memory()
    {
        var (imaging, molecular) = Read();
        var (alone, map) = Measure("map with BH", () => Statistics(imaging, molecular, Plain));
        Print($"{alone.Sorted.Count} tests, smallest p {alone.Sorted.AtRank(1):R}, {alone.Calls.BenjaminiHochberg} called by BH on R's own p");
        var (permuted, permutations) = Measure("1,000 permutations", () => Statistics(imaging, molecular, Plain with { Permutations = 1000 }));
        Print($"called by the permutation maximum: {permuted.Calls.FamilyWise}, by the permutation FDR: {permuted.Calls.PermutationFdr}; critical p {permuted.Calls.CriticalP:E3}");

        var settings = Plain with { Permutations = 1000, Resamples = 100 };
        var (document, _) = Measure("1,000 permutations, groups, 100 bootstrap samples", () => AssociationMap.Make(imaging, molecular, null, null, settings, 2, Cancel));
        using var process = Process.GetCurrentProcess();
        Print($"peak of this process {process.PeakWorkingSet64 / 1048576.0:F0} MiB");
        Print($"groups {document.ImagingGroups.Count} of {document.Imaging.Count(f => f.Group >= 0)} × {document.MolecularGroups.Count} of {document.Molecular.Count(f => f.Group >= 0)}; findings {document.Findings.Count}");
        foreach (var edge in document.Edges.Take(10))
        {
            Print($"{document.Imaging[edge.Imaging].Name} × {document.Molecular[edge.Molecular].Name}: {edge.Measure} {edge.Effect:F4} ({edge.Low:F3} to {edge.High:F3}), p {edge.P:E3}, q {edge.Q:F4}, family-wise {edge.FamilyWiseP:F4}, permutation q {edge.PermutationQ:F4}, stability {edge.Stability:F2}");
        }
        foreach (var note in document.Notes)
            output.WriteLine(note);

        Assert.True(map < 5, "The map with BH takes more than 5 s of processor time.");
        Assert.True(permutations < 120, "The map with 1,000 permutations takes more than 2 minutes of processor time.");
        Assert.True(process.PeakWorkingSet64 < 1.5 * (1L << 30), "The peak of memory is above 1.5 GiB (of this process: nothing else may run in it).");
        Assert.Equal(permuted.Calls, document.Calls);
        Assert.Equal(alone.Calls.BenjaminiHochberg, permuted.Calls.BenjaminiHochberg);
        Assert.All(document.Edges, e => Assert.InRange(e.Stability!.Value, 0, 1));
    }

    /// <summary>The patients of one side exchanged, the map and its permutations anew: 5 cohorts of 100 expected, P(X &gt; 11) = 0.004.</summary>
    [LongFact]
    public void In_fresh_permuted_cohorts_of_nsclc_family_wise_calls_keep_the_level()
    {
        const int cohorts = 100;
        var (imaging, molecular) = Read();
        var called = new List<int>();
        var (discoveries, estimated) = (0, 0);
        for (var cohort = 0; cohort < cohorts; cohort++)
        {
            var order = new int[imaging.Cases];
            for (var c = 0; c < order.Length; c++)
                order[c] = c;
            new DeterministicRandom(DeterministicRandom.Derive(2024, "fresh cohort", cohort)).Shuffle<int>(order);
            var calls = Statistics(imaging, LungMap.Permuted(molecular, order), Plain with { Permutations = 199, Seed = (ulong)cohort + 100 }).Calls;
            discoveries += calls.BenjaminiHochberg > 0 ? 1 : 0;
            estimated += calls.PermutationFdr > 0 ? 1 : 0;
            if (calls.FamilyWise > 0)
                called.Add((int)calls.FamilyWise.Value);
        }
        Print($"cohorts with calls among {cohorts}: {called.Count} family-wise ({string.Join(", ", called)} pairs), {discoveries} by BH, {estimated} by the permutation FDR");
        Assert.True(called.Count <= 11);
    }

    private static (FeatureBlock Imaging, FeatureBlock Molecular) Read() =>
        LungMap.Read(ReferenceData.Require("nsclc/radiomics.csv"), ReferenceData.Require("nsclc/expression.csv"));

    private static MapStatistics Statistics(FeatureBlock imaging, FeatureBlock molecular, AssociationSettings settings) =>
        MapStatistics.Of(MapInput.Of(imaging, molecular, null, settings, Cancel).Pairs, 2, Cancel);

    private (T Result, double ProcessorSeconds) Measure<T>(string what, Func<T> work)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var result = work();
        var (wall, processor) = (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        Print($"{what}: {wall:F1} s on the clock, {processor:F1} s of processors");
        return (result, processor);
    }

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
