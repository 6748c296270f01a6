using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>Every feature has the same bits on processors with wide vectors, with narrow ones and with none: the width decides nothing.</summary>
public sealed class VectorWidthTests : IDisposable
{
    /// <summary>Switches of the .NET runtime: no vector instructions at all; 128 bits; 512 bits where the processor has them.</summary>
    private static readonly (string Name, string Value)[][] Processors =
    [
        [("DOTNET_EnableHWIntrinsic", "0")],
        [("DOTNET_EnableAVX2", "0")],
        [("DOTNET_MaxVectorTBitWidth", "512")],
    ];

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("discretise: {method: FBS, bin_width: 20}\nresegment: {range: [-150, 260]}\nivh: {method: FBS, bin_width: 2.5}\n")]
    [InlineData(
        "resample: {spacing_mm: [1.3, 1.3, 1.3], image: cubic}\nresegment: {sigma: 3}\ndiscretise: {method: FBN, bins: 3000}\n"
        + "texture: {glcm: {distance: 2, norm: euclidean, weight: inverse}, ngtdm: {distance: 2}, ngldm: {distance: 2, coarseness: 5}}\n")]
    public async Task Every_feature_has_the_same_bits_whatever_the_vectors_of_the_processor(string settings)
    {
        // A ragged ball of 38 voxels across, wider than any vector, with intensities that no rule of the features knows.
        var image = SmallImage.Nifti(folder.At("image.nii"), 42, (i, j, k) => (short)(((i * 7) + (j * 11) + (k * 5) + (Scatter(i, j, k) % 90)) - 150));
        var mask = SmallImage.Nifti(folder.At("mask.nii"), 42, (i, j, k) =>
            (short)(Square(i - 20) + Square(j - 21) + Square(k - 20) < 361 && Scatter(k, i, j) % 40 != 0 ? 1 : 0));
        var file = folder.Write("settings.yaml", settings + "families: [all]\naggregations: [2D, 2_5D, 3D]\n");
        string[] command = ["extract", "--image", image, "--mask", mask, "--settings", file];

        var here = await Radiogenomics.Run(command);
        here.Succeeded();
        Assert.DoesNotContain("missing", here.Error, StringComparison.Ordinal);
        foreach (var processor in Processors)
        {
            var there = await Radiogenomics.Run(processor, command);
            there.Succeeded();
            Assert.Equal(here.Output, there.Output);
        }
    }

    private static int Square(int x) => x * x;

    private static int Scatter(int i, int j, int k) => (int)(((uint)((i * 73_856_093) ^ (j * 19_349_663) ^ (k * 83_492_791)) * 2_654_435_761) >> 12);
}
