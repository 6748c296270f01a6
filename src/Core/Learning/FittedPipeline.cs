using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// See <see cref="ModellingPipeline"/>. Steps that can be restricted keep only what the model reads, so that a new case needs
/// <see cref="Columns"/> and nothing more.
/// </summary>
public sealed class FittedPipeline : IFittedModel
{
    internal const string RegistryName = "pipeline";

    internal FittedPipeline(IReadOnlyList<IFittedTransform> steps, IFittedModel model, IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (Steps, Model, Seen) = (steps, model, seen);
        Columns = steps.Count > 0 ? steps[0].Inputs : model.Columns;
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => RegistryName;

    public IReadOnlyList<IFittedTransform> Steps { get; }

    public IFittedModel Model { get; }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<string> Selected => Model.Selected;

    /// <summary>How the model's options were found; null where they were given.</summary>
    public TuningRecord? Tuning { get; init; }

    /// <summary>Among what the pipeline was chosen; null where it was given.</summary>
    public ChoiceRecord? Choice { get; init; }

    /// <summary>The log-odds at zero of every column, on the scale of the table as given; null where model or steps are not linear.</summary>
    public double? Intercept => OriginalScale()?.Intercept;

    /// <summary>Weights on the scale of the table as given (missing values aside; of categorical columns as encoded); null where model or steps are not linear.</summary>
    public IReadOnlyList<Coefficient>? Coefficients => OriginalScale()?.Coefficients;

    public EndpointKind EndpointKind => Model.EndpointKind;

    public bool HoldsRows => Model.HoldsRows || Steps.Any(s => s.HoldsRows);

    public IReadOnlyList<string> Discloses => [.. Model.Discloses.Concat(Steps.SelectMany(s => s.Discloses)).Distinct(StringComparer.Ordinal)];

    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var current = predictors;
        foreach (var step in Steps)
            current = step.Apply(current);
        return Model.Predict(current, times);
    }

    public JsonElement ToJson()
    {
        var json = new Dictionary<string, object>
        {
            ["kind"] = Kind,
            ["steps"] = Steps.Select(s => s.ToJson()).ToArray(),
            ["model"] = Model.ToJson(),
        };
        if (Tuning is not null)
            json["tuning"] = Tuning.ToJson();
        if (Choice is not null)
            json["choice"] = Choice.ToJson();
        return JsonSerializer.SerializeToElement(json);
    }

    internal FittedPipeline With(ChoiceRecord choice) => new(Steps, Model, Seen) { Tuning = Tuning, Choice = choice };

    /// <summary>Restricts steps, from the last, to the columns that are read after them; stops at a step that cannot be restricted.</summary>
    internal static IReadOnlyList<IFittedTransform> Prune(IFittedTransform[] steps, IReadOnlyList<string> needed)
    {
        for (var s = steps.Length - 1; s >= 0; s--)
        {
            if (steps[s] is not IPrunable prunable)
                break;
            steps[s] = prunable.RestrictTo(needed);
            needed = steps[s].Inputs;
        }
        return steps;
    }

    private (double Intercept, IReadOnlyList<Coefficient> Coefficients)? OriginalScale()
    {
        if (Model is not ILinearModel linear || Steps.Any(s => s is not (IColumnwise or FittedEncoding)))
            return null;
        var intercept = linear.Intercept;
        var coefficients = linear.Coefficients.ToArray();
        foreach (var step in Steps.OfType<IAffine>().Reverse())
        {
            for (var k = 0; k < coefficients.Length; k++)
            {
                var (centre, scale) = step.Of(coefficients[k].Column);
                coefficients[k] = coefficients[k] with { Value = coefficients[k].Value / scale };
                intercept -= coefficients[k].Value * centre;
            }
        }
        return (intercept, coefficients);
    }
}
