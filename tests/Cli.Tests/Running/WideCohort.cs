using System.Globalization;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Cli.Tests.Running;

/// <summary>
/// A cohort of ready-made features, many more than cases, in groups that go together; the outcome follows two groups and one feature. Its study is a tuned
/// elastic-net logistic regression (100 penalties, 10 folds), resampled by the bootstrap. The same bytes everywhere.
/// </summary>
internal static class WideCohort
{
    private const int Groups = 20;

    public static void Write(string folder, int cases, int features, int resamples)
    {
        var random = new DeterministicRandom(20260101);
        var groups = new double[Groups, cases];
        for (var g = 0; g < Groups; g++)
        {
            for (var r = 0; r < cases; r++)
                groups[g, r] = random.NextGaussian();
        }
        Directory.CreateDirectory(Path.Combine(folder, "features"));
        File.WriteAllText(Path.Combine(folder, "study.yaml"), Study(resamples));
        using var clinical = new StreamWriter(Path.Combine(folder, "clinical.csv"));
        using var table = new StreamWriter(Path.Combine(folder, "features", "wide.csv"));
        clinical.Write("case,out\n");
        table.Write($"case,{string.Join(',', Enumerable.Range(0, features).Select(c => $"x{c}"))}\n");
        for (var r = 0; r < cases; r++)
        {
            double[] row = [.. Enumerable.Range(0, features).Select(c => Math.Round(0.7 * (random.NextGaussian() + groups[c % Groups, r]), 6))];
            var isEvent = random.NextDouble() < 1 / (1 + Math.Exp(groups[1, r] - groups[0, r] - row[2]));
            clinical.Write(string.Create(CultureInfo.InvariantCulture, $"C{r:D3},{(isEvent ? 1 : 0)}\n"));
            table.Write(string.Create(CultureInfo.InvariantCulture, $"C{r:D3},{string.Join(',', row.Select(v => v.ToString(CultureInfo.InvariantCulture)))}\n"));
        }
    }

    private static string Study(int resamples) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        schema: 1
        study: wide
        ids: {case: case}
        endpoints: [{column: out, kind: binary}]
        features:
          - name: wide
        compare: [wide]
        models:
          - elastic_net: {folds: 10, nlambda: 100}
        validate:
          - bootstrap: {resamples: {{resamples}}}
          - interval: {outer: 10, inner: 2}
        seed: 20260101

        """);
}
