using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Rank-based inverse normal transformation: a value of midrank r among n training values becomes Φ⁻¹((r − ⅜)/(n + ¼)) (Blom 1958) or
/// Φ⁻¹(r/(n + 1)) (van der Waerden 1952). A value between two training values is interpolated linearly between their scores, one beyond
/// the training values has the score of the outermost. Missing values (NaN) stay missing; a column without values or spread becomes 0.
/// The fitted transform holds the distinct training values of each column.
/// </summary>
public sealed class RankNormal(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "rank_normal";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Transform, "Replaces each column by the normal scores of its ranks over the training rows.",
    [
        new("score", OptionType.String, "blom", null, null, ["blom", "van_der_waerden"], "Which normal scores."),
    ]);

    private readonly double offset = options.String("score") == "blom" ? 0.375 : 0;

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var knots = new double[predictors.ColumnCount][];
        var scores = new double[predictors.ColumnCount][];
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < knots.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var sorted = Values.Present(predictors.Column(c), buffer);
            sorted.Sort();
            if (!sorted.IsEmpty && (double.IsInfinity(sorted[0]) || double.IsInfinity(sorted[^1])))
                throw Values.Infinite(predictors.Columns[c]);
            var (x, z) = (new List<double>(sorted.Length), new List<double>(sorted.Length));
            for (var start = 0; start < sorted.Length;)
            {
                var end = Ranks.EndOfTie(sorted, start);
                var midrank = (start + 1 + end) / 2.0;
                x.Add(sorted[start]);
                z.Add(Normal.Quantile((midrank - offset) / (sorted.Length + 1 - (2 * offset))));
                start = end;
            }
            (knots[c], scores[c]) = ([.. x], [.. z]);
        }
        return new FittedRankNormal([.. predictors.Columns], knots, scores, Subjects.Of(predictors.Rows));
    }
}

/// <summary>See <see cref="RankNormal"/>.</summary>
public sealed class FittedRankNormal : IFittedTransform, IPrunable
{
    private readonly string[] columns;
    private readonly double[][] knots;
    private readonly double[][] scores;

    internal FittedRankNormal(string[] columns, double[][] knots, double[][] scores, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        (this.columns, this.knots, this.scores, Seen) = (columns, knots, scores, seen);

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => RankNormal.RegistryName;

    public IReadOnlyList<string> Columns => columns;

    public bool HoldsRows => true;

    public IReadOnlyList<string> Discloses => [Disclosures.ColumnValues];

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        return Values.Map(predictors, columns, (c, source, target) =>
        {
            for (var r = 0; r < source.Length; r++)
                target[r] = double.IsNaN(source[r]) ? double.NaN : Score(knots[c], scores[c], source[r]);
        });
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new { kind = Kind, columns, knots, scores });

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns)
    {
        var at = Values.Positions(this.columns, columns);
        return new FittedRankNormal([.. columns], [.. at.Select(i => knots[i])], [.. at.Select(i => scores[i])], Seen);
    }

    internal static IFittedTransform Read(JsonElement json)
    {
        var columns = PlainJson.Names(json, "columns");
        var knots = Lists(json, "knots", columns.Length);
        var scores = Lists(json, "scores", columns.Length);
        for (var c = 0; c < columns.Length; c++)
        {
            if (knots[c].Length != scores[c].Length)
                throw PlainJson.Invalid("scores", "has not one number a knot");
            for (var k = 1; k < knots[c].Length; k++)
            {
                if (!(knots[c][k] > knots[c][k - 1]))
                    throw PlainJson.Invalid("knots", "does not ascend");
            }
        }
        return new FittedRankNormal(columns, knots, scores, Values.NoSubjects);
    }

    private static double Score(double[] knots, double[] scores, double value)
    {
        if (knots.Length == 0)
            return 0;
        var at = Array.BinarySearch(knots, value);
        if (at >= 0)
            return scores[at];
        var next = ~at;
        if (next == 0 || next == knots.Length)
            return scores[next == 0 ? 0 : ^1];
        var share = (value - knots[next - 1]) / (knots[next] - knots[next - 1]);
        return scores[next - 1] + (share * (scores[next] - scores[next - 1]));
    }

    private static double[][] Lists(JsonElement json, string name, int count)
    {
        var lists = PlainJson.Array(json, name);
        if (lists.GetArrayLength() != count)
            throw PlainJson.Invalid(name, $"has {lists.GetArrayLength()} lists, not {count}");
        return [.. lists.EnumerateArray().Select(l => PlainJson.Row(l, name))];
    }
}
