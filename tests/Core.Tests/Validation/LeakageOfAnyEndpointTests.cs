using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>The leak guard, for every endpoint and every scheme.</summary>
public sealed class LeakageOfAnyEndpointTests
{
    public static TheoryData<EndpointKind> Kinds => [.. Enum.GetValues<EndpointKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_patient_is_on_both_sides_of_any_fit(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 36, 3, 1, 0.5, rowsASubject: 2);
        var plan = AnyStudy.Plan(study, AnyStudy.EveryScheme);
        var spy = new AnySpy(new ProjectionLearner());
        var results = AnyStudy.Run(plan, study.Predictors, spy);
        var fits = 0;
        var seenKinds = new HashSet<ResampleKind>();
        for (var i = 0; i < plan.UnitCount; i++)
        {
            var unit = plan.Unit(i);
            if (results[i].Rows.Length == 0 && !unit.IsFull)
                continue;
            seenKinds.Add(unit.Kind);
            var (trained, _, asked, _) = spy.Fits[fits++];
            var subjects = trained.Select(r => r.Subject).ToHashSet();
            var unseen = results[i].Rows.Select(r => study.Predictors.Rows[r]).ToArray();
            Assert.DoesNotContain(unseen, r => subjects.Contains(r.Subject));
            Assert.Equal(unseen, asked.Take(unseen.Length));
            // All else that was asked is of patients that were trained on.
            Assert.All(asked.Skip(unseen.Length), r => Assert.Contains(r.Subject, subjects));
            // A patient is in with all rows, copies included.
            foreach (var rows in trained.GroupBy(r => r.Subject))
                Assert.All(rows.GroupBy(r => r.Case), g => Assert.Equal(rows.Count() / 2, g.Count()));
        }
        Assert.Equal(spy.Fits.Count, fits);
        Assert.Equal(Enum.GetValues<ResampleKind>().ToHashSet(), seenKinds);
        Assert.Equal(spy.Fits.Count, spy.Fits.Select(f => f.Seed).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Copies_of_a_patient_in_an_outer_sample_never_lie_on_both_sides(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 30, 1, 1, 0.5);
        var plan = AnyStudy.Plan(study, AnyStudy.EveryScheme);
        var copiesHeldOut = 0;
        foreach (var unit in Enumerable.Range(0, plan.UnitCount).Select(plan.Unit))
        {
            var split = plan.Split(unit);
            Assert.Empty(split.TrainingRows.Intersect(split.HeldOutRows));
            for (var i = 0; i < split.HeldOutRows.Length; i++)
                Assert.Equal(split.SampleWeights[split.HeldOutRows[i]], split.HeldOutWeights[i]);
            foreach (var copies in split.TrainingRows.GroupBy(r => r))
                Assert.Equal(0, copies.Count() % (int)split.SampleWeights[copies.Key]);
            copiesHeldOut += split.HeldOutWeights.Count(w => w > 1);
        }
        Assert.True(copiesHeldOut > 100, "the test must have seen copies that were held out");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_learner_that_only_remembers_outcomes_is_worth_nothing_by_any_scheme(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 36, 1, 2, 0, rowsASubject: 2);
        var plan = AnyStudy.Plan(study, AnyStudy.EveryScheme);
        var results = AnyStudy.Run(plan, study.Predictors, new RememberingLearner());
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, results);
        var leading = MeasureRegistry.Leading(kind);
        var unseen = performance.Estimates.Where(e => e.Measure == leading.Name && e.Role == EstimateRole.Unseen).ToList();
        Assert.Equal(["out_of_bag", "nested_cv", "leave_one_site_out", "hold_out"], unseen.Select(e => e.Method));
        Assert.All(unseen, e => Assert.Equal(leading.NoInformation!.Value, e.Value, 12));
        Assert.Equal(1, performance.Estimates.Single(e => e.Method == "apparent").Value, 12);
        Assert.Equal(1, performance.Permutation!.PValue);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_seen_case_passed_off_as_unseen_is_refused_by_every_route(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 36, 2, 3, 0.5);
        var plan = AnyStudy.Plan(study, AnyStudy.EveryScheme);
        var results = AnyStudy.Run(plan, study.Predictors).ToList();
        foreach (var unit in Enumerable.Range(1, plan.UnitCount - 1).Select(plan.Unit).Where(u => !u.IsFull && results[u.Index].Rows.Length > 0).DistinctBy(u => u.Kind))
        {
            // One held-out row is exchanged for a row of the training set, as a wrong split would.
            var forged = results.ToList();
            var trained = plan.Split(unit).TrainingRows.Max();
            int[] rows = [.. results[unit.Index].Rows[1..], trained];
            Array.Sort(rows);
            forged[unit.Index] = results[unit.Index] with { Rows = rows };
            Assert.Throws<ArgumentException>(() => PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, forged));
            Assert.Throws<ArgumentException>(() => PredictorSetComparisons.Compare(plan, [("a", results), ("b", forged)]));
            if (unit.Outer < 0 && unit.Kind != ResampleKind.Permutation)
                Assert.Throws<ArgumentException>(() => UnseenPredictionTable.Rows(plan, forged).Count());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_fitted_model_scores_no_patient_that_it_saw_as_unseen_or_external(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 30, 2, 4, 0.5);
        var model = new ProjectionLearner().Fit(new(study.Predictors, study.Endpoint, 1), CancellationToken.None);
        int[] one = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        var (rows, outcome) = (study.Predictors.SelectRows(one), study.Endpoint.SelectRows(one));
        Assert.Equal("learning.rows_seen", Assert.Throws<BadInputException>(() => UnseenPredictions.Make(model, rows, [])).Code);
        Assert.Equal("learning.rows_seen", Assert.Throws<BadInputException>(() => LockedScores.Make(model, rows, outcome)).Code);
        Assert.Equal("learning.rows_seen", Assert.Throws<BadInputException>(() => ExternalValidation.Score(model, rows, outcome, "set", "model")).Code);
        // And nobody that it did not see as apparent.
        var strangers = new Predictors([.. rows.Rows.Select(r => r with { Cohort = "elsewhere" })], rows.Columns, rows.All.ToArray());
        Assert.Equal("learning.rows_unseen", Assert.Throws<BadInputException>(() => ApparentPredictions.Make(model, strangers, [])).Code);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_model_that_denies_or_invents_whom_it_saw_is_found_out(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 30, 2, 5, 0.5);
        var plan = AnyStudy.Plan(study, AnyStudy.EveryScheme);
        foreach (var seen in (IReadOnlySet<(string, string)>[])[new HashSet<(string, string)>(), Subjects.Of(study.Predictors.Rows)])
        {
            var liar = new Liar(seen);
            Assert.Throws<InvalidOperationException>(() => ResampleRunner.Run(plan, liar, study.Predictors, 1, 2, CancellationToken.None));
        }
    }

    private sealed class Liar(IReadOnlySet<(string, string)> seen) : IModelLearner
    {
        public string Name => "liar";

        public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
        {
            var model = new ProjectionLearner().Fit(training, cancel);
            return new AnyModel(seen, model.EndpointKind, model.Columns, model.Selected, model.Predict);
        }
    }
}
