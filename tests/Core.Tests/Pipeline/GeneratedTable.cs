using System.Text.RegularExpressions;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>A table of a page of the documentation that is made of what the program knows, between two comments.</summary>
internal static class GeneratedTable
{
    /// <summary>Requires that the page has this table under this name; puts it there where goldens are updated.</summary>
    public static void Check(string pagePath, string name, string table)
    {
        var page = File.ReadAllText(pagePath);
        var pattern = new Regex($"(?<=<!-- {name}: made by a test -->\n).*?(?=<!-- end -->)", RegexOptions.Singleline);
        if (GoldenFile.Updating)
            File.WriteAllText(pagePath, page = pattern.Replace(page, table.Replace("$", "$$", StringComparison.Ordinal)));
        Assert.True(
            pattern.Match(page).Value == table,
            $"The table '{name}' of {Path.GetFileName(pagePath)} is not what the program knows: run the tests once with {GoldenFile.UpdateVariable}=1 and commit it.");
    }
}
