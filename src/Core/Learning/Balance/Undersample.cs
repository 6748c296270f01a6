using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Leaves out patients of the greater classes, drawn at random, until each class has about the rows of the smallest divided by <c>ratio</c>.
/// Whole patients go, and each class keeps one at least. The rows that stay keep their order.
/// </summary>
public sealed class Undersample(OptionValues options) : IRowBalancer
{
    internal const string RegistryName = "undersample";

    internal static readonly RegistryEntry Entry = BalanceClasses.RatioEntry(
        RegistryName, "Leaves out patients of the greater classes.", "Rows of the smallest class over those that each other class keeps.");

    private readonly double ratio = options.Number("ratio");

    public string Name => RegistryName;

    public TrainingSet Balance(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var classes = BalanceClasses.Of(training, Name);
        var most = (int)Math.Floor(classes.Smallest / ratio);
        var kept = new List<int>();
        for (var k = 0; k < classes.Counts.Length; k++)
        {
            cancel.ThrowIfCancellationRequested();
            var subjects = (SubjectRows[])classes.SubjectsOf[k].Clone();
            if (classes.Counts[k] > most)
                BalanceClasses.Random(training, "undersample", k).Shuffle<SubjectRows>(subjects);
            var taken = 0;
            foreach (var subject in subjects)
            {
                if (classes.Counts[k] > most && taken > 0 && taken + subject.Rows.Length > most)
                    continue;
                kept.AddRange(subject.Rows);
                taken += subject.Rows.Length;
            }
        }
        kept.Sort();
        return training.SelectRows([.. kept]);
    }
}
