namespace RadiogenomicsCloud.Imaging;

/// <summary>One image and the regions of it that were asked for, which are imported one after the other. Not safe for several threads.</summary>
public sealed class ImageRegions
{
    /// <summary>What asks for every region there is; a region of this name is asked for by <c>/^all$/</c>.</summary>
    public const string All = "all";

    private readonly ImageImporterCase _case;
    private readonly IReadOnlyList<RegionSource> _regions;

    internal ImageRegions(ImageImporterCase prepared, IReadOnlyList<RegionSource> regions) => (_case, _regions) = (prepared, regions);

    /// <summary>Names of the regions, in the order of what asked for them; joined ones with +. Never empty.</summary>
    public IReadOnlyList<string> Names => [.. _regions.Select(r => r.Name)];

    /// <summary>The image with one region.</summary>
    /// <param name="region">Index in <see cref="Names"/>.</param>
    /// <exception cref="BadInputException">The region was not found, is empty, or does not share the image's space.</exception>
    public ImportedImage Import(int region, CancellationToken cancel) => _case.Load(_regions[region], cancel);
}

/// <summary>A region whose mask is not read yet.</summary>
/// <param name="Roi">Names of the ROIs that the mask is made of.</param>
/// <param name="Read">Reads the mask on the image's grid, adding warnings.</param>
internal sealed record RegionSource(string Name, IReadOnlyList<string> Roi, Func<List<string>, CancellationToken, Mask> Read)
{
    public static RegionSource Of(IReadOnlyList<string> roi, Func<List<string>, CancellationToken, Mask> read) =>
        new(string.Join('+', roi), roi, read);

    /// <summary>What was asked for and is not there.</summary>
    public static RegionSource Failed(string pattern, BadInputException why) => new(pattern, [pattern], (_, _) => throw why);
}
