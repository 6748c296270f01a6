using System.Globalization;
using RadiogenomicsCloud.Core.Tests.Pipeline;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tests;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation.Measures;

/// <summary>The page on validation lists the measures that there are.</summary>
public sealed class MeasureGuideTests
{
    private static readonly string PagePath = Path.Combine(ReferenceData.RepositoryRoot(), "docs", "validation.md");

    public static TheoryData<EndpointKind> Kinds => [.. Enum.GetValues<EndpointKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_table_of_the_page_is_the_generated_one(EndpointKind kind) => GeneratedTable.Check(
        PagePath, kind.ToString().ToLowerInvariant(),
        "\n| name | measure | ideal | knows nothing | what it is |\n| --- | --- | --- | --- | --- |\n" + string.Concat(MeasureRegistry.Of(kind).Select(Row)) + "\n");

    [Fact]
    public void The_page_names_every_scheme() => Assert.All(
        Scheme.All, s => Assert.Contains($"| `{s.Name}` |", File.ReadAllText(PagePath), StringComparison.Ordinal));

    private static string Row(Measure m) => string.Create(
        CultureInfo.InvariantCulture, $"| `{m.Name}` | {m.Title} | {m.Ideal} | {m.NoInformation?.ToString(CultureInfo.InvariantCulture) ?? ""} | {m.Description} |\n");
}
