using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Extraction;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Extraction;

public sealed class ResultWriterTests
{
    private static readonly FeatureDefinition[] Columns =
    [
        new("stat_mean", "Q4LE", "Mean", "intensity_statistics", null, "intensity"), new("cm_corr_3D_comb", "NI2N", "Correlation", "glcm", "3D_comb", "1"),
    ];

    private static readonly RegionResult[] Results =
    [
        new("A", "GTV, \"big\"", "1.2.3", "PT", [new(Columns[0], 0.1 + 0.2), new(Columns[1], double.NaN, "the region is flat")], ["a warning"], null),
        RegionResult.Failed("=B", "", new BadInputException("roi.none", "There is no region.").ToFailure()),
    ];

    private static string Written(ResultFormat format, bool many = true)
    {
        using var text = new StringWriter();
        var writer = ResultWriter.Create(format, text, Columns, many);
        writer.Begin();
        foreach (var result in Results)
            writer.Write(result);
        writer.End();
        return text.ToString();
    }

    [Fact]
    public void Long_is_a_row_a_feature_with_all_digits_and_the_reason_of_a_missing_value() => Assert.Equal(
        """"
        case,roi,tag,ibsi_code,family,aggregation,unit,value,missing
        A,"GTV, ""big""",stat_mean,Q4LE,intensity_statistics,,intensity,0.30000000000000004,
        A,"GTV, ""big""",cm_corr_3D_comb,NI2N,glcm,3D_comb,1,,the region is flat
        '=B,,,,,,,,failed: There is no region.

        """", Written(ResultFormat.Long), ignoreLineEndingDifferences: false);

    [Fact]
    public void Wide_is_a_row_a_region_and_says_why_a_case_failed_where_one_may() => Assert.Equal(
        (""""
        case,roi,stat_mean,cm_corr_3D_comb,failure
        A,"GTV, ""big""",0.30000000000000004,,
        '=B,,,,There is no region.

        """", "case,roi,stat_mean,cm_corr_3D_comb"),
        (Written(ResultFormat.Wide), Written(ResultFormat.Wide, many: false).Split('\n')[0]));

    [Fact]
    public void JSON_is_an_array_that_also_ends_well_after_no_result()
    {
        using var json = JsonDocument.Parse(Written(ResultFormat.Json));
        var (first, second) = (json.RootElement[0], json.RootElement[1]);
        Assert.Equal(("A", "PT", "a warning"), (first.GetProperty("case").GetString(), first.GetProperty("modality").GetString(), first.GetProperty("warnings")[0].GetString()));
        var missing = first.GetProperty("features")[1];
        Assert.Equal((JsonValueKind.Null, "the region is flat"), (missing.GetProperty("value").ValueKind, missing.GetProperty("missing").GetString()));
        Assert.Equal("roi.none", second.GetProperty("failure").GetProperty("code").GetString());
        using var text = new StringWriter();
        var empty = ResultWriter.Create(ResultFormat.Json, text, Columns, many: true);
        empty.Begin();
        empty.End();
        Assert.Equal(0, JsonDocument.Parse(text.ToString()).RootElement.GetArrayLength());
    }
}
