using System.Text;
using CsCheck;
using RadiogenomicsCloud.Service.Intake;

namespace RadiogenomicsCloud.Service.Tests.Intake;

public class ManifestTests
{
    private const string Hash = "00000000000000000000000000000000000000000000000000000000000000aB";
    private static readonly IntakeLimits Limits = new(ManifestBytes: 1 << 20, Files: 1000, Bytes: 1 << 30);

    private static Task<CohortManifest?> Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    private static Task<CohortManifest?> Read(byte[] bytes) => CohortManifest.Read(new MemoryStream(bytes), Limits, TestContext.Current.CancellationToken);

    private static string Listing(params string[] paths) =>
        $$"""{"schema": 1, "files": [{{string.Join(',', paths.Select(p => $$"""{"path": {{System.Text.Json.JsonSerializer.Serialize(p)}}, "size": 1, "sha256": "{{Hash}}"}"""))}}]}""";

    private static async Task Refused(string code, string json, string? mentions = null)
    {
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => Read(json));
        Assert.Equal(code, refusal.Code);
        if (mentions is not null)
            Assert.Contains(mentions, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    [Fact]
    public async Task What_is_written_is_read_and_is_the_same_bytes_whatever_the_order()
    {
        var manifest = new CohortManifest("Site <A> \"ü\"", new("CTP", null), [new("imaging/a b/1.dcm", 12, Hash.ToLowerInvariant()), new("clinical.csv", 0, Hash.ToLowerInvariant())]);
        using var first = new MemoryStream();
        manifest.Write(first);
        var read = await Read(first.ToArray());
        Assert.Equal((manifest.Site, manifest.Deidentification), (read!.Site, read.Deidentification));
        Assert.Equal(manifest.Files.OrderBy(f => f.Path, StringComparer.Ordinal), read.Files);
        using var second = new MemoryStream();
        (manifest with { Files = [.. manifest.Files.Reverse()] }).Write(second);
        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF")]
    public async Task An_empty_marker_promises_nothing(string text) => Assert.Null(await Read(text));

    [Theory]
    [InlineData("../study.yaml")]
    [InlineData("imaging/../../x")]
    [InlineData("imaging/./x")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/x")]
    [InlineData("imaging\\A\\1.dcm")]
    [InlineData("imaging//x")]
    [InlineData("imaging/x/")]
    [InlineData("")]
    [InlineData("imaging/NUL")]
    [InlineData("imaging/com¹.csv")]
    [InlineData("imaging/com1.dcm")]
    [InlineData("imaging/x.")]
    [InlineData("imaging/x ")]
    [InlineData("imaging/ x")]
    [InlineData("imaging/x /y")]
    [InlineData("imaging/a\u0000b")]
    [InlineData("imaging/a\u001Bb")]
    [InlineData("imaging/a\u202Eb")]
    [InlineData("imaging/a\u200Bb")]
    [InlineData("imaging/a\u0085b")]
    [InlineData("imaging/<script>.dcm")]
    [InlineData("imaging/a?b")]
    [InlineData("imaging/a:stream")]
    [InlineData(".radiogenomics/x")]
    [InlineData("imaging/.hidden/x")]
    [InlineData("_COMPLETE")]
    public Task Tricks_of_paths_are_refused(string path) => Refused("manifest.path", Listing("clinical.csv", path));

    [Fact]
    public async Task Long_paths_are_refused()
    {
        await Refused("manifest.path", Listing(new string('a', 256)));
        await Refused("manifest.path", Listing(string.Join('/', Enumerable.Repeat("a", 65))));
        await Refused("manifest.path", Listing(string.Join('/', Enumerable.Repeat(new string('a', 90), 10))));
        await Refused("manifest.value", Listing(new string('a', 10_000)));
    }

    [Fact]
    public async Task Ordinary_paths_are_taken()
    {
        string[] paths = ["study.yaml", "imaging/Ünï çødé/series 1/IM-0001.dcm", "genomics/expression.csv.gz", "imaging/コホート.zip", "imaging/a&b'c;d.zip", "features/x..y.csv"];
        Assert.Equal(paths, (await Read(Listing(paths)))!.Files.Select(f => f.Path));
    }

    [Fact]
    public async Task Twins_are_refused_letter_case_or_not()
    {
        await Refused("manifest.duplicate", Listing("imaging/a.zip", "imaging/a.zip"), "twice");
        await Refused("manifest.duplicate", Listing("imaging/a.zip", "Imaging/A.ZIP"), "letter case");
    }

    [Theory]
    [InlineData("""{"schema": 2, "future": true, "files": []}""", "manifest.schema", "schema 2")]
    [InlineData("""{"future": {"a": [1]}, "schema": 99}""", "manifest.schema", "schema 99")]
    [InlineData("""{"files": []}""", "manifest.schema", "no 'schema'")]
    [InlineData("""{"schema": 0, "files": []}""", "manifest.schema", "schema 0")]
    [InlineData("""{"schema": 1.5, "files": []}""", "manifest.value", "'schema'")]
    [InlineData("""{"schema": "1", "files": []}""", "manifest.value", "'schema'")]
    [InlineData("""{"schema": 1}""", "manifest.key", "'files'")]
    [InlineData("""{"schema": 1, "filse": []}""", "manifest.key", "'filse'")]
    [InlineData("""{"schema": 1, "files": [], "files": []}""", "manifest.key", "twice")]
    [InlineData("""{"schema": 1, "schema": 1, "files": []}""", "manifest.key", "twice")]
    [InlineData("""{"schema": 1, "site": "", "files": []}""", "manifest.value", "'site'")]
    [InlineData("""{"schema": 1, "site": "a\u0007b", "files": []}""", "manifest.value", "'site'")]
    [InlineData("""{"schema": 1, "site": 7, "files": []}""", "manifest.value", "'site'")]
    [InlineData("""{"schema": 1, "deidentification": "yes", "files": []}""", "manifest.value", "'deidentification'")]
    [InlineData("""{"schema": 1, "deidentification": {}, "files": []}""", "manifest.value", "exactly one")]
    [InlineData("""{"schema": 1, "deidentification": {"method": "a", "not_required": "b"}, "files": []}""", "manifest.value", "exactly one")]
    [InlineData("""{"schema": 1, "files": {}}""", "manifest.value", "'files'")]
    [InlineData("""{"schema": 1, "files": [1]}""", "manifest.value", "entry")]
    [InlineData("""{"schema": 1, "files": [{"path": "a", "size": 1}]}""", "manifest.key", "sha256")]
    [InlineData("""{"schema": 1, "files": [{"path": "a", "size": -1, "sha256": ""}]}""", "manifest.value", "'size'")]
    [InlineData("""{"schema": 1, "files": [{"path": "a", "size": 1e99, "sha256": ""}]}""", "manifest.value", "'size'")]
    [InlineData("""{"schema": 1, "files": [{"path": "a", "size": 1, "sha256": "zz"}]}""", "manifest.value", "'sha256'")]
    [InlineData("""{"schema": 1, "files": [{"path": "a\ud800", "size": 1, "sha256": "00000000000000000000000000000000000000000000000000000000000000ab"}]}""", "manifest.json", "Unicode")]
    [InlineData("""{"schema": 1, "files": []} {}""", "manifest.json", "JSON")]
    [InlineData("""{"schema": 1, "files": [""", "manifest.json", "JSON")]
    [InlineData("""[]""", "manifest.value", "an object")]
    [InlineData("""not json""", "manifest.json", "JSON")]
    [InlineData("""{"site": [[[[[[[[[[1]]]]]]]]]], "schema": 1, "files": []}""", "manifest.json", "JSON")]
    public Task Other_shapes_are_refused(string json, string code, string mentions) => Refused(code, json, mentions);

    [Fact]
    public async Task The_size_of_the_marker_the_files_and_the_bytes_are_limited()
    {
        await Refused("manifest.too-large", new string(' ', (1 << 20) + 1));
        await Refused("cohort.too-many-files", Listing([.. Enumerable.Range(0, 1001).Select(n => $"f{n}")]));
        var huge = long.MaxValue;
        await Refused("cohort.too-large", $$"""{"schema": 1, "files": [{"path": "a", "size": {{huge}}, "sha256": "{{Hash}}"}, {"path": "b", "size": {{huge}}, "sha256": "{{Hash}}"}]}""");
    }

    [Fact]
    public void A_path_that_would_be_refused_is_not_written()
    {
        var manifest = new CohortManifest(null, null, [new("a\\b", 1, Hash)]);
        Assert.Equal("manifest.path", Assert.Throws<BadInputException>(() => manifest.Write(new MemoryStream())).Code);
    }

    [Fact]
    public void Damaged_manifests_give_our_exceptions_alone()
    {
        var whole = Encoding.UTF8.GetBytes(
            $$"""{"schema": 1, "site": "A", "deidentification": {"method": "CTP"}, "files": [{"path": "imaging/a.zip", "size": 12, "sha256": "{{Hash}}"}]}""");
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Array[1, 6].Sample(
            edits =>
            {
                var bytes = whole.ToList();
                foreach (var (at, value, cut) in edits)
                {
                    if (at < bytes.Count)
                        bytes[at] = value;
                    if (value % 5 == 0 && cut < bytes.Count)
                        bytes.RemoveRange(cut, Math.Min(value, bytes.Count - cut));
                }
                try
                {
                    CohortManifest.Read(new MemoryStream([.. bytes]), Limits, default).GetAwaiter().GetResult();
                }
                catch (BadInputException)
                {
                }
            },
            iter: 20_000);
    }
}
