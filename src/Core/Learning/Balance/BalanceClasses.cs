using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>The classes of training rows and, in an order that does not depend on the table's, the subjects of each.</summary>
internal sealed class BalanceClasses
{
    private BalanceClasses(int[] classOfRow, int[] counts, SubjectRows[][] subjects) => (ClassOfRow, Counts, SubjectsOf) = (classOfRow, counts, subjects);

    public int[] ClassOfRow { get; }

    /// <summary>Rows of each class.</summary>
    public int[] Counts { get; }

    /// <summary>A subject that has rows of several classes belongs to the rarest of them.</summary>
    public SubjectRows[][] SubjectsOf { get; }

    public int Greatest => Counts.Max();

    public int Smallest => Counts.Where(c => c > 0).Min();

    /// <summary>The entry of a balancer whose one option is how near the sizes of classes must come.</summary>
    /// <param name="ratio">What it is the ratio of.</param>
    public static RegistryEntry RatioEntry(string name, string summary, string ratio) => new(
        name, RegistryKind.Balance, summary, [new("ratio", OptionType.Number, 1.0, 0.01, 1, null, ratio) { Search = new(0.3, 1) }])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass],
    };

    /// <exception cref="BadInputException">The endpoint has no classes.</exception>
    public static BalanceClasses Of(TrainingSet training, string balancer)
    {
        var (classes, count) = training.Endpoint switch
        {
            BinaryEndpoint binary => (Array.ConvertAll(binary.Values, v => v ? 1 : 0), 2),
            MulticlassEndpoint several => (several.Values, several.Labels.Count),
            _ => throw Values.WrongEndpoint(training, balancer, "an endpoint of classes"),
        };
        if (classes.Length != training.Predictors.RowCount)
            throw new ArgumentException($"{classes.Length} outcomes for {training.Predictors.RowCount} rows.", nameof(training));
        Values.RequireDifferences(training);
        var counts = new int[count];
        foreach (var value in classes)
            counts[value]++;
        var subjects = Enumerable.Range(0, count).Select(_ => new List<SubjectRows>()).ToArray();
        foreach (var subject in Subjects.Group(training.Predictors.Rows))
            subjects[subject.Rows.Select(r => classes[r]).MinBy(k => (counts[k], k))].Add(subject);
        return new(classes, counts, [.. subjects.Select(s => s.ToArray())]);
    }

    public static DeterministicRandom Random(TrainingSet training, string purpose, int @class) => new(DeterministicRandom.Derive(training.Seed, purpose, @class));
}
