using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>What a fitted ComBat knows beside its columns.</summary>
internal sealed record CombatSettings(
    string Attribute, string NewBatch, bool MeanOnly, string[] Batches, CombatPrior? Prior, string[] Covariates, double[] CovariateMeans);

/// <summary>See <see cref="ComBat"/>. It holds the names of the batches of training.</summary>
public sealed class FittedComBat : IFittedTransform, IPrunable
{
    private readonly CombatSettings settings;
    private readonly string[] columns;
    private readonly CombatColumn[] learned;

    internal FittedComBat(CombatSettings settings, string[] columns, CombatColumn[] learned, IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (this.settings, this.columns, this.learned, Seen) = (settings, columns, learned, seen);
        Inputs = Array.Exists(learned, c => c.Scale > 0) ? [.. columns, .. settings.Covariates.Except(columns, StringComparer.Ordinal)] : columns;
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public IReadOnlyList<string> Discloses => [Disclosures.Labels];

    public string Kind => ComBat.RegistryName;

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The batches of the training rows, in ordinal order.</summary>
    public IReadOnlyList<string> Batches => settings.Batches;

    /// <summary>The columns that are harmonised; others are as they were.</summary>
    public IReadOnlyList<string> Harmonised => [.. columns.Where((_, c) => learned[c].Scale > 0)];

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        predictors.IndexesOf(Inputs);
        var labels = Labels(predictors, settings.Attribute);
        var newcomers = Newcomers(labels);
        var kept = Array.Exists(learned, c => c.Scale > 0) ? Covariates(predictors) : [];
        return Values.Map(predictors, columns, (c, source, target) =>
        {
            source.CopyTo(target);
            if (!(learned[c].Scale > 0))
                return;
            var expected = Expected(learned[c], kept, source.Length);
            for (var b = 0; b < settings.Batches.Length; b++)
            {
                for (var r = 0; r < labels.Length; r++)
                {
                    if (labels[r] == settings.Batches[b])
                        target[r] = Adjusted(source[r], expected[r], learned[c].Scale, learned[c].Shift[b], learned[c].Spread[b]);
                }
            }
            foreach (var rows in newcomers)
                Standardise(learned[c], rows, expected, source, target);
        });
    }

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns)
    {
        var at = Values.Positions(this.columns, columns);
        return new FittedComBat(settings, [.. columns], [.. at.Select(i => learned[i])], Seen);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        batch = settings.Attribute,
        new_batch = settings.NewBatch,
        mean_only = settings.MeanOnly,
        batches = settings.Batches,
        prior = settings.Prior is { } p ? new { variance = p.Variance, shape = p.Shape, rate = p.Rate } : null,
        covariates = settings.Covariates,
        covariate_means = settings.CovariateMeans,
        columns,
        centres = learned.Select(c => c.Centre).ToArray(),
        scales = learned.Select(c => c.Scale).ToArray(),
        effects = learned.SelectMany(c => c.Effects).ToArray(),
        shifts = learned.SelectMany(c => c.Shift).ToArray(),
        spreads = learned.SelectMany(c => c.Spread).ToArray(),
    });

    /// <summary>The batch of each row; an attribute that the table has not is a <see cref="BadInputException"/>.</summary>
    internal static string?[] Labels(Predictors predictors, string attribute) => predictors.Attributes.TryGetValue(attribute, out var labels)
        ? [.. labels]
        : throw new BadInputException("learning.no_batch", $"'combat' needs the '{attribute}' of each row, and the table has none; name another 'batch' or leave it out.", attribute);

    internal static IFittedTransform Read(JsonElement json)
    {
        var columns = PlainJson.Names(json, "columns");
        var batches = PlainJson.Names(json, "batches");
        var covariates = PlainJson.Names(json, "covariates");
        var newBatch = PlainJson.Text(json, "new_batch");
        if (newBatch is not ("leave" or "standardise" or "refuse"))
            throw PlainJson.Invalid("new_batch", "is none of leave, standardise, refuse");
        var centres = PlainJson.Numbers(json, "centres", columns.Length);
        var scales = PlainJson.Numbers(json, "scales", columns.Length);
        var effects = PlainJson.Numbers(json, "effects", columns.Length * (long)covariates.Length);
        var shifts = PlainJson.Numbers(json, "shifts", columns.Length * (long)batches.Length);
        var spreads = PlainJson.Numbers(json, "spreads", columns.Length * (long)batches.Length);
        if (Array.Exists(scales, s => s < 0) || Array.Exists(spreads, s => !(s > 0)))
            throw PlainJson.Invalid("spreads", "or 'scales' holds a number that is not positive");
        var learned = columns.Select((_, c) => new CombatColumn(
            centres[c], scales[c], effects[(c * covariates.Length)..((c + 1) * covariates.Length)], shifts[(c * batches.Length)..((c + 1) * batches.Length)],
            spreads[(c * batches.Length)..((c + 1) * batches.Length)], []));
        var settings = new CombatSettings(
            PlainJson.Text(json, "batch"), newBatch, PlainJson.Flag(json, "mean_only"), batches, ReadPrior(PlainJson.Property(json, "prior")), covariates,
            PlainJson.Numbers(json, "covariate_means", covariates.Length));
        return new FittedComBat(settings, columns, [.. learned], Values.NoSubjects);
    }

    private static CombatPrior? ReadPrior(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Null)
            return null;
        var variance = PlainJson.Number(json, "variance");
        var scaled = PlainJson.Property(json, "shape").ValueKind is not JsonValueKind.Null;
        var (shape, rate) = scaled ? (PlainJson.Number(json, "shape"), PlainJson.Number(json, "rate")) : (2, 1);
        // By moments the shape is above 2.
        return variance > 0 && shape >= 2 && rate > 0 ? new(variance, scaled ? shape : null, scaled ? rate : null) : throw PlainJson.Invalid("prior", "is out of range");
    }

    // Rows of batches that were not in training, where they are to be standardised: two at least, one has no variance.
    private List<int[]> Newcomers(string?[] labels)
    {
        var unknown = Enumerable.Range(0, labels.Length).Where(r => labels[r] is null || !settings.Batches.Contains(labels[r], StringComparer.Ordinal)).ToArray();
        if (unknown.Length > 0 && settings.NewBatch == "refuse")
        {
            var label = labels[unknown[0]];
            throw new BadInputException(
                "learning.new_batch", $"{(label is null ? "A row without" : $"'{label}' as")} {settings.Attribute} was not in training, and 'combat' is to refuse such rows.", settings.Attribute);
        }
        return settings.NewBatch != "standardise" ? [] :
            [.. unknown.Where(r => labels[r] is not null).GroupBy(r => labels[r], StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.ToArray())];
    }

    private double[][] Covariates(Predictors predictors)
    {
        var at = predictors.IndexesOf(settings.Covariates);
        return [.. at.Select((c, j) => predictors.Column(c).ToArray().Select(v => double.IsNaN(v) ? settings.CovariateMeans[j] : v).ToArray())];
    }

    private static double[] Expected(CombatColumn column, double[][] covariates, int rows)
    {
        var expected = new double[rows];
        Array.Fill(expected, column.Centre);
        for (var j = 0; j < covariates.Length; j++)
        {
            for (var r = 0; r < rows; r++)
                expected[r] += column.Effects[j] * covariates[j][r];
        }
        return expected;
    }

    private static double Adjusted(double value, double expected, double scale, double shift, double spread) =>
        ((((value - expected) / scale) - shift) / Math.Sqrt(spread) * scale) + expected;

    private void Standardise(CombatColumn column, int[] rows, double[] expected, ReadOnlySpan<double> source, Span<double> target)
    {
        var values = new List<double>(rows.Length);
        foreach (var r in rows)
        {
            if (!double.IsNaN(source[r]))
                values.Add((source[r] - expected[r]) / column.Scale);
        }
        if (values.Count < 2)
            return;
        var mean = values.Average();
        var squares = values.Sum(v => (v - mean) * (v - mean));
        var (shift, spread) = settings.Prior is { } prior
            ? prior.Shrink(values.Count, mean, squares)
            : (mean, settings.MeanOnly || !(squares > 0) ? 1 : squares / (values.Count - 1));
        foreach (var r in rows)
            target[r] = Adjusted(source[r], expected[r], column.Scale, shift, spread);
    }
}
