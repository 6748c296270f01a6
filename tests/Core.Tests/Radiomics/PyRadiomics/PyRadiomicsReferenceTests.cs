using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Core.Tests.Imaging;
using RadiogenomicsCloud.Core.Tests.Preprocessing;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Radiomics.PyRadiomics;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.PyRadiomics;

/// <summary>
/// Against PyRadiomics' own values (commit 8ed5793, feature classes called on the cropped arrays): every feature of every class but those
/// of its mesh, which leaks, to 1e-6 relative.
/// </summary>
public sealed class PyRadiomicsReferenceTests
{
    private const double Tolerance = 1e-6;

    /// <summary>What depends on the triangles of the mesh, not only on its vertices.</summary>
    private static readonly string[] OfTriangles = ["MeshVolume", "Sphericity", "SurfaceArea", "SurfaceVolumeRatio"];

    private static readonly Dictionary<string, string> ClassNames = new()
    {
        ["shape"] = "shape",
        ["first-order"] = "firstorder",
        ["GLCM"] = "glcm",
        ["GLRLM"] = "glrlm",
        ["GLSZM"] = "glszm",
        ["NGTDM"] = "ngtdm",
        ["GLDM"] = "gldm",
    };

    [Theory]
    [InlineData("blob_25")]
    [InlineData("blob_50")]
    [InlineData("STS_001_PET_native")]
    [InlineData("STS_003_CT_native")]
    public void Every_value_but_those_of_the_leaking_mesh_equals_PyRadiomics_own(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Require($"pyradiomics/{name}.json")));
        var settings = file.RootElement.GetProperty("settings");
        var (image, mask) = Pair(name);
        Assert.Equal(settings.GetProperty("voxels").GetInt32(), mask.Count());
        var features = settings.GetProperty("method").GetString() == "FBN"
            ? new PyRadiomicsFeatureSettings(BinCount: settings.GetProperty("bins").GetInt32())
            : new PyRadiomicsFeatureSettings(BinWidth: settings.GetProperty("width").GetDouble());

        var roi = PyRadiomicsExtraction.Prepare(image, mask, new(), TestContext.Current.CancellationToken);
        // The arrays of the blobs were given to PyRadiomics with i as their first axis, across which it takes the slices.
        var ours = PyRadiomicsExtraction.Extract(roi.WithSlicesAcross(IsBlob(name) ? 2 : 0), features, TestContext.Current.CancellationToken)
            .Values.ToDictionary(v => v.Definition.Tag, v => v.Value);
        var expected =
            (from ofClass in file.RootElement.GetProperty("values").EnumerateObject()
             from value in ofClass.Value.EnumerateObject()
             select (Class: ClassNames[ofClass.Name], value.Name, Value: value.Value.GetDouble())).ToList();

        Assert.Equal(
            PyRadiomicsCatalogue.Default.Select(f => f.ColumnName).Order(StringComparer.Ordinal),
            expected.Select(e => $"original_{e.Class}_{e.Name}").Order(StringComparer.Ordinal));
        Assert.Empty(
            from e in expected
            where !OfTriangles.Contains(e.Name)
            let value = ours[$"original_{e.Class}_{e.Name}"]
            where !(Math.Abs(value - e.Value) <= Tolerance * Math.Abs(e.Value))
            select string.Create(CultureInfo.InvariantCulture, $"{e.Class} {e.Name}: {value:R} is not {e.Value:R}"));
        // The mesh is another one, but of the same region: its holes cost little.
        Assert.All(
            expected.Where(e => OfTriangles.Contains(e.Name)),
            e => Assert.InRange(ours[$"original_{e.Class}_{e.Name}"] / e.Value, 0.9, 1.1));
    }

    private static bool IsBlob(string name) => name.StartsWith("blob", StringComparison.Ordinal);

    private static (Volume Image, Mask Mask) Pair(string name)
    {
        if (IsBlob(name))
            return IbsiPhantom.Pair($"bench/{name}.nii.gz", $"bench/{name}.mask.nii.gz");
        var id = name[..7];
        var files = TestFiles.FromZip(ReferenceData.Require($"sts/imaging/{id}.zip"));
        var modality = name.Contains("PET", StringComparison.Ordinal) ? "PT" : "CT";
        var imported = ImageImporter.Import(files, new ImageSelection(modality, null, null), TestContext.Current.CancellationToken);
        return (imported.Image, imported.Mask);
    }
}
