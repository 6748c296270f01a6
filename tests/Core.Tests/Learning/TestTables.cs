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

    /// <summary>Noise with a signal in the first two columns; the third is the first with a little noise, the fourth constant; a share is missing.</summary>
    public static TrainingSet Simulated(int rows, int columns, double missing, ulong seed = 1)
    {
        var random = new DeterministicRandom(seed);
        var values = new double[columns][];
        for (var c = 0; c < columns; c++)
            values[c] = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        var outcome = Enumerable.Range(0, rows)
            .Select(r => random.NextDouble() < 1 / (1 + Math.Exp(-(2 * values[0][r]) + (2 * values[1][r])))).ToArray();
        values[2] = [.. values[0].Select(v => v + (0.05 * random.NextGaussian()))];
        values[3] = [.. values[0].Select(_ => 7.0)];
        foreach (var column in values)
        {
            for (var r = 0; r < rows; r++)
                column[r] = random.NextDouble() < missing ? double.NaN : column[r];
        }
        return Training(Of(values), outcome, seed);
    }

    public static TrainingSet SelectRows(this TrainingSet training, params int[] rows) =>
        training with { Predictors = training.Predictors.SelectRows(rows), Endpoint = training.Endpoint.SelectRows(rows) };
}
