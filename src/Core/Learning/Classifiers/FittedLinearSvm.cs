using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>A linear support vector machine of two classes: its calibrated log-odds are a weighted sum of the columns.</summary>
public sealed class FittedLinearSvm : FittedSvm, ILinearModel
{
    internal FittedLinearSvm(ColumnScaling scaling, RowMatrix vectors, SvmMachine[] machines, IReadOnlySet<(string Cohort, string Patient)> seen)
        : base(EndpointKind.Binary, 2, scaling, null, vectors, machines, seen)
    {
        var machine = machines[0];
        var centres = scaling.Centres;
        var scales = scaling.Scales;
        var intercept = machine.Bias;
        var coefficients = new List<Coefficient>(scaling.Columns.Count);
        for (var c = 0; c < scaling.Columns.Count; c++)
        {
            var weight = machine.Weights[c];
            if (weight == 0)
                continue;
            intercept -= weight * centres[c] / scales[c];
            coefficients.Add(new(scaling.Columns[c], machine.Output.Slope * weight / scales[c], machine.Output.Slope * weight));
        }
        Intercept = (machine.Output.Slope * intercept) + machine.Output.Intercept;
        Coefficients = coefficients;
    }

    public double Intercept { get; }

    /// <summary>Non-zero weights; the standardised ones per sample standard deviation (n − 1), the scale on which the machine was fitted.</summary>
    public IReadOnlyList<Coefficient> Coefficients { get; }
}
