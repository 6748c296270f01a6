using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The shape of a fully connected network, and what its parameters make of rows. Parameters are one list, layer after layer: of each unit
/// its weights padded with zeros, then the biases of the layer, padded too.
/// </summary>
/// <param name="sizes">Inputs, hidden units of each layer, outputs.</param>
/// <param name="relu">max(0, x) in the hidden layers; else tanh. Outputs are plain sums.</param>
internal sealed class MlpNetwork(int[] sizes, bool relu)
{
    private readonly int[] starts = Starts(sizes);

    public IReadOnlyList<int> Sizes => sizes;

    public bool Relu => relu;

    public int LayerCount => sizes.Length - 1;

    public int ParameterCount => starts[^1];

    /// <summary>Where the weights of a unit are; padded.</summary>
    public Range Weights(int layer, int unit)
    {
        var stride = PaddedKernels.PaddedLength(sizes[layer]);
        return (starts[layer] + (unit * stride))..(starts[layer] + ((unit + 1) * stride));
    }

    /// <summary>Where the biases of a layer are.</summary>
    public Range Biases(int layer)
    {
        var start = starts[layer] + (sizes[layer + 1] * PaddedKernels.PaddedLength(sizes[layer]));
        return start..(start + sizes[layer + 1]);
    }

    /// <summary>Weights uniform within √(6 / (units of both layers)) of 0 (Glorot, Bengio, AISTATS 2010), biases 0.</summary>
    public double[] Initialise(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var parameters = new double[ParameterCount];
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var limit = Math.Sqrt(6.0 / (sizes[layer] + sizes[layer + 1]));
            for (var unit = 0; unit < sizes[layer + 1]; unit++)
            {
                foreach (ref var weight in parameters.AsSpan()[Weights(layer, unit)][..sizes[layer]])
                    weight = limit * ((2 * random.NextDouble()) - 1);
            }
        }
        return parameters;
    }

    /// <summary>The values of all layers, the inputs first and the outputs last, to be filled by <see cref="Forward"/>.</summary>
    public RowMatrix[] Room(RowMatrix inputs) => [inputs, .. sizes.Skip(1).Select(size => new RowMatrix(inputs.RowCount, size))];

    public void Forward(ReadOnlySpan<double> parameters, RowMatrix[] values)
    {
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var biases = parameters[Biases(layer)];
            for (var r = 0; r < values[0].RowCount; r++)
            {
                var source = values[layer].Row(r);
                var target = values[layer + 1].Row(r);
                for (var unit = 0; unit < sizes[layer + 1]; unit++)
                    target[unit] = Activate(PaddedKernels.Dot(parameters[Weights(layer, unit)], source) + biases[unit], layer);
            }
        }
    }

    /// <summary>Adds the derivatives of a loss by the parameters to <paramref name="gradient"/>.</summary>
    /// <param name="errors">Room as <see cref="Room"/> gives it; of the last layer the derivatives of the loss by the outputs.</param>
    public void Backward(ReadOnlySpan<double> parameters, RowMatrix[] values, RowMatrix[] errors, Span<double> gradient)
    {
        for (var layer = LayerCount - 1; layer >= 0; layer--)
        {
            var biases = gradient[Biases(layer)];
            for (var r = 0; r < values[0].RowCount; r++)
            {
                var error = errors[layer + 1].Row(r);
                var source = values[layer].Row(r);
                for (var unit = 0; unit < sizes[layer + 1]; unit++)
                {
                    biases[unit] += error[unit];
                    PaddedKernels.AddScaled(gradient[Weights(layer, unit)], error[unit], source);
                }
                if (layer == 0)
                    continue;
                var before = errors[layer].Row(r);
                before.Clear();
                for (var unit = 0; unit < sizes[layer + 1]; unit++)
                    PaddedKernels.AddScaled(before, error[unit], parameters[Weights(layer, unit)]);
                for (var unit = 0; unit < sizes[layer]; unit++)
                    before[unit] *= relu ? (source[unit] > 0 ? 1 : 0) : 1 - (source[unit] * source[unit]);
            }
        }
    }

    private double Activate(double sum, int layer) => layer == LayerCount - 1 ? sum : relu ? Math.Max(0, sum) : Math.Tanh(sum);

    private static int[] Starts(int[] sizes)
    {
        var starts = new int[sizes.Length];
        for (var layer = 0; layer < sizes.Length - 1; layer++)
        {
            starts[layer + 1] = checked(
                starts[layer] + (sizes[layer + 1] * PaddedKernels.PaddedLength(sizes[layer])) + PaddedKernels.PaddedLength(sizes[layer + 1]));
        }
        return starts;
    }
}
