using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary><c>associate COHORT</c>, and the map as a part of a run.</summary>
public sealed class AssociateTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Cohort => folder.At("cohort");

    private Task<CommandResult> Associate(string output, params string[] more) => Radiogenomics.Run(["associate", Cohort, "--out", folder.At(output), .. more]);

    [Fact]
    public async Task A_map_needs_no_endpoint_and_calls_what_is_planted_and_nothing_else()
    {
        MapCohort.Write(folder, "cohort", MapCohort.MapStudy);
        var before = TestFolder.Files(Cohort);
        var result = await Associate("out");
        result.Succeeded();
        Assert.Contains("map of 36 cases: 18 pairs tested, 2 called family-wise by permutation, 2 by Benjamini–Hochberg at 0.05", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, TestFolder.Files(Cohort));

        var run = RunOutput.Only(folder.At("out"));
        string[] files =
        [
            "association.json", "associations.csv", "cases.csv", "figures/association_map.svg", "figures/association_network.svg", "figures/flow.svg", "figures/previews.json",
            "provenance.json", "report.html", "run.jsonl",
        ];
        Assert.Equal(files, TestFolder.Files(run.Folder));
        var rows = Edges(run);
        Assert.Equal(3 * 6, rows.Count);
        Assert.Equal(
            ["pet_a,pet,expr_LINKED,expression,spearman", "pet_a,pet,mut_DRIVER,mutations,rank_biserial"],
            rows.Where(r => double.Parse(r[11], System.Globalization.CultureInfo.InvariantCulture) <= 0.05).Select(r => string.Join(',', r[..5])).Order());
        Assert.Contains("expr_LINKED", File.ReadAllText(Path.Combine(run.Folder, "report.html")), StringComparison.Ordinal);

        // The page is made of the other files alone.
        var page = File.ReadAllBytes(Path.Combine(run.Folder, "report.html"));
        File.Delete(Path.Combine(run.Folder, "report.html"));
        (await Radiogenomics.Run("report", run.Folder)).Succeeded();
        Assert.Equal(page, File.ReadAllBytes(Path.Combine(run.Folder, "report.html")));
    }

    [Fact]
    public async Task Started_again_it_finds_every_step_and_elsewhere_or_with_more_workers_it_gives_the_same_bytes()
    {
        MapCohort.Write(folder, "cohort", MapCohort.MapStudy);
        (await Associate("one", "--parallel", "1")).Succeeded();
        var first = RunOutput.Only(folder.At("one"));
        var copy = folder.CopyOf(folder.At("one"), "again");
        (await Associate("again", "--parallel", "1")).Succeeded();
        var again = RunOutput.Only(copy);
        again.HasTheBytesOf(first);
        Assert.Equal(2, again.Lives().Count);
        Assert.All(again.Lives()[^1], l => Assert.False(l.Done));

        (await Associate("two", "--parallel", "2")).Succeeded();
        RunOutput.Only(folder.At("two")).HasTheBytesOf(first);
    }

    [Fact]
    public async Task A_run_of_a_study_with_a_map_has_models_and_the_same_map()
    {
        MapCohort.Write(folder, "cohort", MapCohort.WholeStudy);
        var whole = await Radiogenomics.Run("run", Cohort, "--out", folder.At("out"), "--json");
        whole.Succeeded();
        using (var json = JsonDocument.Parse(whole.Output))
        {
            var association = json.RootElement.GetProperty("association");
            Assert.Equal((36, 18L), (association.GetProperty("cases").GetInt32(), association.GetProperty("tests").GetInt64()));
            Assert.Equal(2, association.GetProperty("calls").GetProperty("familyWise").GetInt32());
            Assert.Single(json.RootElement.GetProperty("performance").EnumerateArray());
        }
        var run = RunOutput.Only(folder.At("out"));
        Assert.Superset(new HashSet<string>(["association.json", "associations.csv", "model.json", "performance.json"]), TestFolder.Files(run.Folder).ToHashSet());

        // By itself it is another run beside this one, of whose steps it makes no map anew.
        (await Associate("out")).Succeeded();
        var alone = RunOutput.OtherThan(run, folder.At("out"));
        Assert.DoesNotContain(alone.Ledger(), l => l.Done && l.Step is "assemble-map" or "associate");
        foreach (var name in new[] { "association.json", "associations.csv" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(run.Folder, name)), File.ReadAllBytes(Path.Combine(alone.Folder, name)));
    }

    [Theory]
    [InlineData("association: {permutations: 200, resamples: 20}", "", "study.missing_key", "endpoints", "only a study of an association alone")]
    [InlineData("permutations: 200", "molecular: [expresion]", "study.unknown", "did you mean 'expression'", "6:27")]
    [InlineData("permutations: 200", "imaging: [pit]", "study.unknown", "'pit'", "did you mean 'pet'")]
    [InlineData("permutations: 200", "permutatoins: 200", "study.unknown", "did you mean 'permutations'")]
    [InlineData("permutations: 200", "permutations: 20", "study.range", "0 or at least 100, got 20")]
    [InlineData("permutations: 200", "adjust: [case_id]", "study.combination", "'case_id' identifies rows")]
    [InlineData("permutations: 200", "gene_sets: hallmark", "study.combination", "genomics, gene_sets")]
    [InlineData("permutations: 200", "imaging: [pet], molecular: [pet]", "study.combination", "both sides of the map")]
    [InlineData("genomics: {mutations: {genes: [DRIVER, PASSENGER]}, expression: {}}\n", "", "study.combination", "needs a molecular side", "add genomics")]
    [InlineData("features: [{name: pet}]\n", "", "study.combination", "needs an imaging side", "add imaging, semantic or features")]
    public async Task A_map_that_cannot_be_is_refused_at_its_line_by_inspect_alike(string text, string instead, string code, params string[] says)
    {
        MapCohort.Write(folder, "cohort", MapCohort.MapStudy.Replace(text, instead, StringComparison.Ordinal));
        (await Associate("out")).Refused(code, says);
        (await Radiogenomics.Run("inspect", Cohort)).Refused(code, says);
        Assert.False(Directory.Exists(folder.At("out", "runs")));
    }

    [Theory]
    [InlineData("associate")]
    [InlineData("inspect")]
    public async Task A_column_to_adjust_for_that_is_nowhere_is_named(string command)
    {
        MapCohort.Write(folder, "cohort", MapCohort.MapStudy.Replace("permutations: 200", "adjust: [purity]", StringComparison.Ordinal));
        (await Radiogenomics.Run(command, Cohort)).Refused("table.missing-column", "'purity'", "to adjust for", "age_years");
    }

    [Theory]
    [InlineData("associate")]
    [InlineData("inspect")]
    public async Task Samples_that_match_no_case_are_refused(string command)
    {
        MapCohort.Write(folder, "cohort", MapCohort.MapStudy, prefix: "SAMPLE-");
        (await Radiogenomics.Run(command, Cohort)).Refused("matrix.no-case", "genomics/expression.csv", "check the ids");
    }

    [Fact]
    public async Task Gene_sets_of_the_cohort_are_looked_for_among_the_genes_of_a_feature()
    {
        var study = MapCohort.MapStudy.Replace("expression: {}}", "expression: {}, gene_sets: {own: genomics/own.gmt}}", StringComparison.Ordinal)
            .Replace("permutations: 200", "gene_sets: own, permutations: 200", StringComparison.Ordinal);
        MapCohort.Write(folder, "cohort", study);
        var expression = File.ReadAllLines(folder.At("cohort", "genomics", "expression.csv"));
        // Six genes that follow the linked one, twenty that follow nothing.
        folder.Write("cohort/genomics/expression.csv", string.Join('\n', expression.Select((line, row) => line + string.Concat(Enumerable.Range(0, 26).Select(g =>
            row == 0 ? $",{(g < 6 ? "SET" : "OUT")}{g}" : g < 6 ? $",{line.Split(',')[1]}{row * (g + 3) % 10}" : $",{row * (g + 7) * (g + 11) % 37}")))) + "\n");
        folder.Write("cohort/genomics/own.gmt", "LINKED_SET\tfollows\tSET0\tSET1\tSET2\tSET3\tSET4\tSET5\tABSENT\nNOISE_SET\t\tOUT6\tOUT7\tOUT8\tOUT9\tOUT10\tOUT11\n");
        (await Radiogenomics.Run("inspect", Cohort)).Succeeded();
        (await Associate("out")).Succeeded();
        var run = RunOutput.Only(folder.At("out"));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Folder, "association.json")));
        var imaging = json.RootElement.GetProperty("imaging").EnumerateArray().Select(f => f.GetProperty("name").GetString()).ToList();
        var gsea = json.RootElement.GetProperty("enrichment").EnumerateArray()
            .Where(e => e.GetProperty("method").GetString() == "gsea" && imaging[e.GetProperty("imaging").GetInt32()] == "pet_a")
            .ToDictionary(e => e.GetProperty("set").GetString()!, e => (Size: e.GetProperty("size").GetInt32(), P: e.GetProperty("p").GetDouble()));
        Assert.Equal(6, gsea["LINKED_SET"].Size);
        Assert.True(gsea["LINKED_SET"].P < 0.01);
        Assert.True(gsea["NOISE_SET"].P > 0.05);
        Assert.Contains("LINKED SET", File.ReadAllText(Path.Combine(run.Folder, "report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "cohort.no-gene-sets", "genomics/own.gmt")]
    [InlineData("SET\tLINKED\n", "gene_sets.line", "Line 1 of genomics/own.gmt")]
    [InlineData("SET\t\tLINKED\nSET\t\tN1\n", "gene_sets.duplicate", "'SET'")]
    [InlineData("SET\t\t7157\t672\n", "gene_sets.no-gene", "in the same way")]
    public async Task A_file_of_gene_sets_that_says_nothing_is_refused_by_inspect_alike(string? gmt, string code, string says)
    {
        MapCohort.Write(folder, "cohort", MapCohort.MapStudy.Replace("expression: {}}", "expression: {}, gene_sets: {own: genomics/own.gmt}}", StringComparison.Ordinal)
            .Replace("permutations: 200", "gene_sets: own, permutations: 200", StringComparison.Ordinal));
        if (gmt is not null)
            folder.Write("cohort/genomics/own.gmt", gmt);
        (await Associate("out")).Refused(code, says);
        (await Radiogenomics.Run("inspect", Cohort)).Refused(code, says);
    }

    [Fact]
    public async Task Sides_of_different_cases_end_with_1_and_say_where_the_cases_went()
    {
        MapCohort.Write(folder, "cohort", MapCohort.MapStudy.Replace("mutations: {genes: [DRIVER, PASSENGER]}, ", "", StringComparison.Ordinal));
        var pet = File.ReadAllLines(folder.At("cohort", "features", "pet.csv"));
        var expression = File.ReadAllLines(folder.At("cohort", "genomics", "expression.csv"));
        folder.Write("cohort/features/pet.csv", string.Join('\n', pet[..20]) + "\n");
        folder.Write("cohort/genomics/expression.csv", string.Join('\n', [expression[0], .. expression[17..]]) + "\n");
        var result = await Associate("out");
        Assert.Equal(ExitCodes.StudyFailed, result.ExitCode);
        Assert.Contains("Only 3 cases have both an imaging and a molecular side; at least 10 are needed.", result.Error, StringComparison.Ordinal);
        Assert.Contains("[map.too-few-cases]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_command_says_which_study_it_is_for()
    {
        MapCohort.Write(folder, "cohort", MapCohort.MapStudy);
        (await Radiogenomics.Run("run", Cohort, "--out", folder.At("out"))).Refused("study.no-models", "associate");
        folder.Write("cohort/study.yaml", MapCohort.WholeStudy.Replace("association: {permutations: 200, resamples: 20}\n", "", StringComparison.Ordinal));
        (await Associate("out")).Refused("study.no-association", "association: {}");
    }

    private static List<string[]> Edges(RunOutput run) =>
        [.. File.ReadAllLines(Path.Combine(run.Folder, "associations.csv")).Skip(1).Select(l => l.Split(','))];
}
