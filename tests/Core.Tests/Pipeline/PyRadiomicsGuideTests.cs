using System.Text.RegularExpressions;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Radiomics.PyRadiomics;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>The page for those who come from PyRadiomics: its tables are made of those of the program, and its example is read.</summary>
public partial class PyRadiomicsGuideTests
{
    private static readonly string PagePath = Path.Combine(ReferenceData.RepositoryRoot(), "docs", "pyradiomics.md");

    [Theory]
    [InlineData("features")]
    [InlineData("deprecated")]
    [InlineData("settings")]
    public void A_table_of_the_page_is_the_generated_one(string name) => GeneratedTable.Check(PagePath, name, Generate(name));

    [Fact]
    public void Every_parameter_file_of_the_page_is_read()
    {
        var examples = Example().Matches(File.ReadAllText(PagePath)).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, e => PyRadiomicsParameters.Parse(e, "pyradiomics.md"));
    }

    [GeneratedRegex("```yaml\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    private static string Generate(string name) => name switch
    {
        "features" => "| PyRadiomics | here | unit | difference |\n| --- | --- | --- | --- |\n" + string.Concat(PyRadiomicsCatalogue.Features.Select(
            f => $"| `{f.ColumnName}`{(f.IsDeprecated ? " (deprecated)" : "")} | {(f.IbsiTag is null ? "none" : $"`{f.IbsiTag}` ({f.Definition.IbsiCode})")} | {f.Unit} | {f.Difference ?? "none"} |\n")),
        "deprecated" => "| name | is |\n| --- | --- |\n" + string.Concat(PyRadiomicsCatalogue.WithoutValue.Select(w => $"| `{w.Key}` | {w.Value} |\n")),
        _ => "| key | here | remark |\n| --- | --- | --- |\n" + string.Concat(PyRadiomicsSettingKeys.All.Select(k => $"| `{k.Name}` | {Use(k.Use)} | {k.Remark} |\n")),
    };

    private static string Use(PyRadiomicsSettingUse use) => use switch
    {
        PyRadiomicsSettingUse.Honoured => "honoured",
        PyRadiomicsSettingUse.InPart => "in part",
        _ => "without effect",
    };
}
