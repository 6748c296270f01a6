using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Cli.Demo;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Imaging.Dicom.Deidentification;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Tests;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Cli.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_demo_passes_the_gate_that_real_data_must_pass()
    {
        var cohort = folder.At("demo");
        new DemoCohort(2, 7).Write(cohort);
        var files = Directory.GetFiles(Path.Combine(cohort, "imaging"), "*.dcm", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var path in files)
        {
            var file = DicomFile.Read(new(path, new FileInfo(path).Length, () => File.OpenRead(path)), withPixelData: true);
            Assert.Empty(DeidentificationGate.Check(file, Path.GetFileName(Path.GetDirectoryName(path))!));
        }
    }

    [LongFact]
    public async Task The_demo_finds_what_is_planted_and_nothing_where_nothing_is_here_and_on_another_cohort()
    {
        var cohort = folder.At("demo");
        var demo = await Radiogenomics.Run("demo", "--out", cohort);
        demo.Succeeded();
        Assert.Contains("Report: ", demo.Output, StringComparison.Ordinal);
        var run = RunOutput.Only(Path.Combine(cohort, ".radiogenomics"));
        string[] signal = ["ct", "mutations+expression", "ct+mutations+expression"];
        foreach (var method in new[] { "out_of_bag", "nested_cv" })
        {
            Assert.All(signal, set => Assert.True(Auc(run, set, method).Interval!.Low > 0.5, $"{set}, {method}"));
            var noise = Auc(run, "noise", method).Interval!;
            Assert.InRange(0.5, noise.Low, noise.High);
        }
        Assert.Contains("DEMO-041 failed", demo.Error, StringComparison.Ordinal);

        var map = ReportFiles.Load(run.Folder).Association!;
        var (planted, others) = Calls(map, e => e.FamilyWiseP <= map.Settings.Level);
        Assert.Superset(new HashSet<string>(["mut_DRV1", "expr_SIG1", "expr_SIG2", "expr_SIG3", "expr_SIG4"]), planted.Select(e => map.Molecular[e.Molecular].Name).ToHashSet());
        Assert.Empty(others);
        // Of a false discovery rate of 5 % no cohort need have less: this one has 2 %.
        (planted, others) = Calls(map, e => e.PermutationQ <= map.Settings.Level);
        Assert.InRange(others.Count / (double)(planted.Count + others.Count), 0, map.Settings.Level);

        var partner = folder.At("partner");
        new DemoCohort(41, 7).Write(partner);
        var study = Path.Combine(partner, "study.yaml");
        File.WriteAllText(study, File.ReadAllText(study).Replace("study: demo-response", "study: partner", StringComparison.Ordinal));
        var model = Path.Combine(run.Folder, "model.json");
        (await Radiogenomics.Run("validate", "--model", model, partner, "--out", folder.At("out"))).Succeeded();
        var external = RunOutput.Only(folder.At("out"));
        Assert.Contains("report.html", TestFolder.Files(external.Folder));
        foreach (var set in signal)
        {
            var auc = Auc(external, set, "external");
            Assert.True(auc.Interval!.Low > 0.5, set);
            // One cohort of forty is another draw from the same population: two standard errors of a difference are about 0.2.
            Assert.InRange(auc.Value, Auc(run, set, "out_of_bag").Value - 0.2, 1);
        }
        // A locked model that uses no predictor gives everyone the same probability: an area of 0.5, which has no interval.
        var nothing = Auc(external, "noise", "external");
        Assert.InRange(0.5, nothing.Interval?.Low ?? nothing.Value, nothing.Interval?.High ?? nothing.Value);

        (await Radiogenomics.Run("validate", "--model", model, cohort, "--out", folder.At("out"))).Refused("learning.rows_seen", "trained on");
    }

    /// <summary>At a family-wise rate of 5 % more than four of twenty cohorts with a false call come once in four hundred times.</summary>
    [LongFact]
    public async Task Of_twenty_cohorts_every_map_finds_planted_links_and_at_most_four_call_any_other()
    {
        var erring = 0;
        for (var n = 0; n < 20; n++)
        {
            var cohort = folder.At("cohort");
            new DemoCohort(41, 100 + (ulong)n).Write(cohort);
            folder.Write("cohort/study.yaml", MapOfFewFeatures);
            (await Radiogenomics.Run("associate", cohort, "--out", folder.At("out"))).Succeeded();
            var map = ReportFiles.Load(RunOutput.Only(folder.At("out")).Folder).Association!;
            var (planted, others) = Calls(map, e => e.FamilyWiseP <= map.Settings.Level);
            Assert.NotEmpty(planted);
            erring += others.Count > 0 ? 1 : 0;
            Directory.Delete(cohort, recursive: true);
            Directory.Delete(folder.At("out"), recursive: true);
        }
        Assert.InRange(erring, 0, 4);
    }

    [Fact]
    public async Task A_folder_that_holds_other_things_is_not_written_to()
    {
        folder.Write("mine.txt", "mine");
        (await Radiogenomics.Run("demo", "--out", folder.Path)).Refused("demo.folder-not-empty", "--out");
        Assert.Equal(["mine.txt"], TestFolder.Files(folder.Path));
    }

    [Fact]
    public void The_same_seed_makes_the_same_cohort()
    {
        new DemoCohort(3, 5).Write(folder.At("a"));
        new DemoCohort(3, 5).Write(folder.At("b"));
        new DemoCohort(3, 6).Write(folder.At("c"));
        Assert.Equal(Bytes("a"), Bytes("b"));
        Assert.NotEqual(Bytes("a"), Bytes("c"));
        Assert.True(new DemoCohort(3, 5).IsIn(folder.At("a")));
        Assert.False(new DemoCohort(3, 6).IsIn(folder.At("a")));
        // Three series of 24 slices less one, three structure sets, six other files.
        Assert.Equal((3 * 24) - 1 + 3 + 6, Bytes("a").Count);

        List<string> Bytes(string name) =>
            [.. TestFolder.Files(folder.At(name)).Select(f => f + Convert.ToBase64String(File.ReadAllBytes(folder.At(name, f))))];
    }

    private const string MapOfFewFeatures =
        """
        schema: 1
        study: demo-map
        ids: {case: case_id, site: site}
        imaging:
          - name: ct
            modality: CT
            roi: Tumour
            resegment: {range: [-50, 300]}
            families: [intensity_statistics]
        genomics:
          mutations: {genes: [DRV1, DRV2, DRV3, DRV4]}
          expression: {}
        features:
          - {name: noise}
        association: {resamples: 0}

        """;

    /// <summary>The edges that a rule calls: those of what the cohort's README says is planted, and all others.</summary>
    private static (List<AssociationEdge> Planted, List<AssociationEdge> Others) Calls(AssociationDocument map, Func<AssociationEdge, bool> called)
    {
        var edges = map.Edges.Where(called).ToLookup(e =>
            map.Imaging[e.Imaging].Source == "ct" && map.Molecular[e.Molecular].Name is var gene && (gene == "mut_DRV1" || gene.StartsWith("expr_SIG", StringComparison.Ordinal)));
        return ([.. edges[true]], [.. edges[false]]);
    }

    private static Estimate Auc(RunOutput run, string set, string method) => ReportFiles.Load(run.Folder).Performance.Models
        .Single(m => m.PredictorSet == set).Estimates
        .Single(e => e is { Measure: "auc", Role: EstimateRole.Unseen } && e.Method == method);
}
