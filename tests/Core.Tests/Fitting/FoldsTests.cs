using CsCheck;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Core.Tests.Fitting;

public class FoldsTests
{
    private static readonly Gen<(RowId[] Rows, bool[] Outcome, int Folds, ulong Seed)> Cohorts =
        from subjects in Gen.Int[2, 30]
        from events in Gen.Bool.Array[subjects]
        from rows in Gen.Int[0, subjects - 1].Array[0, 40]
        from folds in Gen.Int[2, subjects]
        from seed in Gen.ULong
        let owners = Enumerable.Range(0, subjects).Concat(rows).ToArray()
        select (owners.Select((s, r) => new RowId("c", $"p{s}", $"case{r}")).ToArray(), owners.Select(s => events[s]).ToArray(), folds, seed);

    private static BinaryEndpoint Endpoint(bool[] outcome) => new("y", "1", "0", outcome);

    [Fact]
    public void All_rows_of_a_subject_hence_all_copies_are_in_one_fold() => Cohorts.Sample(c =>
    {
        var folds = Folds.Stratified(c.Rows, Endpoint(c.Outcome), c.Folds, c.Seed);
        for (var fold = 0; fold < folds.FoldCount; fold++)
        {
            var training = Subjects.Of([.. folds.TrainingRows(fold).Select(r => c.Rows[r])]);
            Assert.DoesNotContain(folds.HeldOutRows(fold), r => training.Contains(c.Rows[r].Subject));
        }
    });

    [Fact]
    public void Every_row_is_held_out_once_and_no_fold_is_empty() => Cohorts.Sample(c =>
    {
        var folds = Folds.Stratified(c.Rows, Endpoint(c.Outcome), c.Folds, c.Seed);
        var heldOut = Enumerable.Range(0, c.Folds).Select(folds.HeldOutRows).ToArray();
        Assert.All(heldOut, Assert.NotEmpty);
        Assert.Equal(Enumerable.Range(0, c.Rows.Length), heldOut.SelectMany(r => r).Order());
        for (var fold = 0; fold < c.Folds; fold++)
            Assert.Equal(Enumerable.Range(0, c.Rows.Length).Except(heldOut[fold]), folds.TrainingRows(fold));
    });

    [Fact]
    public void Folds_differ_by_at_most_one_subject_in_events_and_in_size() => Cohorts.Sample(c =>
    {
        var folds = Folds.Stratified(c.Rows, Endpoint(c.Outcome), c.Folds, c.Seed);
        var subjects = Enumerable.Range(0, c.Folds).Select(f => folds.HeldOutRows(f).Select(r => (c.Rows[r].Subject, c.Outcome[r])).Distinct().ToArray()).ToArray();
        Assert.InRange(subjects.Max(f => f.Length) - subjects.Min(f => f.Length), 0, 1);
        Assert.InRange(subjects.Max(f => f.Count(s => s.Item2)) - subjects.Min(f => f.Count(s => s.Item2)), 0, 1);
    });

    [Fact]
    public void The_order_of_rows_does_not_matter() => Cohorts.Sample(c =>
    {
        var folds = Folds.Stratified(c.Rows, Endpoint(c.Outcome), c.Folds, c.Seed).FoldOfRow.ToArray();
        var reversed = Folds.Stratified([.. c.Rows.Reverse()], Endpoint([.. c.Outcome.Reverse()]), c.Folds, c.Seed).FoldOfRow.ToArray();
        Assert.Equal(folds, reversed.Reverse());
    });

    [Fact]
    public void The_seed_decides_and_repeats_differ()
    {
        var rows = Enumerable.Range(0, 30).Select(i => new RowId("c", $"p{i:00}", "")).ToArray();
        var endpoint = Endpoint([.. Enumerable.Range(0, 30).Select(i => i % 3 == 0)]);
        var a = Folds.Repeated(rows, endpoint, 5, 3, 7);
        var b = Folds.Repeated(rows, endpoint, 5, 3, 7);
        for (var r = 0; r < 3; r++)
            Assert.Equal(a[r].FoldOfRow.ToArray(), b[r].FoldOfRow.ToArray());
        Assert.NotEqual(a[0].FoldOfRow.ToArray(), a[1].FoldOfRow.ToArray());
        Assert.NotEqual(a[0].FoldOfRow.ToArray(), Folds.Repeated(rows, endpoint, 5, 1, 8)[0].FoldOfRow.ToArray());
        Assert.Equal(10, Folds.RarerClassSubjects(rows, endpoint));
    }

