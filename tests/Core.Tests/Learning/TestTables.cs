using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>Small tables for tests.</summary>
internal static class TestTables
{
    /// <summary>One patient a row; columns <c>x1</c>, <c>x2</c>, ….</summary>
    public static Predictors Of(params double[][] columns) => new(
        [.. Enumerable.Range(0, columns[0].Length).Select(Row)],
        [.. Enumerable.Range(1, columns.Length).Select(c => string.Create(CultureInfo.InvariantCulture, $"x{c}"))],
        [.. columns.SelectMany(c => c)]);

    public static RowId Row(int index)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"p{index:000}");
        return new("here", name, name);
    }

    public static BinaryEndpoint Outcome(params bool[] values) => new("y", "1", "0", values);

    public static TrainingSet Training(Predictors predictors, bool[] outcome, ulong seed = 1) => new(predictors, Outcome(outcome), seed);

    /// <summary>
    /// Noise with a signal in the first two columns; the third is the first with a little noise, the fourth constant; a share is missing.
    /// Every row has a site, <c>A</c> or <c>B</c>.
    /// </summary>
    public static TrainingSet Simulated(int rows, int columns, double missing, ulong seed = 1, EndpointKind kind = EndpointKind.Binary)
    {
        var random = new DeterministicRandom(seed);
        var values = new double[columns][];
        for (var c = 0; c < columns; c++)
            values[c] = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        double[] signal = [.. values[0].Zip(values[1], (a, b) => (2 * a) - (2 * b))];
        bool[] outcome = kind is EndpointKind.Binary ? [.. signal.Select(s => random.NextDouble() < 1 / (1 + Math.Exp(-s)))] : [];
        values[2] = [.. values[0].Select(v => v + (0.05 * random.NextGaussian()))];
        values[3] = [.. values[0].Select(_ => 7.0)];
        foreach (var column in values)
        {
            for (var r = 0; r < rows; r++)
                column[r] = random.NextDouble() < missing ? double.NaN : column[r];
        }
        var table = Of(values);
        var sited = new Predictors(table.Rows, table.Columns, table.All.ToArray())
        {
            Attributes = new Dictionary<string, IReadOnlyList<string?>> { ["site"] = [.. Enumerable.Range(0, rows).Select(r => r % 3 == 0 ? "A" : "B")] },
        };
        return new(sited, kind is EndpointKind.Binary ? Outcome(outcome) : OtherOutcome(kind, signal, random), seed);
    }

    private static Endpoint OtherOutcome(EndpointKind kind, double[] signal, DeterministicRandom random) => kind switch
    {
        EndpointKind.Multiclass => new MulticlassEndpoint(
            "y", ["a", "b", "c"], [.. signal.Select(s => s + random.NextGaussian() is var v && v < -1 ? 0 : v < 1 ? 1 : 2)]),
        EndpointKind.Continuous => new ContinuousEndpoint("y", [.. signal.Select(s => s + random.NextGaussian())]),
        _ => Survival(signal, random),
    };

    /// <summary>Exponential times of hazard exp(signal / 2), a third or so censored; times are rounded so that some are tied.</summary>
    private static SurvivalEndpoint Survival(double[] signal, DeterministicRandom random)
    {
        double[] times = [.. signal.Select(s => -Math.Log(1 - random.NextDouble()) * 100 / Math.Exp(s / 2))];
        double[] censored = [.. signal.Select(_ => -Math.Log(1 - random.NextDouble()) * 200)];
        return new("y", [.. times.Zip(censored, (t, c) => Math.Ceiling(Math.Min(t, c)))], [.. times.Zip(censored, (t, c) => t <= c)]);
    }
}
