using System.Diagnostics;
using System.Globalization;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Association;

/// <summary>Minutes: run with <c>--explicit only</c>.</summary>
public sealed class LungMapTests(ITestOutputHelper output)
{
    [LongFact]
    public void The_map_of_nsclc_is_made_in_its_time_and_memory()
    {
        var (imaging, molecular) = LungMap.Read(ReferenceData.Require("nsclc/radiomics.csv"), ReferenceData.Require("nsclc/expression.csv"));
        var cancel = TestContext.Current.CancellationToken;
        var settings = new AssociationSettings { Permutations = 0, Resamples = 0 };
        var clock = Stopwatch.StartNew();
        var input = MapInput.Of(imaging, molecular, null, settings, cancel);
        var alone = MapStatistics.Of(input.Pairs, 2, cancel);
        var mapSeconds = clock.Elapsed.TotalSeconds;
        Print($"map with BH: {mapSeconds:F2} s; {alone.Sorted.Count} tests, {alone.Calls.BenjaminiHochberg} by BH");

        clock.Restart();
        var permuted = MapInput.Of(imaging, molecular, null, settings with { Permutations = 1000 }, cancel);
        var statistics = MapStatistics.Of(permuted.Pairs, 2, cancel);
        var permutationSeconds = clock.Elapsed.TotalSeconds;
        Print($"with 1,000 permutations: {permutationSeconds:F1} s; {statistics.Calls}; smallest p {statistics.Sorted.AtRank(1):R}");

        clock.Restart();
        var document = AssociationMap.Make(imaging, molecular, null, null, settings with { Permutations = 1000, Resamples = 100 }, 2, cancel);
        using var process = Process.GetCurrentProcess();
        Print($"all: {clock.Elapsed.TotalSeconds:F1} s; peak {process.PeakWorkingSet64 / 1048576.0:F0} MiB");
        Print($"groups {document.ImagingGroups.Count} of {document.Imaging.Count(f => f.Group >= 0)} × {document.MolecularGroups.Count} of {document.Molecular.Count(f => f.Group >= 0)}; findings {document.Findings.Count}");
        foreach (var edge in document.Edges.Take(10))
        {
            Print($"{document.Imaging[edge.Imaging].Name} × {document.Molecular[edge.Molecular].Name}: {edge.Measure} {edge.Effect:F4} ({edge.Low:F3} to {edge.High:F3}), p {edge.P:E3}, q {edge.Q:F4}, family-wise {edge.FamilyWiseP:F4}, permutation q {edge.PermutationQ:F4}, stability {edge.Stability:F2}");
        }
        foreach (var note in document.Notes)
            output.WriteLine(note);
        Assert.True(mapSeconds < 5);
        Assert.True(permutationSeconds < 120);
        Assert.True(process.PeakWorkingSet64 < 1.5 * (1L << 30));
        Assert.Equal(statistics.Calls, document.Calls);
    }

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
