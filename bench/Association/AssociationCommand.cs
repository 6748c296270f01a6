using System.Diagnostics;
using System.Globalization;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Bench.Peers;
using RadiogenomicsCloud.Core.Tests.Association;

namespace RadiogenomicsCloud.Bench.Association;

/// <summary>
/// <c>association --data DIR [--permutations N] [--workers N]</c>: makes the map of the 44 patients of <c>DIR/nsclc</c>, radiomics against
/// expression: with BH alone, with permutations, and the whole document; prints time, processor time and the peak of memory as Markdown. Each is
/// measured in a program that has compiled its code before, on a part of the same data.
/// </summary>
internal static class AssociationCommand
{
    public const string Name = "association";

    private const string Usage = "Usage: association --data DIR [--permutations N] [--workers N]   (1000 permutations, 2 workers by default)";

    public static int Run(string[] arguments)
    {
        string? data = null;
        var (permutations, workers) = (1000, 2);
        for (var a = 1; a < arguments.Length; a += 2)
        {
            var text = a + 1 < arguments.Length ? arguments[a + 1] : "";
            var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            switch (arguments[a])
            {
                case "--data" when text.Length > 0:
                    data = text;
                    break;
                case "--permutations" when isNumber:
                    permutations = number;
                    break;
                case "--workers" when isNumber:
                    workers = number;
                    break;
                default:
                    return Refuse(Usage);
            }
        }
        if (data is null)
            return Refuse(Usage);
        var (radiomics, expression) = (Path.Combine(data, "nsclc", "radiomics.csv"), Path.Combine(data, "nsclc", "expression.csv"));
        return File.Exists(radiomics) && File.Exists(expression)
            ? Measure(radiomics, expression, permutations, workers)
            : Refuse($"'{data}' holds no nsclc/radiomics.csv and nsclc/expression.csv.");
    }

    private static int Measure(string radiomics, string expression, int permutations, int workers)
    {
        var (imaging, molecular) = LungMap.Read(radiomics, expression);
        var plain = new AssociationSettings { Permutations = 0, Resamples = 0 };
        AssociationMap.Make(imaging, First(molecular, 500), null, null, plain with { Permutations = 50, Resamples = 5 }, workers, CancellationToken.None);
        Console.Out.WriteLine("| map | workers | wall, s | processor, s | called: BH, family-wise, permutation FDR | peak, MiB |");
        Console.Out.WriteLine("| --- | ---: | ---: | ---: | --- | ---: |");
        Row("BH alone", () => Calls(imaging, molecular, plain, workers), workers);
        Row(Text($"{permutations} permutations"), () => Calls(imaging, molecular, plain with { Permutations = permutations }, workers), workers);
        Row(
            Text($"{permutations} permutations, groups, 100 bootstrap samples"),
            () => AssociationMap.Make(imaging, molecular, null, null, plain with { Permutations = permutations, Resamples = 100 }, workers, CancellationToken.None).Calls,
            workers);
        return 0;
    }

    private static MapCalls Calls(FeatureBlock imaging, FeatureBlock molecular, AssociationSettings settings, int workers) =>
        MapStatistics.Of(MapInput.Of(imaging, molecular, null, settings, CancellationToken.None).Pairs, workers, CancellationToken.None).Calls;

    private static void Row(string what, Func<MapCalls> work, int workers)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var calls = work();
        var (wall, processor) = (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        Console.Out.WriteLine(Text(
            $"| {what} | {workers} | {wall:0.0} | {processor:0.0} | {calls.BenjaminiHochberg}, {calls.FamilyWise}, {calls.PermutationFdr} | {PeakMemory.OfThisProcess():0} |"));
    }

    private static FeatureBlock First(FeatureBlock block, int columns) =>
        new(block.Cases, [.. block.Columns.Take(columns)], [.. Enumerable.Range(0, columns).SelectMany(c => block.Column(c).ToArray())]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }
}
