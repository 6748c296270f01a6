using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Repeats the rows of patients of the smaller classes until each class has at least <c>ratio</c> times the rows of the greatest. Whole
/// patients are repeated, all of a class once before one is repeated again; copies are rows of the same patient, so that inner folds keep
/// them together. The copies follow the rows themselves.
/// </summary>
public sealed class Oversample(OptionValues options) : IRowBalancer
{
    internal const string RegistryName = "oversample";

    internal static readonly RegistryEntry Entry = BalanceClasses.RatioEntry(
        RegistryName, "Repeats patients of the smaller classes.", "Rows of each class over those of the greatest, at least.");

    private readonly double ratio = options.Number("ratio");

    public string Name => RegistryName;

    public TrainingSet Balance(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var classes = BalanceClasses.Of(training, Name);
        List<int> rows = [.. Enumerable.Range(0, training.Predictors.RowCount)];
        for (var k = 0; k < classes.Counts.Length; k++)
        {
            cancel.ThrowIfCancellationRequested();
            var missing = (int)Math.Floor(ratio * classes.Greatest) - classes.Counts[k];
            var subjects = (SubjectRows[])classes.SubjectsOf[k].Clone();
            var random = BalanceClasses.Random(training, "oversample", k);
            while (missing > 0 && subjects.Length > 0)
            {
                random.Shuffle<SubjectRows>(subjects);
                foreach (var subject in subjects.TakeWhile(_ => missing > 0))
                {
                    rows.AddRange(subject.Rows);
                    missing -= subject.Rows.Length;
                }
            }
        }
        return training.SelectRows([.. rows]);
    }
}
