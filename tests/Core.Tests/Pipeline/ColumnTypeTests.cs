using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>Endpoints of every kind, categorical columns and row attributes, from files to the table that is modelled.</summary>
public sealed class ColumnTypeTests : IDisposable
{
    private const string Clinical =
        """
        case_id,centre,machine,grade,days,dead,volume,response
        C1,north,s1,G2,10,1,1.5,1
        C2,north,s2,G3,20,0,2.5,0
        C3,south,s1,G4,30,1,big,1
        C4,south,,G2,40,0,4.5,0
        C5,,s2,G3,50,1,5.5,1
        C6,south,s2,G4,,0,6.5,0

        """;

    private const string Semantic =
        """
        case_id,f1,f2,f3,f4
        C1,1,low,2,0.5
        C2,2,high,unclear,1.5
        C3,10,mid,1,2.5
        C4,2,n/k,3,3.5
        C5,1,low,,4.5
        C6,1,low,2,5.5

        """;

    private readonly TestFolder cohort = new();
    private readonly TestFolder output = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public ColumnTypeTests()
    {
        cohort.Write("clinical.csv", Clinical);
        cohort.Write("semantic.csv", Semantic);
    }

    public void Dispose()
    {
        cohort.Dispose();
        output.Dispose();
    }

    private static Study Study(string endpoint, string types = "{f1: nominal, f2: {ordinal: [low, mid, high]}, f3: ordinal}") => StudyFile.Parse(
        $$$"""
        schema: 1
        study: types
        ids: {case: case_id, site: centre, scanner: machine}
        endpoints: [{{{endpoint}}}]
        semantic: true
        column_types: {{{types}}}
        models: [{elastic_net: {}}]
        validate: [{nested_cv: {folds: 2, repeats: 1}}]
        """,
        "study.yaml");

    private async Task<(AnalysisData Data, CaseList Cases)> Assemble(Study study)
    {
        var folder = new FolderCohort(cohort.Path);
        using var rig = new TestRig(output.Path, CohortSteps.Catalogue(), cohort: folder);
        var snapshot = new CohortSnapshot(await folder.List(cancel));
        var context = new StepContext(folder, rig.Store.Artifacts, rig.Store.TemporaryFolder);
        var step = new AssembleStep(new SnapshotReader());
        var assembled = await step.Run(
            new(
                await rig.Store.Artifacts.PutJson(snapshot, cancel), RunIdentity.CohortHash(snapshot), null, "types",
                await rig.Store.Artifacts.PutJson(AssemblySettings.Of(study), cancel), 1),
            context,
            cancel);
        return (await AnalysisData.Load(context, assembled.Value!.Analysis, cancel), await rig.Store.Artifacts.GetJson<CaseList>(assembled.Value.Cases, cancel));
    }

    [Fact]
    public async Task Categorical_columns_come_as_codes_with_their_levels_and_what_is_no_level_is_reported()
    {
        var (data, cases) = await Assemble(Study("{column: response, kind: binary}"));
        var table = data.Predictors("semantic");
        Assert.Equal(["f1", "f2", "f3", "f4"], table.Columns);
        // Numbers ascend as numbers, levels that are given stay as they are, text among numbers is a remark.
        Assert.Equal(["1", "2", "10"], table.Categories["f1"].Levels);
        Assert.Equal(["low", "mid", "high"], table.Categories["f2"].Levels);
        Assert.Equal(["1", "2", "3"], table.Categories["f3"].Levels);
        Assert.Equal([false, true, true], table.Categories.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Value.Ordered));
        Assert.Equal([0, 1, 2, 1, 0, 0], table.Column(0).ToArray());
        Assert.Equal([0, 2, 1, double.NaN, 0, 0], table.Column(1).ToArray());
        Assert.Equal([1, double.NaN, 0, 2, double.NaN, 1], table.Column(2).ToArray());
        Assert.Equal([0.5, 1.5, 2.5, 3.5, 4.5, 5.5], table.Column(3).ToArray());
        Assert.Contains(cases.Notes, n => n.Contains("f2 of C4 ('n/k')", StringComparison.Ordinal) && n.Contains("f3 of C2 ('unclear')", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Site_and_scanner_go_with_the_rows_and_are_no_predictors()
    {
        var (data, _) = await Assemble(Study("{column: response, kind: binary}"));
        var table = data.Predictors("semantic");
        Assert.Equal(["north", "north", "south", "south", null, "south"], table.Attributes[RowAttributes.Site]);
        Assert.Equal(["s1", null], table.SelectRows([2, 3]).SelectColumns([0]).Attributes[RowAttributes.Scanner]);
    }

    [Fact]
    public async Task Every_kind_of_endpoint_reaches_the_analysis()
    {
        var grade = Assert.IsType<MulticlassEndpoint>((await Assemble(Study("{column: grade, kind: multiclass}"))).Data.Endpoint);
        Assert.Equal(["G2", "G3", "G4"], grade.Labels);
        Assert.Equal([0, 1, 2, 0, 1, 2], grade.Values);

        var (volume, cases) = await Assemble(Study("{column: volume, kind: continuous}"));
        Assert.Equal([1.5, 2.5, 4.5, 5.5, 6.5], Assert.IsType<ContinuousEndpoint>(volume.Endpoint).Values);
        Assert.Contains(cases.Notes, n => n.Contains("volume of C3 ('big')", StringComparison.Ordinal));

        var (survival, lost) = await Assemble(Study("{kind: survival, time: days, event: dead}"));
        var times = Assert.IsType<SurvivalEndpoint>(survival.Endpoint);
        Assert.Equal([10, 20, 30, 40, 50], times.Times);
        Assert.Equal([true, false, true, false, true], times.Events);
        Assert.Equal("endpoint", lost.Cases.Single(c => c.CaseId == "C6").Stage);
    }

    [Theory]
    [InlineData("{f9: nominal}", "table.missing-column")]
    [InlineData("{grade: nominal}", "table.missing-column")]
    public async Task A_type_of_a_column_that_is_no_predictor_is_refused(string types, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<BadInputException>(() => Assemble(Study("{column: response, kind: binary}", types)))).Code);

    [Theory]
    [InlineData("{f1: number}", "study.unknown")]
    [InlineData("{f1: {nominal: [a, b], ordinal: [a, b]}}", "study.combination")]
    [InlineData("{f1: {ordinal: [a, a]}}", "study.duplicate")]
    [InlineData("{f1: {ordinal: [a]}}", "study.count")]
    [InlineData("[f1]", "study.type")]
    public void A_wrong_type_is_refused(string types, string code) =>
        Assert.Equal(code, Assert.Throws<BadInputException>(() => Study("{column: response, kind: binary}", types)).Code);

    [Fact]
    public async Task A_row_without_any_value_leaves_its_case_out_and_says_so()
    {
        cohort.Write("semantic.csv", Semantic.Replace("C2,2,high,unclear,1.5", "C2,NA,,unclear,", StringComparison.Ordinal));
        var (data, cases) = await Assemble(Study("{column: response, kind: binary}"));
        Assert.Equal(5, data.Rows.Count);
        Assert.Equal("semantic.csv has a row for it, but no value.", cases.Cases.Single(c => c.CaseId == "C2").Reason);
    }
}
