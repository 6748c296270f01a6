using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public class CanonicalJsonTests
{
    private sealed record Numbers(double Value, double? Optional, ulong Seed, IReadOnlyList<double> List);

    private enum Colour
    {
        Red,
    }

    private sealed record Named(Colour Colour, string? Name);

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Serialize(document.RootElement));
    }

    [Theory]
    [InlineData("""{ "b": 1, "a": {"z": 1, "Z": 2} }""", """{"a":{"Z":2,"z":1},"b":1}""")]
    [InlineData("[1.0, 1e0, 0.10, 1e300, -0.5]", "[1,1,0.1,1E+300,-0.5]")]
    [InlineData("[18446744073709551615, -9223372036854775808]", "[18446744073709551615,-9223372036854775808]")]
    [InlineData("\"\\u00e9\\u003c\"", "\"é<\"")]
    public void Equal_content_has_one_form(string json, string canonical) => Assert.Equal(canonical, Canonical(json));

    [Fact]
    public void Missing_numbers_survive_as_null_and_optional_ones_as_absent()
    {
        var json = CanonicalJson.ToElement(new Numbers(double.NaN, null, ulong.MaxValue, [1, double.NaN]));
        Assert.Equal("""{"list":[1,null],"seed":18446744073709551615,"value":null}""", Encoding.UTF8.GetString(CanonicalJson.Serialize(json)));
        var back = CanonicalJson.FromElement<Numbers>(json);
        Assert.True(double.IsNaN(back.Value) && double.IsNaN(back.List[1]));
        Assert.Null(back.Optional);
        Assert.Equal(ulong.MaxValue, back.Seed);
        Assert.Null(CanonicalJson.FromElement<Numbers>(JsonDocument.Parse("""{"optional":null,"list":[]}""").RootElement).Optional);
    }

    [Fact]
    public void Infinity_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => CanonicalJson.ToElement(new Numbers(double.PositiveInfinity, null, 0, [])));

    [Fact]
    public void Doubles_read_back_to_the_same_bits() => CsCheck.Check.Sample(
        CsCheck.Gen.Double,
        x => !double.IsFinite(x) || BitConverter.DoubleToInt64Bits(JsonSerializer.Deserialize<double>(CanonicalJson.Serialize(x), CanonicalJson.Options))
            == BitConverter.DoubleToInt64Bits(x),
        iter: 2000);

    [Fact]
    public void Enums_go_by_name_and_numbers_for_them_are_refused()
    {
        Assert.Equal("""{"colour":"Red"}""", Encoding.UTF8.GetString(CanonicalJson.Serialize(new Named(Colour.Red, null))));
        Assert.Throws<JsonException>(() => CanonicalJson.FromElement<Named>(JsonDocument.Parse("""{"colour":0}""").RootElement));
    }

    [Fact]
    public void Place_and_time_of_a_file_are_not_in_the_key_but_its_content_is()
    {
        var hash = new string('a', 64);
        var file = new CohortFile("imaging/1.dcm", hash, 3, "t1");
        string Key(CohortFile f) => CanonicalJson.StepKey<IReadOnlyList<CohortFile>>("read", 1, [f]);

        Assert.Equal(Key(file), Key(file with { Path = "elsewhere/2.dcm", Version = "t2" }));
        Assert.NotEqual(Key(file), Key(file with { Sha256 = new string('b', 64) }));
        Assert.NotEqual(Key(file), Key(file with { Length = 4 }));
        Assert.Contains("imaging/1.dcm", CanonicalJson.ToElement(file).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Name_version_and_input_are_in_the_key()
    {
        var keys = new[]
        {
            CanonicalJson.StepKey("a", 1, 1), CanonicalJson.StepKey("b", 1, 1), CanonicalJson.StepKey("a", 2, 1), CanonicalJson.StepKey("a", 1, 2),
        };
        Assert.Equal(keys.Length, keys.Distinct().Count());
        // printf '%s' '{"input":1,"name":"a","version":1}' | sha256sum
        Assert.Equal("996bd353e6981ea38f9c4731ac7e2e3dbdcf2e87e10c45d271d3fed4321bfce2", keys[0]);
    }

    [Fact]
    public void The_run_id_follows_study_places_content_and_version_but_not_times()
    {
        CohortFile[] files = [new("b", new string('b', 64), 1, "t"), new("a", new string('a', 64), 1, "t")];
        var id = RunIdentity.For("study", files, "1.0");
        Assert.Matches("^[0-9a-f]{12}$", id);
        Assert.Equal(id, RunIdentity.For("study", [files[1] with { Version = "u" }, files[0]], "1.0"));
        Assert.NotEqual(id, RunIdentity.For("study", [files[0] with { Path = "c" }, files[1]], "1.0"));
        Assert.NotEqual(id, RunIdentity.For("other", files, "1.0"));
        Assert.NotEqual(id, RunIdentity.For("study", files, "1.1"));
    }

    [Fact]
    public void Payloads_beyond_16_KB_are_refused_by_name()
    {
        Payload.Guard(CanonicalJson.ToElement(new string('x', Payload.MaximumBytes - 2)), "input of step 'a'");
        var refused = Assert.Throws<InvalidOperationException>(
            () => Payload.Guard(CanonicalJson.ToElement(new string('x', Payload.MaximumBytes - 1)), "input of step 'a'"));
        Assert.Contains("step 'a'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Artifacts_are_found_wherever_they_are_and_cohort_files_are_none()
    {
        var artifact = new ArtifactRef(new string('c', 64), 5);
        var payload = CanonicalJson.ToElement(new { Value = new object[] { new { Deep = artifact }, new CohortFile("p", "s", 1, "v") } });
        Assert.Equal([artifact], Payload.Artifacts(payload));
    }
}
