using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>The regression of one column, all in standard units.</summary>
/// <param name="Low">Least training value.</param>
/// <param name="High">Greatest training value.</param>
/// <param name="Predictors">Places of the columns that it is regressed on.</param>
internal sealed record ImputedColumn(string Name, double Mean, double Scale, double Low, double High, int[] Predictors, double[] Weights, double Intercept)
{
    public double Expected(Func<int, double> value)
    {
        var sum = Intercept;
        for (var j = 0; j < Weights.Length; j++)
            sum += Weights[j] * value(Predictors[j]);
        return Math.Clamp(sum, Low, High);
    }
}

/// <summary>See <see cref="ChainedImputation"/>.</summary>
public sealed class FittedChainedImputation : IFittedTransform, IPrunable
{
    private readonly ImputedColumn[] inputs;
    private readonly int[] order;
    private readonly string[] columns;
    private readonly int iterations;

    internal FittedChainedImputation(ImputedColumn[] inputs, int[] order, string[] columns, int iterations, IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (this.inputs, this.order, this.columns, this.iterations, Seen) = (inputs, order, columns, iterations, seen);
        Inputs = [.. inputs.Select(i => i.Name)];
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public IReadOnlyList<string> Discloses => [Disclosures.Extremes];

    public string Kind => ChainedImputation.RegistryName;

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Inputs { get; }

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        return GapFilling.Apply(predictors, Inputs, [.. inputs.Select(i => i.Mean)], [.. inputs.Select(i => i.Scale)], columns, row =>
        {
            Fill(row);
            return column => row[column];
        });
    }

    /// <summary>Keeps what the columns are regressed on, directly or through others.</summary>
    public IFittedTransform RestrictTo(IReadOnlyList<string> columns)
    {
        var needed = new HashSet<int>(Values.Positions(Inputs, columns));
        var open = new Queue<int>(needed);
        while (open.TryDequeue(out var next))
        {
            foreach (var p in inputs[next].Predictors)
            {
                if (needed.Add(p))
                    open.Enqueue(p);
            }
        }
        int[] kept = [.. needed.Order()];
        ImputedColumn[] less = [.. kept.Select(i => inputs[i] with { Predictors = Array.ConvertAll(inputs[i].Predictors, p => Array.IndexOf(kept, p)) })];
        return new FittedChainedImputation(less, [.. order.Where(needed.Contains).Select(i => Array.IndexOf(kept, i))], [.. columns], iterations, Seen);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        maxit = iterations,
        columns,
        inputs = Inputs,
        means = inputs.Select(i => i.Mean),
        scales = inputs.Select(i => i.Scale),
        lows = inputs.Select(i => i.Low),
        highs = inputs.Select(i => i.High),
        intercepts = inputs.Select(i => i.Intercept),
        predictors = inputs.Select(i => i.Predictors),
        weights = inputs.Select(i => i.Weights),
        order,
    });

    internal static IFittedTransform Read(JsonElement json)
    {
        var names = PlainJson.Names(json, "inputs");
        var columns = PlainJson.Names(json, "columns");
        if (columns.Except(names, StringComparer.Ordinal).Any())
            throw PlainJson.Invalid("columns", "names what is not among 'inputs'");
        double[] Numbers(string name) => PlainJson.Numbers(json, name, names.Length);
        double[][] Lists(string name)
        {
            double[][] lists = [.. PlainJson.Array(json, name).EnumerateArray().Select(l => PlainJson.Row(l, name))];
            return lists.Length == names.Length ? lists : throw PlainJson.Invalid(name, "has not one list a column");
        }
        int Place(double number) => number >= 0 && number < names.Length && number == Math.Floor(number)
            ? (int)number
            : throw PlainJson.Invalid("predictors", "or 'order' holds a number that is no column");
        double[] means = Numbers("means"), scales = Numbers("scales"), lows = Numbers("lows"), highs = Numbers("highs"), intercepts = Numbers("intercepts");
        double[][] predictors = Lists("predictors"), weights = Lists("weights");
        var inputs = new ImputedColumn[names.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!(scales[i] > 0) || lows[i] > highs[i] || predictors[i].Length != weights[i].Length)
                throw PlainJson.Invalid("weights", "or the ranges of columns are inconsistent");
            inputs[i] = new(names[i], means[i], scales[i], lows[i], highs[i], Array.ConvertAll(predictors[i], Place), weights[i], intercepts[i]);
        }
        var order = Array.ConvertAll(Numbers("order"), Place);
        var maxit = PlainJson.Number(json, "maxit");
        if (order.Distinct().Count() < order.Length || !(maxit is >= 1 and <= 1000 && maxit == Math.Floor(maxit)))
            throw PlainJson.Invalid("order", "or 'maxit' is out of range");
        return new FittedChainedImputation(inputs, order, columns, (int)maxit, Values.NoSubjects);
    }

    private void Fill(double[] row)
    {
        int[] gaps = [.. order.Where(i => double.IsNaN(row[i]))];
        foreach (var i in gaps)
            row[i] = 0;
        for (var k = 0; k < iterations; k++)
        {
            foreach (var i in gaps)
                row[i] = inputs[i].Expected(p => row[p]);
        }
    }
}
