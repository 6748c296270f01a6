namespace RadiogenomicsCloud.Learning;

/// <summary>Discriminant, kernel, neighbour, Bayes and network models, in the order in which the documentation lists them.</summary>
internal static class ClassifierRegistrations
{
    public static readonly ModelRegistration[] All =
    [
        new(DiscriminantOptions.Entry, o => new LinearDiscriminant(DiscriminantOptions.From(o)), FittedDiscriminant.Read),
        new(SvmOptions.Entry, o => new Svm(SvmOptions.From(o)), FittedSvm.Read),
        new(NearestNeighbours.Entry, o => new NearestNeighbours(o), FittedNearestNeighbours.Read),
        new(NaiveBayes.Entry, o => new NaiveBayes(o.Number("threshold")), FittedNaiveBayes.Read),
    ];
}
