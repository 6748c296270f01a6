using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

public class LockedModelTests
{
    private static readonly TrainingSet Training = TestTables.Simulated(80, 15, missing: 0.05);

    private static readonly LockedModel Locked = Lock();

    private static LockedModel Lock()
    {
        var pipeline = LearningRegistry.Pipeline(
            [new("zscore", default), new("univariate", default), new("correlation", default)], new("elastic_net", default));
        var study = JsonDocument.Parse("""{"imaging": [{"name": "pet", "bin_width": 0.5}]}""").RootElement;
        return LockedModel.Create(pipeline.Fit(Training, CancellationToken.None), (BinaryEndpoint)Training.Endpoint, study);
    }

    private static byte[] Bytes(LockedModel model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }

    private static LockedModel Read(byte[] bytes) => LockedModel.Read(new MemoryStream(bytes));

    private static string Changed(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(Bytes(Locked))!;
        change(json);
        return json.ToJsonString();
    }

    [Fact]
    public void Read_back_it_predicts_the_same_bits()
    {
        var read = Read(Bytes(Locked));
        var others = TestTables.Simulated(50, 15, missing: 0.05, seed: 2).Predictors;
        Assert.Equal(
            Locked.PredictProbability(others).Select(BitConverter.DoubleToInt64Bits), read.PredictProbability(others).Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(Locked.Columns, read.Columns);
        Assert.Equal(Locked.Coefficients, read.Coefficients);
        Assert.Equal("y", read.EndpointName);
        Assert.Equal(["1", "0"], read.Labels);
        Assert.Equal("pet", read.Study!.Value.GetProperty("imaging")[0].GetProperty("name").GetString());
        Assert.Equal(Bytes(Locked), Bytes(read));
    }

    [Fact]
    public void Read_back_it_knows_whom_it_saw()
    {
        var read = Read(Bytes(Locked));
        Assert.Equal(80, read.SubjectCount);
        Assert.All(Training.Predictors.Rows, r => Assert.True(read.HasSeen(r)));
        Assert.False(read.HasSeen(TestTables.Row(80)));
        Assert.False(read.HasSeen(TestTables.Row(0) with { Cohort = "there" }));
        Assert.True(read.HasSeen(TestTables.Row(0) with { Case = "another" }));
        Assert.Equal("learning.rows_seen", Assert.Throws<BadInputException>(() => UnseenPredictions.Make(read, Training.Predictors)).Code);
    }

    [Fact]
    public void Cohort_and_patient_do_not_run_together()
    {
        Predictors Rows(params RowId[] rows) => new(rows, [], []);
        RowId[] rows = [new("ab", "c", ""), new("x", "1", ""), new("x", "2", "")];
        var fitted = LearningRegistry.Pipeline([], new("elastic_net", default))
            .Fit(new(Rows(rows), TestTables.Outcome(true, false, false), 1), TestContext.Current.CancellationToken);
        var locked = LockedModel.Create(fitted, TestTables.Outcome(true), null);
        Assert.True(locked.HasSeen(new("ab", "c", "")));
        Assert.False(locked.HasSeen(new("a", "bc", "")));
        Assert.Null(Read(Bytes(locked)).Study);
    }

    [Fact]
    public void Holds_no_id_and_no_row()
    {
        var text = Encoding.UTF8.GetString(Bytes(Locked));
        Assert.DoesNotContain("here", text, StringComparison.Ordinal);
        Assert.DoesNotContain("p0", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_schema_is_refused() =>
        Assert.Equal("model.newer_schema", Refused(Changed(j => j["schema"] = LockedModel.CurrentSchema + 1)).Code);

    [Fact]
    public void Unknown_kinds_are_refused()
    {
        Assert.Equal("model.unknown_kind", Refused(Changed(j => j["model"]!["model"]!["kind"] = "forest")).Code);
        Assert.Equal("model.unknown_kind", Refused(Changed(j => j["model"]!["steps"]![0]!["kind"] = "forest")).Code);
    }

    public static TheoryData<string> Damages =>
    [
        Changed(j => j["schema"] = 0),
        Changed(j => j["schema"] = "1"),
        Changed(j => ((JsonObject)j).Remove("model")),
        Changed(j => ((JsonObject)j).Remove("study")),
        Changed(j => j["model"]!["kind"] = "elastic_net"),
        Changed(j => j["model"]!["model"]!["coefficients"]!.AsArray().RemoveAt(0)),
        Changed(j => j["model"]!["model"]!["coefficients"]![0] = null),
        Changed(j => j["model"]!["model"]!["columns"]![0] = "not_made_by_any_step"),
        Changed(j => j["model"]!["steps"]![0]!["columns"]![0] = j["model"]!["steps"]![0]!["columns"]![1]!.GetValue<string>()),
        Changed(j => j["model"]!["steps"]![1]!["scales"]![0] = 0),
        Changed(j => j["model"]!["steps"]![0] = 5),
        Changed(j => j["model"]!["model"]!["converged"] = "yes"),
        Changed(j => j["subjects"]!["key"] = "00"),
        Changed(j => j["subjects"]!["hashes"]![0] = "xyz"),
        Encoding.UTF8.GetString(Bytes(Locked)).Replace("\"intercept\": ", "\"intercept\": 1e999, \"was\": ", StringComparison.Ordinal),
        "[]",
        "",
        "{",
    ];

    /// <summary>Half a character, as a value, as a name, and in what is passed through: JSON takes it, .NET refuses it when it is asked for.</summary>
    [Theory]
    [InlineData("\"name\": \"y\"", "\"name\": \"\\ud800\"")]
    [InlineData("\"schema\"", "\"\\ud800\": 1, \"schema\"")]
    [InlineData("\"pet\"", "\"\\udc00\"")]
    public void Text_that_is_no_text_is_refused(string from, string to)
    {
        var good = Encoding.UTF8.GetString(Bytes(Locked));
        var bad = good.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(good, bad);
        Assert.Equal("model.not_json", Refused(bad).Code);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        var bytes = Bytes(Locked);
        bytes[bytes.AsSpan().IndexOf("pet"u8)] = 0xFF;
        Assert.Equal("model.not_json", Assert.Throws<BadInputException>(() => Read(bytes)).Code);
    }

    /// <summary>65,536 × 65,536 is 0 in 32 bits: a list of none would do, and be read past its end.</summary>
    [Fact]
    public void Sizes_whose_product_overflows_are_refused()
    {
        string[] many = [.. Enumerable.Range(0, 65_536).Select(i => $"n{i}")];
        var inference = JsonSerializer.SerializeToElement(new
        {
            inference = new
            {
                terms = many, estimates = new double[many.Length], covariance = Array.Empty<double>(), log_likelihood = -1, null_log_likelihood = -2,
                parameters = 1, observations = 9, aliased = Array.Empty<string>(),
            },
        });
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => Inference.Read(inference)).Code);
        var combat = JsonSerializer.SerializeToElement(new
        {
            kind = "combat", batch = "site", new_batch = "leave", mean_only = false, batches = many, prior = (object?)null, covariates = Array.Empty<string>(),
            covariate_means = Array.Empty<double>(), columns = many, centres = new double[many.Length], scales = new double[many.Length],
            effects = Array.Empty<double>(), shifts = Array.Empty<double>(), spreads = Array.Empty<double>(),
        });
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => LearningRegistry.ReadTransform(combat)).Code);
    }

    [Fact]
    public void Labels_that_are_more_or_fewer_than_the_classes_of_the_model_are_refused()
    {
        var training = TestTables.Simulated(90, 6, missing: 0, kind: EndpointKind.Multiclass);
        var fitted = LearningRegistry.Pipeline([], new("lda", default)).Fit(training, TestContext.Current.CancellationToken);
        var json = JsonNode.Parse(Bytes(LockedModel.Create(fitted, training.Endpoint, study: null)))!;
        Assert.Equal(["a", "b", "c"], Read(Encoding.UTF8.GetBytes(json.ToJsonString())).Labels);
        json["endpoint"]!["labels"]!.AsArray().Add("d");
        Assert.Equal("model.invalid", Refused(json.ToJsonString()).Code);
    }

    [Fact]
    public void Recalibrated_classes_of_harmonised_columns_are_read_back()
    {
        var training = TestTables.Simulated(90, 6, missing: 0, kind: EndpointKind.Multiclass);
        var fitted = LearningRegistry.Pipeline([new("combat", default), new("recalibrate", default)], new("lda", default))
            .Fit(training, TestContext.Current.CancellationToken);
        var read = Read(Bytes(LockedModel.Create(fitted, training.Endpoint, study: null)));
        Assert.Equal(fitted.Predict(training.Predictors, []).All.ToArray(), read.Predict(training.Predictors, []).All.ToArray());
    }

    [Theory]
    [InlineData("knn", true)]
    [InlineData("naive_bayes", false)]
    [InlineData("random_forest", true)]
    [InlineData("decision_tree", false)]
    public void A_file_that_holds_training_rows_says_so(string model, bool holdsRows)
    {
        var training = TestTables.Simulated(30, 6, missing: 0);
        var fitted = LearningRegistry.Pipeline([], new(model, default)).Fit(training, TestContext.Current.CancellationToken);
        var bytes = Bytes(LockedModel.Create(fitted, training.Endpoint, study: null));
        Assert.Equal(holdsRows, Encoding.UTF8.GetString(bytes).Contains("\"holds_rows\": true", StringComparison.Ordinal));
        Assert.Equal(holdsRows, Read(bytes).HoldsRows);
    }

    [Theory]
    [InlineData("elastic_net", null, EndpointKind.Binary)]
    [InlineData("elastic_net", null, EndpointKind.Multiclass)]
    [InlineData("elastic_net", null, EndpointKind.Survival, Disclosures.EventTimes)]
    [InlineData("regression", null, EndpointKind.Survival, Disclosures.EventTimes)]
    [InlineData("lda", null, EndpointKind.Binary)]
    [InlineData("mlp", null, EndpointKind.Continuous)]
    [InlineData("decision_tree", null, EndpointKind.Continuous, Disclosures.Leaves)]
    [InlineData("conditional_tree", null, EndpointKind.Survival, Disclosures.Leaves, Disclosures.EventTimes)]
    [InlineData("random_forest", null, EndpointKind.Binary, Disclosures.Forest)]
    [InlineData("random_forest", null, EndpointKind.Survival, Disclosures.Forest, Disclosures.EventTimes)]
    [InlineData("boosted_trees", null, EndpointKind.Survival, Disclosures.Leaves, Disclosures.EventTimes)]
    [InlineData("knn", null, EndpointKind.Multiclass, Disclosures.Rows)]
    [InlineData("lda", "rank_normal", EndpointKind.Binary, Disclosures.ColumnValues)]
    [InlineData("lda", "chained_imputation", EndpointKind.Binary, Disclosures.Extremes)]
    [InlineData("lda", "knn_imputation", EndpointKind.Binary, Disclosures.Rows)]
    public void A_file_says_what_it_can_tell_of_single_training_cases(string model, string? step, EndpointKind kind, params string[] expected)
    {
        var training = TestTables.Simulated(60, 4, missing: step is "knn_imputation" or "chained_imputation" ? 0.05 : 0, kind: kind);
        var fitted = LearningRegistry.Pipeline(step is null ? [] : [new(step, default)], new(model, default)).Fit(training, TestContext.Current.CancellationToken);
        var locked = LockedModel.Create(fitted, training.Endpoint, study: null);
        Assert.Equal(expected, locked.Discloses);
        var bytes = Bytes(locked);
        Assert.Equal(expected, Read(bytes).Discloses);
        var written = JsonNode.Parse(bytes)!["discloses"]?.AsArray().Select(n => n!.GetValue<string>()) ?? [];
        Assert.Equal(expected, written);
        if (locked.HoldsRows)
            Assert.NotEmpty(written);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_refused(string json) => Assert.StartsWith("model.", Refused(json).Code, StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_bytes_only_our_own_exception_escapes()
    {
        var good = Bytes(Locked);
        var others = TestTables.Simulated(5, 15, missing: 0, seed: 3).Predictors;
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Array[1, 4].Sample(
            changes =>
            {
                var bytes = (byte[])good.Clone();
                foreach (var (at, value, _) in changes)
                    bytes[at] = value;
                if (changes.Length == 1)
                    Array.Resize(ref bytes, changes[0].Item3);
                try
                {
                    var read = Read(bytes);
                    Assert.All(read.PredictProbability(others), p => Assert.InRange(p, 0, 1));
                }
                catch (BadInputException)
                {
                }
            },
            iter: 3000);
    }

    private static BadInputException Refused(string json) => Assert.Throws<BadInputException>(() => Read(Encoding.UTF8.GetBytes(json)));
}
