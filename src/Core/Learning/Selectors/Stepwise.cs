using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Keeps the columns that stepwise regression ends with, by AIC or BIC, as R's <c>step()</c>: each step adds or drops the column that makes the
/// criterion least, the first of equals, until none makes it less. Forward begins without columns, backward and both with all of them. A model
/// that has no solution is never stepped to; where all columns together have none, backward and both begin without. Missing values count as the
/// mean of their column; a column without values, or without differences, is never kept.
/// </summary>
public sealed class Stepwise : ITransformLearner
{
    internal const string RegistryName = "stepwise";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Keeps the columns that stepwise regression by AIC or BIC ends with; for few columns.",
    [
        new("direction", OptionType.String, "forward", null, null, ["forward", "backward", "both"], "Add columns, drop them, or either."),
        new("criterion", OptionType.String, "aic", null, null, ["aic", "bic"], "What a step must make less."),
        new("max_columns", OptionType.Integer, 20, 1, null, null, "Most columns that are added to."),
        ElasticNetOptions.TiesOption,
    ]);

    // R's step() asks for this much.
    private const double LeastGain = 1e-7;

    private readonly bool forward;
    private readonly bool backward;
    private readonly bool bic;
    private readonly int most;
    private readonly TieMethod ties;

    public Stepwise(OptionValues options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (forward, backward) = (options.String("direction") != "backward", options.String("direction") != "forward");
        bic = options.String("criterion") == "bic";
        most = options.Integer("max_columns");
        ties = ElasticNetOptions.TiesOf(options);
    }

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        Values.RequireDifferences(training);
        var (filled, usable) = Fill(training);
        SortedSet<int> chosen = backward ? [.. usable] : [];
        var best = Criterion(filled, chosen, cancel);
        if (best is null)
        {
            chosen.Clear();
            best = Criterion(filled, chosen, cancel);
        }
        while (best is not null && Step(filled, usable, chosen, best.Value, cancel) is { } step)
        {
            if (!chosen.Remove(step.Column))
                chosen.Add(step.Column);
            best = step.Value;
        }
        return FittedSelection.Of(Name, training.Predictors, chosen);
    }

    private (int Column, double Value)? Step(TrainingSet training, int[] usable, SortedSet<int> chosen, double current, CancellationToken cancel)
    {
        (int Column, double Value)? best = null;
        foreach (var column in usable)
        {
            var drops = chosen.Contains(column);
            if (drops ? !backward : !forward || chosen.Count >= most)
                continue;
            SortedSet<int> tried = [.. chosen];
            if (!tried.Remove(column))
                tried.Add(column);
            if (Criterion(training, tried, cancel) is { } value && value < current - LeastGain && !(value >= best?.Value))
                best = (column, value);
        }
        return best;
    }

    /// <summary>Null where the regression has no solution.</summary>
    private double? Criterion(TrainingSet training, SortedSet<int> columns, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            var fit = PlainFit.Of(training with { Predictors = training.Predictors.SelectColumns([.. columns]) }, ties, cancel).Inference;
            return bic ? fit.Bic : fit.Aic;
        }
        catch (BadInputException e) when (e.Code is "learning.separation" or "learning.too_many_columns" or "learning.perfect_fit")
        {
            return null;
        }
    }

    private static (TrainingSet Filled, int[] Usable) Fill(TrainingSet training)
    {
        var predictors = training.Predictors;
        var values = predictors.All.ToArray();
        var usable = new List<int>();
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            var present = Values.Present(predictors.Column(c), buffer);
            if (present.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
                throw Values.Infinite(predictors.Columns[c]);
            if (present.Length > 0 && present.IndexOfAnyExcept(present[0]) >= 0)
                usable.Add(c);
            // In order of value, so that the mean does not depend on the order of rows.
            present.Sort();
            var mean = 0.0;
            foreach (var value in present)
                mean += value / present.Length;
            var column = values.AsSpan(c * buffer.Length, buffer.Length);
            for (var r = 0; r < column.Length; r++)
                column[r] = double.IsNaN(column[r]) ? mean : column[r];
        }
        return (training with { Predictors = predictors.With(predictors.Columns, values) }, [.. usable]);
    }
}
