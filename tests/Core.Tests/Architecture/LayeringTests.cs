using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RadiogenomicsCloud.Core.Tests.Architecture;

public class LayeringTests
{
    /// <summary>Each folder of Core may use those before it.</summary>
    private static readonly string[] Layers =
    [
        "Statistics", "Tables", "Imaging", "Preprocessing", "Segmentation", "Radiomics", "Certification", "Fitting", "Genomics", "Association", "Learning",
        "Validation", "Reporting", "Pipeline",
    ];

    /// <summary>The imaging line and the molecular line do not know each other before Association.</summary>
    private static readonly string[] ImagingLine = ["Imaging", "Preprocessing", "Segmentation", "Radiomics", "Certification"];

    /// <summary>Each project may refer to those before it.</summary>
    private static readonly string[] Projects = ["Core", "Service", "Azure", "Functions", "Cli"];

    private static string[] Uses(string code) =>
    [
        .. Regex.Matches(code, @"\busing\s+(?:static\s+)?(?:\w+\s*=\s*)?RadiogenomicsCloud\.(\w+)|\bRadiogenomicsCloud\.(\w+)\.")
            .Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value).Distinct(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Folders => new(Directory.GetDirectories(Path.Combine(SourceText.Root, "src", "Core"))
        .Select(d => Path.GetFileName(d)).Where(f => f is not ("bin" or "obj")).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_of_Core_uses_only_those_above_it(string folder)
    {
        var layer = Array.IndexOf(Layers, folder);
        Assert.True(layer >= 0, $"The folder '{folder}' of Core has no place in the order of layers.");
        var forbidden = new List<string>();
        foreach (var (path, code) in SourceText.Below($"src/Core/{folder}"))
        {
            foreach (var used in Uses(code))
            {
                var at = Array.IndexOf(Layers, used);
                if (at > layer
                    || (folder == "Genomics" && ImagingLine.Contains(used, StringComparer.Ordinal))
                    || (used == "Genomics" && ImagingLine.Contains(folder, StringComparer.Ordinal)))
                    forbidden.Add($"{path} uses {used}");
            }
        }
        Assert.Empty(forbidden);
    }

    [Fact]
    public void A_namespace_begins_with_that_of_its_folder()
    {
        var strays = SourceText.Below("src/Core")
            .Where(f => f.Path.Split('/').Length > 3)
            .Where(f => !Regex.IsMatch(f.Code, $@"\bnamespace\s+RadiogenomicsCloud\.{f.Path.Split('/')[2]}\b"))
            .Select(f => f.Path);
        Assert.Empty(strays);
    }

    [Fact]
    public void Projects_refer_one_way()
    {
        var wrong = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(SourceText.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var project = Path.GetFileNameWithoutExtension(file);
            foreach (var reference in XDocument.Load(file).Descendants("ProjectReference").Select(r => r.Attribute("Include")!.Value))
            {
                var used = Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'));
                if (Array.IndexOf(Projects, used) < 0 || Array.IndexOf(Projects, used) >= Array.IndexOf(Projects, project))
                    wrong.Add($"{project} refers to {used}");
            }
        }
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("src/Core")]
    [InlineData("src/Service")]
    public void Core_and_Service_know_no_cloud_no_console_and_no_web(string folder) => Assert.Empty(SourceText.Find(
        folder, @"\bAzure\.\w+", @"\bMicrosoft\.(Azure|AspNetCore|DurableTask)\b", @"\bSpectre\.Console\b", @"\bSystem\.CommandLine\b", @"\bConsole\.\w+",
        @"\bHttpClient\b"));

    [Fact]
    public void The_test_sees_a_use_in_any_form()
    {
        Assert.Equal(["Radiomics"], Uses("using RadiogenomicsCloud.Radiomics;"));
        Assert.Equal(["Radiomics"], Uses("using static RadiogenomicsCloud.Radiomics.X;"));
        Assert.Equal(["Radiomics"], Uses("using A = RadiogenomicsCloud.Radiomics.X;"));
        Assert.Equal(["Radiomics"], Uses("var x = RadiogenomicsCloud.Radiomics.X.Y;"));
    }
}
