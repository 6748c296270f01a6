using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>
/// Inside a resample, tuning has sides too. A spy stands in for the model that is tuned: of a bootstrap sample, whose copies would make any
/// model look good that had them on both sides, no patient is ever trained on and judged in one inner fold.
/// </summary>
public sealed class InnerFoldLeakageTests
{
    private static readonly RegistryEntry Entry = new(
        "spy", RegistryKind.Model, "A model that tells what it saw.", [new("strength", OptionType.Number, 1.0, 0, 10, null, "Nothing.") { Search = new(0.1, 10) }]);

    public static TheoryData<EndpointKind> Kinds => [.. Enum.GetValues<EndpointKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_copy_of_a_patient_lies_on_both_sides_of_a_fold_of_the_tuning(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 40, 2, 1, 1, rowsASubject: 2);
        var plan = AnyStudy.Plan(study, new ResamplingOptions(BootstrapResamples: 10, Folds: 3, Repeats: 1, OuterResamples: 10, InnerResamples: 2));
        var judged = 0;
        foreach (var unit in Enumerable.Range(0, plan.UnitCount).Select(plan.Unit).Where(u => u.IsBootstrap).Take(14))
        {
            var spies = new List<AnySpy>();
            var tuned = new TunedModel(
                new ModelRegistration(Entry, _ => Spy(spies), _ => throw new NotSupportedException()),
                OptionSearch.Read(Entry, JsonDocument.Parse("""{"strength": [0.5, 1, 2]}""").RootElement), TunerChoice.Default);
            ResampleRunner.Run(plan, tuned, study.Predictors, unit.Index, unit.Index + 1, CancellationToken.None);
            var training = plan.Split(unit).TrainingRows;
            var whole = training.Select(r => study.Predictors.Rows[r]).Order(ByCase).ToArray();
            Assert.Contains(whole.GroupBy(r => r), g => g.Count() > 1);
            foreach (var (trained, _, asked, _) in spies.SelectMany(s => s.Fits).Where(f => f.Trained.Length < training.Length))
            {
                Assert.Empty(asked.Select(r => r.Subject).Intersect(trained.Select(r => r.Subject)));
                // Together they are the sample, copies and all.
                Assert.Equal(whole, trained.Concat(asked).Order(ByCase));
                judged++;
            }
        }
        Assert.True(judged >= 14 * 3, "the test must have seen folds that were judged");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Memory_of_copies_gains_nothing_by_tuning(EndpointKind kind)
    {
        // If copies straddled folds, a model that remembers would be thought perfect.
        var study = AnyStudy.Make(kind, 30, 1, 2, 0);
        var plan = AnyStudy.Plan(study, new ResamplingOptions(BootstrapResamples: 10, Repeats: 0, OuterResamples: 0));
        var rows = plan.Split(plan.Unit(3)).TrainingRows;
        var training = new TrainingSet(study.Predictors.SelectRows(rows), study.Endpoint.SelectRows(rows), 5);
        var folds = Folds.Stratified(training.Predictors.Rows, training.Endpoint, 4, 5);
        var unseen = OutOfFold.Predict(new RememberingLearner(), training, folds, [20], CancellationToken.None);
        var leading = MeasureRegistry.Leading(kind);
        HeldOut[] parts = [.. Enumerable.Range(0, 4).Select(fold =>
        {
            var held = folds.HeldOutRows(fold);
            var predicted = Predictions.Of(unseen.Kind, unseen.Width, [.. held.SelectMany(r => unseen.Row(r).ToArray())], unseen.Times);
            return new HeldOut(
                training.Endpoint.SelectRows(held), predicted, [.. held.Select(_ => 1.0)], null, () => training.Endpoint.SelectRows(folds.TrainingRows(fold)));
        })];
        Assert.Equal(leading.NoInformation!.Value, leading.Of(parts, double.NaN), 12);
    }

    private static readonly Comparer<RowId> ByCase = Comparer<RowId>.Create((a, b) => string.CompareOrdinal(a.Case, b.Case));

    private static AnySpy Spy(List<AnySpy> spies)
    {
        var spy = new AnySpy(new ProjectionLearner());
        spies.Add(spy);
        return spy;
    }
}
