using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public class StudyFileTests
{
    /// <summary>The study file of the design, as it stands there.</summary>
    internal const string Example = """
        schema: 1
        study: sts-lung-metastasis
        ids: {case: case_id}                                    # and patient:, site: where there are such columns
        endpoints:
          - {column: lung_metastasis, kind: binary}             # binary | survival {time, event} | multiclass | continuous
        imaging:                                                # one entry is also the settings file of `extract`
          - name: pet
            modality: PT
            roi: /^GTV_Mass/
            resample: {spacing_mm: [2, 2, 2], image: cubic, mask: linear}
            resegment: {range: [0, null]}
            discretise: {method: FBS, bin_width: 0.5}
            families: [all]
          - name: mr
            modality: MR
            roi: /^GTV_Mass/
            resample: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}
            discretise: {method: FBN, bins: 32}
        compare: [pet, mr, pet+mr]
        select: [{univariate: {fdr: 0.2}}, {correlation: {max: 0.9}}]
        models: [{elastic_net: {}}]
        validate: [{bootstrap: {resamples: 500}}, {nested_cv: {folds: 5, repeats: 10}}]
        seed: 20260101

        """;

    private const string Minimal = """
        schema: 1
        study: s
        ids: {case: id}
        endpoints: [{column: y, kind: binary}]
        clinical: [age]
        models: [{elastic_net: {}}]
        validate: [{bootstrap: {}}]

        """;

    private static Study Parse(string yaml) => StudyFile.Parse(yaml, "study.yaml");

    [Fact]
    public void The_study_of_the_design_is_read_whole()
    {
        var study = Parse(Example);
        Assert.Equal(("sts-lung-metastasis", "case_id", 20260101ul), (study.Name, study.Ids.Case, study.Seed));
        Assert.Equal(new StudyEndpoint("lung_metastasis", EndpointKind.Binary), Assert.Single(study.Endpoints));
        var pet = study.Imaging[0];
        Assert.Equal(new ImageSelection("PT", null, "/^GTV_Mass/"), pet.Selection);
        Assert.Equal([2, 2, 2], pet.Preprocessing.Resample!.SpacingMm);
        Assert.Equal((Interpolation.Cubic, Interpolation.Linear), (pet.Preprocessing.Resample.Image, pet.Preprocessing.Resample.Mask));
        Assert.Equal(new ResegmentSettings(0), pet.Preprocessing.Resegment);
        Assert.Equal(new DiscretiseSettings(DiscretiseMethod.FBS, 0.5), pet.Preprocessing.Discretise);
        Assert.Equal(new DiscretiseSettings(DiscretiseMethod.FBN, null, 32), study.Imaging[1].Preprocessing.Discretise);
        Assert.Equal(["all"], study.Imaging[1].Features.Families);
        Assert.Equal(["pet", "mr", "pet+mr"], study.Compare.Select(c => c.Name));
        Assert.Equal(["pet", "mr"], study.Compare[2].Parts);
        Assert.Equal(["univariate", "correlation"], study.Select.Select(s => s.Name));
        Assert.Equal(0.2, study.Select[0].Options.GetProperty("fdr").GetDouble());
        Assert.Equal("elastic_net", Assert.Single(study.Models).Name);
        Assert.Equal(new StudyValidation(new BootstrapSettings(500), new NestedCrossValidationSettings(5, 10), null), study.Validate);
    }

    [Fact]
    public void Molecular_semantic_clinical_and_ready_made_sets_are_read_and_named_in_compare()
    {
        var study = Parse(Minimal + """
            genomics: {mutations: {genes: [IDH1, TP53], min_frequency: 0.05}, expression: {top_variance: 500}, copy_number: }
            semantic:
            features: [{name: radiomics}, {name: other, file: tables/x.csv}]
            id_map: {TCGA-1: case 1, 007: 8}
            compare: [genomics + semantic, radiomics, mutations+clinical]
            """);
        Assert.Equal(["IDH1", "TP53"], study.Genomics!.Mutations!.Genes!);
        Assert.Equal((0.05, 500), (study.Genomics.Mutations.MinFrequency, study.Genomics.Expression!.TopVariance));
        Assert.Equal(new MolecularMatrixSettings(null, null), study.Genomics.CopyNumber);
        Assert.Equal(new SemanticSettings(null), study.Semantic);
        Assert.Equal([new FeatureTable("radiomics", "features/radiomics.csv"), new FeatureTable("other", "tables/x.csv")], study.Features);
        Assert.Equal("genomics+semantic", study.Compare[0].Name);
        Assert.Equal(["mutations", "expression", "copy_number", "semantic"], study.Compare[0].Parts);
        Assert.Equal("8", study.IdMap["007"]);
        Assert.Equal(1ul, study.Seed);
    }

    [Fact]
    public void Without_compare_each_source_is_a_set() =>
        Assert.Equal(["semantic", "clinical"], Parse(Minimal + "semantic: [T1, T2]").Compare.Select(c => c.Name));

    [Fact]
    public void A_study_survives_its_json_and_equal_studies_have_one_hash()
    {
        var study = Parse(Example);
        var back = JsonSerializer.Deserialize<Study>(CanonicalJson.Serialize(study), CanonicalJson.Options)!;
        Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.Serialize(study)), Encoding.UTF8.GetString(CanonicalJson.Serialize(back)));
        Assert.Equal(CanonicalJson.Hash(study), CanonicalJson.Hash(Parse("# a comment\n" + Example.Replace("0.2", "0.20", StringComparison.Ordinal))));
        Assert.NotEqual(CanonicalJson.Hash(study), CanonicalJson.Hash(Parse(Example.Replace("0.2", "0.21", StringComparison.Ordinal))));
        var other = Parse(Example.Replace("bins: 32", "bins: 64", StringComparison.Ordinal));
        Assert.Equal(CanonicalJson.Hash(study.Imaging[0]), CanonicalJson.Hash(other.Imaging[0]));
        Assert.NotEqual(CanonicalJson.Hash(study.Imaging[1]), CanonicalJson.Hash(other.Imaging[1]));
    }

    [Theory]
    // replaced text of the example, by, line, column, part of the message
    [InlineData("modality: PT", "modalty: PT", 8, 5, "unknown key 'modalty'; did you mean 'modality'")]
    [InlineData("modality: PT", "modality: PET", 8, 15, "unknown modality 'PET'; did you mean 'PT'")]
    [InlineData("bin_width: 0.5", "bin_width: wide", 12, 42, "'bin_width' must be a number greater than 0, got the text 'wide'")]
    [InlineData("bin_width: 0.5", "bin_width: '0.5'", 12, 42, "must be a number greater than 0, got the text '0.5'")]
    [InlineData("bin_width: 0.5", "bin_width: 0", 12, 42, "greater than 0, got 0")]
    [InlineData("bin_width: 0.5", "bin_width: .nan", 12, 42, "got the text '.nan'")]
    [InlineData("bin_width: 0.5", "bin_width: 1e999", 12, 42, "got the text '1e999'")]
    [InlineData("bin_width: 0.5", "bins: 32", 12, 17, "method FBS needs 'bin_width'")]
    [InlineData("bin_width: 0.5", "bin_width: 0.5, bins: 32", 12, 53, "FBS takes 'bin_width', not 'bins'")]
    [InlineData("method: FBN, bins: 32", "method: FBN, bin_width: 1", 18, 17, "method FBN needs 'bins'")]
    [InlineData("bins: 32", "bins: 32.5", 18, 37, "a whole number from 2 to 65535, got 32.5")]
    [InlineData("    discretise: {method: FBN, bins: 32}\n", "", 14, 5, "needs 'discretise'")]
    [InlineData("range: [0, null]", "range: [5, 1]", 11, 24, "lower end")]
    [InlineData("range: [0, null]", "range: [0]", 11, 24, "'range' must be a list of 2, got 1")]
    [InlineData("families: [all]", "families: [all, glcm]", 13, 15, "either [all] or a list")]
    [InlineData("families: [all]", "families: all", 13, 15, "'families' must be a list of 1 to 100, got the text 'all'")]
    [InlineData("families: [all]", "families: [glmc]", 13, 16, "did you mean 'glcm'")]
    [InlineData("roi: /^GTV_Mass/\n    resample: {spacing_mm: [2", "roi: /(/\n    resample: {spacing_mm: [2", 9, 10, "not a valid regular expression")]
    [InlineData("spacing_mm: [2, 2, 2]", "spacing_mm: [2, 2, -2]", 10, 35, "a number from 0.01 to 100, got -2")]
    [InlineData("kind: binary", "kind: survival", 5, 14, "'column' cannot be given here: a survival time is given by time and event")]
    [InlineData("column: lung_metastasis, kind: binary", "kind: survival, event: death", 5, 5, "the key 'time' is missing: a survival endpoint needs it")]
    [InlineData("column: lung_metastasis, kind: binary", "kind: survival, event: death, time: death", 5, 3, "'death' cannot be both time and event")]
    [InlineData("column: lung_metastasis, kind: binary", "kind: continuous", 5, 5, "the key 'column' is missing: a continuous endpoint needs it")]
    [InlineData("kind: binary", "kind: multiclass, event: 1", 5, 56, "'event' cannot be given here: only a binary endpoint or a survival time has it")]
    [InlineData("kind: binary", "kind: binary, time: days", 5, 51, "'time' cannot be given here: only a survival time has it")]
    [InlineData("kind: binary", "kind: binry", 5, 37, "did you mean 'binary'")]
    [InlineData("column: lung_metastasis", "column: case_id", 5, 3, "identifies rows")]
    [InlineData("name: mr", "name: pet", 14, 5, "the name 'pet' is given twice")]
    [InlineData("name: mr", "name: clinical", 14, 5, "reserved")]
    [InlineData("name: mr", "name: cn", 14, 5, "the name 'cn' is reserved: columns that begin with mut_, expr_, cn_ are molecular")]
    [InlineData("kind: binary}", "kind: binary}\n  - {column: grade, kind: binary}", 6, 5, "several endpoints are not supported yet in this version")]
    [InlineData("name: mr", "name: m+r", 14, 11, "a name of letters, digits")]
    [InlineData("pet+mr]", "pet+mri]", 19, 20, "unknown predictor set 'mri'; did you mean 'mr'")]
    [InlineData("pet+mr]", "mr+mr]", 19, 20, "twice")]
    [InlineData("[pet, mr, pet+mr]", "[pet+mr, mr+pet]", 19, 19, "twice")]
    [InlineData("fdr: 0.2", "fdr: 2", 20, 29, "'fdr' must be a number from 0 to 1, got 2")]
    [InlineData("fdr: 0.2", "fdt: 0.2", 20, 24, "unknown key 'fdt'; did you mean 'fdr'")]
    [InlineData("univariate", "univarite", 20, 11, "did you mean 'univariate'")]
    [InlineData("{elastic_net: {}}", "elastic_net", 21, 10, "written as {name: {options}}")]
    [InlineData("{elastic_net: {}}", "{elastic_net: {}}, {elastic_net: {}}", 21, 30, "twice")]
    [InlineData("resamples: 500", "resamples: 5", 22, 36, "a whole number from 10 to 100000, got 5")]
    [InlineData("{bootstrap: {resamples: 500}}, {nested_cv: {folds: 5, repeats: 10}}", "{interval: {}}", 22, 11, "needs bootstrap, nested_cv, leave_one_site_out or hold_out")]
    [InlineData("{nested_cv: {folds: 5, repeats: 10}}", "{bootstrap: {}}", 22, 43, "twice")]
    [InlineData("seed: 20260101", "seed: -1", 23, 7, "a whole number from 0")]
    [InlineData("study: sts-lung-metastasis", "study: 5", 2, 8, "'study' must be text (in quotes), got the number 5")]
    [InlineData("study: sts-lung-metastasis\n", "", 1, 1, "the key 'study' is missing")]
    [InlineData("schema: 1\n", "", 1, 1, "the key 'schema' is missing")]
    [InlineData("schema: 1", "schema: 2\nnew_key: 1", 1, 9, "use a newer version of the program")]
    [InlineData("schema: 1", "schema: 0", 1, 9, "a whole number from 1 to 1")]
    [InlineData("schema: 1", "schema: 1\nschema: 1", 2, 1, "given twice")]
    [InlineData("ids: {case: case_id}", "ids: [case_id]", 3, 6, "'ids' must be a map of case, patient, site, scanner, got a list")]
    [InlineData("ids: {case: case_id}", "ids: {case: !x case_id}", 3, 13, "tags")]
    [InlineData("ids: {case: case_id}", "ids: *nothing", 3, 6, "no finished anchor")]
    [InlineData("ids: {case: case_id}", "ids: {case: case_id", 3, 7, "not valid YAML")]
    public void An_error_names_line_column_and_what_was_meant(string replaced, string by, int line, int column, string says)
    {
        var yaml = Example.Replace(replaced, by, StringComparison.Ordinal);
        Assert.NotEqual(Example, yaml);
        var bad = Assert.Throws<BadInputException>(() => Parse(yaml));
        Assert.Contains(says, bad.Message, StringComparison.Ordinal);
        Assert.Equal(FormattableString.Invariant($"study.yaml:{line}:{column}"), bad.Where);
        Assert.StartsWith(FormattableString.Invariant($"study.yaml, line {line}, column {column}: "), bad.Message, StringComparison.Ordinal);
        Assert.StartsWith("study.", bad.Code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("# only a comment", "empty")]
    [InlineData("just text", "must be a map")]
    [InlineData("a: 1\n---\nb: 1", "one file holds one")]
    [InlineData("a: b: c", "not valid YAML")]
    public void What_is_no_study_at_all_is_told_so(string yaml, string says) =>
        Assert.Contains(says, Assert.Throws<BadInputException>(() => Parse(yaml)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("file: ../x.csv")]
    [InlineData("file: /etc/passwd")]
    [InlineData("file: a/../../x")]
    [InlineData("file: a/./x")]
    [InlineData("file: 'a\\b'")]
    public void A_feature_table_lies_inside_the_cohort(string file) => Assert.Contains(
        "inside the cohort",
        Assert.Throws<BadInputException>(() => Parse(Minimal + $"features: [{{name: t, {file}}}]")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_endpoint_is_no_predictor() => Assert.Contains(
        "cannot be a predictor", Assert.Throws<BadInputException>(() => Parse(Minimal.Replace("[age]", "[age, y]", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_study_without_predictors_is_refused() => Assert.Contains(
        "no predictors",
        Assert.Throws<BadInputException>(() => Parse(Minimal.Replace("clinical: [age]\n", "", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Settings_that_no_workflow_could_take_are_refused_and_long_lists_of_genes_are_not()
    {
        var names = Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"table-{i}-{new string('n', 50)}")).ToArray();
        var features = string.Join(", ", names.Select(n => $"{{name: {n}}}"));
        var compare = string.Join(", ", names.Select((n, i) => string.Join('+', names.Skip(i).Take(4))));
        Assert.Equal("study.too_large", Assert.Throws<BadInputException>(() => Parse(Minimal + $"features: [{features}]\ncompare: [{compare}]\n")).Code);
        var genes = string.Join(", ", Enumerable.Range(0, 10_000).Select(i => FormattableString.Invariant($"G{i}")));
        Assert.Equal(10_000, Parse(Minimal + $"genomics: {{expression: {{genes: [{genes}]}}}}").Genomics!.Expression!.Genes!.Count);
    }

    [Theory]
    [InlineData(16, null)]
    [InlineData(17, "study.yaml, line 9, column 1: 'imaging' must be a list of 1 to 16, got 17.")]
    public void Images_are_at_most_sixteen(int count, string? error)
    {
        var images = string.Concat(Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"- {{name: i{i}, families: [morphology]}}\n")));
        Assert.Equal(error, (Record.Exception(() => Parse(Minimal + "imaging:\n" + images)) as BadInputException)?.Message);
    }

    [Fact]
    public void The_event_label_is_taken_as_written() => Assert.Equal(
        "01", Parse(Minimal.Replace("kind: binary", "kind: binary, event: 01", StringComparison.Ordinal)).Endpoints[0].Event);

    [Fact]
    public void Anchors_spare_repetition()
    {
        var study = Parse(Minimal + """
            imaging:
              - {name: a, discretise: &d {method: FBN, bins: 8}}
              - {name: b, discretise: *d}
            """);
        Assert.Equal(study.Imaging[0].Preprocessing.Discretise, study.Imaging[1].Preprocessing.Discretise);
    }

    [Fact]
    public void A_settings_file_of_extract_is_one_image_alone()
    {
        var entry = StudyFile.ParseImaging("modality: CT\ndiscretise: {method: FBN, bins: 32}\nround: false\naggregations: [3D_comb]\n", "s.yaml");
        Assert.Equal(("image", "CT", false), (entry.Name, entry.Selection.Modality, entry.Preprocessing.RoundIntensities));
        Assert.Equal(["3D_comb"], entry.Features.Aggregations!);
        Assert.Equal("s.yaml:1:1", Assert.Throws<BadInputException>(() => StudyFile.ParseImaging("schema: 1", "s.yaml")).Where);
    }

    [Fact]
    public void Families_of_the_command_are_in_place_of_the_files_before_it_is_asked_what_they_need()
    {
        const string Text = "modality: PT\n";
        Assert.Equal("study.combination", Assert.Throws<BadInputException>(() => StudyFile.ParseImaging(Text, "s.yaml")).Code);
        Assert.Equal(["morphology"], StudyFile.ParseImaging(Text, "s.yaml", ["morphology"]).Features.Families);
        Assert.Equal("study.combination", Assert.Throws<BadInputException>(() => StudyFile.ParseImaging("families: [morphology]", "s.yaml", ["glcm"])).Code);
    }

    [Fact]
    public void Options_of_texture_matrices_and_of_the_volume_histogram_are_read_and_absent_ones_are_the_standards()
    {
        var features = StudyFile.ParseImaging("""
            discretise: {method: FBN, bins: 16}
            aggregations: [3D_comb, 2D]
            except: [stat_mean, cm_corr_3D_comb]
            texture:
              glcm: {distance: 2, norm: manhattan, weight: gaussian, weight_norm: chebyshev}
              glrlm: {weight: inverse}
              ngldm: {distance: 3, coarseness: 1}
            ivh: {method: FBS, bin_width: 2.5}
            """, "s.yaml").Features;
        Assert.Equal(["3D_comb", "2D"], features.Aggregations);
        Assert.Equal(["stat_mean", "cm_corr_3D_comb"], features.Except);
        Assert.Equal(
            new TextureSettings(
                new(2, DistanceNorm.Manhattan, DistanceWeight.Gaussian, DistanceNorm.Chebyshev), new(Weight: DistanceWeight.Inverse),
                Ngldm: new(3), NgldmCoarseness: 1),
            features.Texture);
        Assert.Equal(new IvhSettings(IvhDiscretisation.FBS, 2.5), features.Ivh);
        var plain = StudyFile.ParseImaging("families: [morphology]\nivh: {method: none}\n", "s.yaml").Features;
        Assert.Equal(((TextureSettings?)null, new IvhSettings(IvhDiscretisation.None)), (plain.Texture, plain.Ivh));
    }

    [Theory]
    [InlineData("texture: {glmc: {distance: 2}}", "'glcm'")]
    [InlineData("texture: {glcm: {distance: 0}}", "from 1 to 16")]
    [InlineData("texture: {glcm: {distance: 17}}", "from 1 to 16")]
    [InlineData("texture: {glcm: {norm: euclid}}", "euclidean")]
    [InlineData("texture: {glrlm: {distance: 2}}", "unknown key 'distance'")]
    [InlineData("texture: {ngldm: {coarseness: -1}}", "'coarseness'")]
    [InlineData("ivh: {method: FBS}", "needs 'bin_width'")]
    [InlineData("ivh: {method: FBN, bins: 9, bin_width: 2}", "not 'bin_width'")]
    [InlineData("ivh: {method: none, bins: 9}", "takes no 'bins'")]
    [InlineData("except: [stat_meam]", "did you mean 'stat_mean'")]
    public void Wrong_options_of_features_name_their_line(string line, string says)
    {
        var refused = Assert.Throws<BadInputException>(() => StudyFile.ParseImaging($"families: [morphology]\n{line}\n", "s.yaml"));
        Assert.StartsWith("s.yaml, line 2, column ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_that_is_not_for_the_endpoint_is_refused_with_its_line()
    {
        var vocabulary = StudyVocabulary.Standard with
        {
            Models = [new("machine", RegistryKind.Model, "A model.", []) { Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass] }],
        };
        var yaml = Minimal.Replace("elastic_net", "machine", StringComparison.Ordinal);
        Assert.Equal("machine", Assert.Single(StudyFile.Parse(yaml, "study.yaml", vocabulary).Models).Name);
        var refused = Assert.Throws<BadInputException>(
            () => StudyFile.Parse(yaml.Replace("kind: binary", "kind: continuous", StringComparison.Ordinal), "study.yaml", vocabulary));
        Assert.Contains("line 6, column 11: 'machine' is not for a continuous endpoint: it is for binary, multiclass", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Competing_events_are_labels_of_a_survival_endpoint()
    {
        var endpoint = Assert.Single(Endpoint("{event: status, time: days, kind: survival, event_label: 1, competing: [2, lost]}").Endpoints);
        Assert.Equal(["2", "lost"], endpoint.Competing!);
        Assert.Null(Assert.Single(Endpoint("{event: status, time: days, kind: survival}").Endpoints).Competing);
        foreach (var (yaml, code) in new[]
        {
            ("{column: out, kind: binary, competing: [2]}", "study.combination"),
            ("{event: status, time: days, kind: survival, event_label: 1, competing: [1]}", "study.combination"),
            ("{event: status, time: days, kind: survival, competing: [2, 2]}", "study.duplicate"),
        })
        {
            Assert.Equal(code, Assert.Throws<BadInputException>(() => Endpoint(yaml)).Code);
        }

        static Study Endpoint(string yaml) => StudyFile.Parse(
            $"schema: 1\nstudy: s\nids: {{case: id}}\nendpoints: [{yaml}]\nclinical: [age]\nmodels: [{{regression: {{}}}}]\nvalidate: [{{nested_cv: {{}}}}]\n", "study.yaml");
    }

    [Fact]
    public void Categories_of_risk_are_of_binary_endpoints_and_ascend()
    {
        Assert.Equal([0.1, 0.3], Of("column: out, kind: binary", "[0.1, 0.3]").Validate.RiskCategories!);
        Assert.Equal("study.combination", Assert.Throws<BadInputException>(() => Of("column: out, kind: binary", "[0.3, 0.1]")).Code);
        Assert.Equal("study.combination", Assert.Throws<BadInputException>(() => Of("event: out, time: t, kind: survival", "[0.3]")).Code);

        static Study Of(string endpoint, string limits) => StudyFile.Parse(
            $"schema: 1\nstudy: s\nids: {{case: id}}\nendpoints: [{{{endpoint}}}]\nclinical: [age]\nmodels: [{{regression: {{}}}}]\nvalidate: [{{nested_cv: {{}}}}, {{risk_categories: {{limits: {limits}}}}}]\n", "study.yaml");
    }
}
