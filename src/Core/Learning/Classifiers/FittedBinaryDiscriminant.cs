using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Linear discriminant analysis of two classes: the log-odds are a weighted sum of the columns.</summary>
public sealed class FittedBinaryDiscriminant : FittedDiscriminant, ILinearModel
{
    internal FittedBinaryDiscriminant(
        int[] present, ColumnScaling scaling, RowMatrix weights, double[] constants, double intensity, IReadOnlySet<(string Cohort, string Patient)> seen)
        : base(EndpointKind.Binary, 2, present, scaling, weights, constants, intensity, seen)
    {
        // Scales are spreads within the classes.
        var coefficients = new Coefficient[scaling.Columns.Count];
        Intercept = constants[0];
        for (var c = 0; c < coefficients.Length; c++)
        {
            var weight = weights.Row(0)[c];
            Intercept -= weight * scaling.Centres[c] / scaling.Scales[c];
            coefficients[c] = new(scaling.Columns[c], weight / scaling.Scales[c], weight);
        }
        Coefficients = coefficients;
    }

    public double Intercept { get; }

    /// <summary>Weights of all columns; the standardised ones per standard deviation within the classes.</summary>
    public IReadOnlyList<Coefficient> Coefficients { get; }
}