    private static readonly Gen<(RowId[] Rows, Endpoint Endpoint, int[] Stratum, int Folds, ulong Seed)> OtherCohorts =
        from subjects in Gen.Int[3, 30]
        from kind in Gen.Int[0, 2]
        from classes in Gen.Int[0, 3].Array[subjects]
        from copies in Gen.Int[0, subjects - 1].Array[0, 40]
        from folds in Gen.Int[2, subjects]
        from seed in Gen.ULong
        let owners = Enumerable.Range(0, subjects).Concat(copies).ToArray()
        let values = owners.Select(s => classes[s]).ToArray()
        let distinct = Enumerable.Range(0, subjects).ToDictionary(s => s, s => (classes[s] * 100.0) + s)
        let ranks = distinct.OrderBy(d => d.Value).Select((d, rank) => (d.Key, Third: rank * 3 / subjects)).ToDictionary(d => d.Key, d => d.Third)
        select (
            owners.Select((s, r) => new RowId("c", $"p{s:00}", $"case{r}")).ToArray(),
            kind switch
            {
                0 => new MulticlassEndpoint("y", ["a", "b", "c", "d"], values),
                1 => new SurvivalEndpoint("y", [.. owners.Select(s => 1.0 + s)], [.. values.Select(v => v > 1)]),
                _ => (Endpoint)new ContinuousEndpoint("y", [.. owners.Select(s => distinct[s])]),
            },
            kind switch { 0 => values, 1 => [.. values.Select(v => v > 1 ? 0 : 1)], _ => [.. owners.Select(s => ranks[s])] },
            folds,
            seed);

    [Fact]
    public void Of_classes_events_and_thirds_of_a_number_too_folds_differ_by_at_most_one_subject() => OtherCohorts.Sample(c =>
    {
        var folds = Folds.Stratified(c.Rows, c.Endpoint, c.Folds, c.Seed);
        var subjects = Enumerable.Range(0, c.Folds).Select(f => folds.HeldOutRows(f).Select(r => (c.Rows[r].Subject, c.Stratum[r])).Distinct().ToArray()).ToArray();
        Assert.Equal(Subjects.Of(c.Rows).Count, subjects.Sum(f => f.Length));
        Assert.InRange(subjects.Max(f => f.Length) - subjects.Min(f => f.Length), 0, 1);
        foreach (var stratum in c.Stratum.Distinct())
            Assert.InRange(subjects.Max(f => f.Count(s => s.Item2 == stratum)) - subjects.Min(f => f.Count(s => s.Item2 == stratum)), 0, 1);
    });

    [Fact]
    public void Of_other_endpoints_too_the_order_of_rows_does_not_matter() => OtherCohorts.Sample(c =>
    {
        int[] reversed = [.. Enumerable.Range(0, c.Rows.Length).Reverse()];
        var folds = Folds.Stratified(c.Rows, c.Endpoint, c.Folds, c.Seed).FoldOfRow.ToArray();
        var others = Folds.Stratified([.. c.Rows.Reverse()], c.Endpoint.SelectRows(reversed), c.Folds, c.Seed).FoldOfRow.ToArray();
        Assert.Equal(folds, others.Reverse());
    });

    [Fact]
    public void Assignments_of_a_binary_endpoint_are_those_of_earlier_versions()
    {
        var rows = Enumerable.Range(0, 20).Select(i => new RowId("c", $"p{i % 15:00}", $"{i}")).ToArray();
        var folds = Folds.Stratified(rows, Endpoint([.. Enumerable.Range(0, 20).Select(i => i % 15 % 4 == 0)]), 4, 11);
        Assert.Equal([3, 1, 0, 0, 0, 1, 2, 0, 1, 2, 2, 1, 2, 3, 3, 3, 1, 0, 0, 0], folds.FoldOfRow.ToArray());
    }

    [Fact]
    public void What_the_count_of_folds_is_limited_by_depends_on_the_endpoint()
    {
        var rows = Enumerable.Range(0, 12).Select(i => new RowId("c", $"p{i % 10}", $"{i}")).ToArray();
        int[] classes = [0, 0, 0, 0, 1, 1, 1, 3, 3, 1, 0, 0];
        Assert.Equal(2, Folds.RarerClassSubjects(rows, new MulticlassEndpoint("y", ["a", "b", "c", "d"], classes)));
        Assert.Equal(6, Folds.RarerClassSubjects(rows, new SurvivalEndpoint("y", new double[12], [.. classes.Select(k => k > 0)])));
        Assert.Equal(10, Folds.RarerClassSubjects(rows, new ContinuousEndpoint("y", new double[12])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_count_of_folds_that_is_not_possible_is_refused(int folds)
    {
        RowId[] rows = [new("c", "a", "1"), new("c", "b", "2"), new("c", "c", "3"), new("c", "c", "4")];
        Assert.Equal("folds.count", Assert.Throws<BadInputException>(() => Folds.Stratified(rows, Endpoint([true, false, true, true]), folds, 1)).Code);
    }
}
