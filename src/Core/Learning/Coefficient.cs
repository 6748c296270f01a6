namespace RadiogenomicsCloud.Learning;

/// <summary>A weight of a linear model.</summary>
/// <param name="Value">Change of the log-odds per unit of the column.</param>
/// <param name="Standardised">Change of the log-odds per population standard deviation of the column over the training rows.</param>
public sealed record Coefficient(string Column, double Value, double Standardised);

/// <summary>A model whose log-odds are a weighted sum of its columns.</summary>
public interface ILinearModel
{
    double Intercept { get; }

    /// <summary>Non-zero weights, in the order of the columns.</summary>
    IReadOnlyList<Coefficient> Coefficients { get; }
}
