using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="PrincipalComponents"/>. A component needs all its columns, so that none is forgotten by a pipeline while one is read.</summary>
public sealed class FittedPrincipalComponents : IFittedTransform, IPrunable
{
    private readonly string[] mixed;
    private readonly string[] others;
    private readonly double[] centres;
    private readonly double[] scales;
    private readonly double[][] loadings;
    private readonly int[] numbers;
    private readonly string prefix;
    private readonly string[] columns;

    internal FittedPrincipalComponents(
        string[] mixed, string[] others, double[] centres, double[] scales, double[][] loadings, double[] explained, string prefix, IReadOnlySet<(string Cohort, string Patient)> seen)
        : this(mixed, others, centres, scales, loadings, [.. Enumerable.Range(1, loadings.Length)], explained, prefix, seen)
    {
    }

    private FittedPrincipalComponents(
        string[] mixed,
        string[] others,
        double[] centres,
        double[] scales,
        double[][] loadings,
        int[] numbers,
        double[] explained,
        string prefix,
        IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (this.mixed, this.others, this.centres, this.scales, this.loadings) = (mixed, others, centres, scales, loadings);
        (this.numbers, Explained, this.prefix, Seen) = (numbers, explained, prefix, seen);
        columns = [.. numbers.Select(n => string.Create(CultureInfo.InvariantCulture, $"{prefix}PC{n}")), .. others];
        if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length)
            throw new BadInputException("learning.pca_name", $"A column beside the components is named '{prefix}PC' and a number; rename it.", prefix + "PC");
        Inputs = [.. loadings.Length == 0 ? [] : mixed, .. others];
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => PrincipalComponents.RegistryName;

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Share of the variance that each component explains.</summary>
    public IReadOnlyList<double> Explained { get; }

    /// <summary>The weights of each component.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Loadings => loadings;

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var at = predictors.IndexesOf(Inputs);
        var rows = predictors.RowCount;
        var values = new double[checked(rows * columns.Length)];
        if (loadings.Length > 0)
        {
            for (var c = 0; c < mixed.Length; c++)
            {
                var source = Standardised(predictors.Column(at[c]), centres[c], scales[c]);
                for (var k = 0; k < loadings.Length; k++)
                {
                    var target = values.AsSpan(k * rows, rows);
                    var weight = loadings[k][c];
                    for (var r = 0; r < rows; r++)
                        target[r] += weight * source[r];
                }
            }
        }
        for (var c = 0; c < others.Length; c++)
            predictors.Column(at[^(others.Length - c)]).CopyTo(values.AsSpan((loadings.Length + c) * rows, rows));
        return predictors.With(columns, values);
    }

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns)
    {
        var wanted = columns.ToHashSet(StringComparer.Ordinal);
        int[] kept = [.. Enumerable.Range(0, loadings.Length).Where(k => wanted.Contains(this.columns[k]))];
        return new FittedPrincipalComponents(
            mixed, [.. others.Where(wanted.Contains)], centres, scales, [.. kept.Select(k => loadings[k])], [.. kept.Select(k => numbers[k])],
            [.. kept.Select(k => Explained[k])], prefix, Seen);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        prefix,
        mixed,
        others,
        centres,
        scales,
        numbers,
        explained = Explained,
        loadings,
    });

    internal static double[] Standardised(ReadOnlySpan<double> source, double centre, double scale)
    {
        var result = new double[source.Length];
        for (var r = 0; r < result.Length; r++)
            result[r] = double.IsNaN(source[r]) ? 0 : (source[r] - centre) / scale;
        return result;
    }

    internal static IFittedTransform Read(JsonElement json)
    {
        var mixed = PlainJson.Names(json, "mixed");
        var scales = PlainJson.Numbers(json, "scales", mixed.Length);
        if (Array.Exists(scales, s => !(s > 0)))
            throw PlainJson.Invalid("scales", "holds a number that is not positive");
        var loadings = PlainJson.Array(json, "loadings").EnumerateArray().Select(l => PlainJson.Row(l, "loadings")).ToArray();
        if (Array.Exists(loadings, l => l.Length != mixed.Length))
            throw PlainJson.Invalid("loadings", "has not one number a column");
        var numbers = PlainJson.Numbers(json, "numbers", loadings.Length);
        if (Array.Exists(numbers, n => !(n >= 1 && n <= int.MaxValue && n == Math.Floor(n))))
            throw PlainJson.Invalid("numbers", "holds something that is no number of a component");
        return new FittedPrincipalComponents(
            mixed, PlainJson.Names(json, "others"), PlainJson.Numbers(json, "centres", mixed.Length), scales, loadings, [.. numbers.Select(n => (int)n)],
            PlainJson.Numbers(json, "explained", loadings.Length), PlainJson.Text(json, "prefix"), Values.NoSubjects);
    }
}
