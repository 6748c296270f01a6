using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="KnnImputation"/>. It reads all columns, since all make the distance, though a pipeline may want few of them.</summary>
public sealed class FittedKnnImputation : IFittedTransform, IPrunable
{
    private readonly string[] inputs;
    private readonly string[] columns;
    private readonly double[] means;
    private readonly double[] scales;
    private readonly double[][] donors;     // standardised, one a row
    private readonly int neighbours;

    internal FittedKnnImputation(
        string[] inputs, string[] columns, double[] means, double[] scales, double[][] donors, int neighbours, IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (this.inputs, this.columns, this.means, this.scales) = (inputs, columns, means, scales);
        (this.donors, this.neighbours, Seen) = (donors, neighbours, seen);
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => KnnImputation.RegistryName;

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Inputs => inputs;

    public bool HoldsRows => true;

    public IReadOnlyList<string> Discloses => [Disclosures.Rows];

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        return GapFilling.Apply(predictors, inputs, means, scales, columns, row =>
        {
            var near = ByDistance(row);
            return column => Mean(near, column);
        });
    }

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns) => new FittedKnnImputation(inputs, [.. columns], means, scales, donors, neighbours, Seen);

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        k = neighbours,
        inputs,
        columns,
        means,
        scales,
        rows = donors.Select(d => d.Select(v => double.IsNaN(v) ? (double?)null : v)),
    });

    internal static IFittedTransform Read(JsonElement json)
    {
        var inputs = PlainJson.Names(json, "inputs");
        var columns = PlainJson.Names(json, "columns");
        if (columns.Except(inputs, StringComparer.Ordinal).Any())
            throw PlainJson.Invalid("columns", "names what is not among 'inputs'");
        var scales = PlainJson.Numbers(json, "scales", inputs.Length);
        var k = PlainJson.Number(json, "k");
        if (Array.Exists(scales, s => !(s > 0)) || !(k >= 1 && k <= int.MaxValue && k == Math.Floor(k)))
            throw PlainJson.Invalid("scales", "or 'k' holds a number that is not positive");
        double[][] donors = [.. PlainJson.Array(json, "rows").EnumerateArray().Select(r => PlainJson.RowWithGaps(r, "rows"))];
        if (Array.Exists(donors, d => d.Length != inputs.Length))
            throw PlainJson.Invalid("rows", "has not one number a column");
        return new FittedKnnImputation(inputs, columns, PlainJson.Numbers(json, "means", inputs.Length), scales, donors, (int)k, Values.NoSubjects);
    }

    /// <summary>The donors that share a column with the row, the nearest first.</summary>
    private int[] ByDistance(double[] row)
    {
        var distances = new double[donors.Length];
        for (var d = 0; d < donors.Length; d++)
        {
            var donor = donors[d];
            double sum = 0;
            var shared = 0;
            for (var c = 0; c < row.Length; c++)
            {
                var difference = row[c] - donor[c];
                if (double.IsNaN(difference))
                    continue;
                sum += difference * difference;
                shared++;
            }
            distances[d] = shared > 0 ? sum / shared : double.PositiveInfinity;
        }
        return [.. Enumerable.Range(0, donors.Length).Where(d => distances[d] < double.PositiveInfinity).OrderBy(d => distances[d]).ThenBy(d => d)];
    }

    private double Mean(int[] near, int column)
    {
        var sum = 0.0;
        var found = 0;
        foreach (var d in near)
        {
            if (double.IsNaN(donors[d][column]))
                continue;
            sum += donors[d][column];
            if (++found == neighbours)
                break;
        }
        return found > 0 ? sum / found : 0;
    }
}
