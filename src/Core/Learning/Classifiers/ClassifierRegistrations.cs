namespace RadiogenomicsCloud.Learning;

/// <summary>Discriminant, kernel, neighbour, Bayes and network models, in the order in which the documentation lists them.</summary>
internal static class ClassifierRegistrations
{
    public static readonly ModelRegistration[] All =
    [
    ];
}
