namespace RadiogenomicsCloud.Learning;

/// <summary>The penalised mean loss of some rows as a function of a network's parameters, and its gradient by back-propagation.</summary>
internal sealed class MlpObjective(MlpNetwork network, RowMatrix inputs, MlpLoss loss, double decay)
{
    private readonly RowMatrix[] values = network.Room(inputs);
    private readonly RowMatrix[] errors = network.Room(inputs);

    public double Evaluate(double[] parameters, double[] gradient)
    {
        gradient.AsSpan().Clear();
        network.Forward(parameters, values);
        var result = loss.Evaluate(values[^1], errors[^1]);
        network.Backward(parameters, values, errors, gradient);
        for (var layer = 0; layer < network.LayerCount; layer++)
        {
            var weights = network.Weights(layer, 0).Start..network.Weights(layer, network.Sizes[layer + 1] - 1).End;
            var own = parameters.AsSpan()[weights];
            result += decay / 2 * PaddedKernels.Dot(own, own);
            PaddedKernels.AddScaled(gradient.AsSpan()[weights], decay, own);
        }
        return result;
    }

    /// <summary>The loss without penalty, as early stopping judges it.</summary>
    public double Loss(double[] parameters)
    {
        network.Forward(parameters, values);
        return loss.Evaluate(values[^1], errors[^1]);
    }

    /// <summary>The outputs of the rows.</summary>
    public RowMatrix Outputs(double[] parameters)
    {
        network.Forward(parameters, values);
        return values[^1];
    }
}
