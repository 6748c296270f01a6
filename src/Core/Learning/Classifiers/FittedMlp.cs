using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="Mlp"/>: the network's weights, and of survival the cumulative baseline hazard.</summary>
/// <param name="classes">Of a multiclass endpoint all, else 1.</param>
/// <param name="present">The classes that outputs stand for.</param>
internal sealed class FittedMlp(
    EndpointKind kind,
    int classes,
    int[] present,
    MlpNetwork network,
    ColumnScaling scaling,
    double[] parameters,
    double centre,
    double scale,
    BaselineHazard? baseline,
    IReadOnlySet<(string Cohort, string Patient)> seen) : IFittedModel
{
    private const int GreatestClasses = 1000;
    private const int GreatestLayers = 16;
    private const int GreatestUnits = 100_000;

    public IReadOnlySet<(string Cohort, string Patient)> Seen => seen;

    public string Kind => MlpOptions.RegistryName;

    public EndpointKind EndpointKind => kind;

    public IReadOnlyList<string> Columns => scaling.Columns;

    public IReadOnlyList<string> Selected => scaling.Columns;

    /// <summary>A missing or infinite value is a <see cref="BadInputException"/> that names column and case.</summary>
    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(times);
        var values = network.Room(scaling.Apply(predictors));
        network.Forward(parameters, values);
        var width = kind switch
        {
            EndpointKind.Multiclass => classes,
            EndpointKind.Survival => 1 + times.Count,
            _ => 1,
        };
        var result = new double[predictors.RowCount * width];
        for (var r = 0; r < predictors.RowCount; r++)
            Fill(values[^1].Row(r), times, result.AsSpan(r * width, width));
        return ColumnScaling.Checked(Predictions.Of(kind, width, result, kind is EndpointKind.Survival ? times : []), predictors);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        endpoint = EndpointNames.Of(kind),
        classes,
        present,
        activation = network.Relu ? "relu" : "tanh",
        scaling = scaling.ToJson(),
        layers = Enumerable.Range(0, network.LayerCount).Select(layer => new
        {
            units = network.Sizes[layer + 1],
            weights = Enumerable.Range(0, network.Sizes[layer + 1]).SelectMany(u => parameters[network.Weights(layer, u)][..network.Sizes[layer]]).ToArray(),
            biases = parameters[network.Biases(layer)],
        }).ToArray(),
        centre,
        scale,
        baseline = baseline?.ToPlain(),
    });

    public static IFittedModel Read(JsonElement json)
    {
        var kind = EndpointNames.Read(json, EndpointKind.Binary, EndpointKind.Multiclass, EndpointKind.Continuous, EndpointKind.Survival);
        var multiclass = kind is EndpointKind.Multiclass;
        var classes = ClassifierJson.Whole(json, "classes", multiclass ? 2 : 1, multiclass ? GreatestClasses : 1);
        var present = ClassifierJson.Places(json, "present", classes, least: multiclass ? 2 : 1);
        var scaling = ColumnScaling.Read(PlainJson.Property(json, "scaling"));
        var relu = PlainJson.Text(json, "activation") switch
        {
            "relu" => true,
            "tanh" => false,
            _ => throw PlainJson.Invalid("activation", "is neither tanh nor relu"),
        };
        JsonElement[] layers = [.. PlainJson.Array(json, "layers").EnumerateArray()];
        if (layers.Length is 0 or > GreatestLayers)
            throw PlainJson.Invalid("layers", "are none or too many");
        int[] sizes = [scaling.Columns.Count, .. layers.Select(l => ClassifierJson.Whole(l, "units", 1, GreatestUnits))];
        if (sizes[^1] != present.Length)
            throw PlainJson.Invalid("layers", "do not end in the outputs that the endpoint needs");
        // The numbers are counted before room is made for them: a file may claim anything.
        double[][] weights = [.. layers.Select((l, k) => Counted(l, sizes[k], sizes[k + 1]))];
        var network = new MlpNetwork(sizes, relu);
        var parameters = new double[network.ParameterCount];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            for (var unit = 0; unit < sizes[layer + 1]; unit++)
                weights[layer].AsSpan(unit * sizes[layer], sizes[layer]).CopyTo(parameters.AsSpan()[network.Weights(layer, unit)]);
            PlainJson.Numbers(layers[layer], "biases", sizes[layer + 1]).CopyTo(parameters.AsSpan()[network.Biases(layer)]);
        }
        var scale = PlainJson.Number(json, "scale");
        if (!(scale > 0))
            throw PlainJson.Invalid("scale", "is not positive");
        var baseline = kind is EndpointKind.Survival ? BaselineHazard.Read(PlainJson.Property(json, "baseline")) : null;
        return new FittedMlp(kind, classes, present, network, scaling, parameters, PlainJson.Number(json, "centre"), scale, baseline, Values.NoSubjects);
    }

    private static double[] Counted(JsonElement layer, int inputs, int units)
    {
        var count = PlainJson.Array(layer, "weights").GetArrayLength();
        return count == (long)inputs * units
            ? PlainJson.Numbers(layer, "weights", count)
            : throw PlainJson.Invalid("weights", $"has {count} numbers, not {inputs} times {units}");
    }

    private void Fill(ReadOnlySpan<double> outputs, IReadOnlyList<double> times, Span<double> result)
    {
        switch (kind)
        {
            case EndpointKind.Binary:
                result[0] = LogisticRecalibration.Expit(outputs[0]);
                break;
            case EndpointKind.Continuous:
                result[0] = centre + (scale * outputs[0]);
                break;
            case EndpointKind.Multiclass:
                result.Fill(double.NegativeInfinity);
                for (var k = 0; k < present.Length; k++)
                    result[present[k]] = outputs[k];
                Softmax.Apply(result);
                break;
            default:
                result[0] = outputs[0];
                for (var t = 0; t < times.Count; t++)
                    result[t + 1] = baseline!.Survival(times[t], outputs[0]);
                break;
        }
    }
}
