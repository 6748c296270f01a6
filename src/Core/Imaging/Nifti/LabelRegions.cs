using System.Globalization;
using RadiogenomicsCloud.Imaging.Structures;

namespace RadiogenomicsCloud.Imaging.Nifti;

/// <summary>The labels of a NIfTI mask as regions, named by their numbers.</summary>
internal sealed class LabelRegions(ImageFile file, GridGeometry grid, string image, bool union)
{
    // The reader lists no more: which labels a list of this length leaves out is not known.
    private const int MostLabels = 256;

    private readonly string whole = NiftiChoice.BaseName(file.Name);

    /// <summary>In the order of the patterns and, of one pattern, ascending; no label comes twice.</summary>
    /// <exception cref="BadInputException">The mask cannot be read.</exception>
    public IReadOnlyList<RegionSource> Find(IReadOnlyList<string> patterns, CancellationToken cancel)
    {
        NiftiReader.ReadMask(file, label: null, out var labels, out _, cancel);
        var regions = new List<RegionSource>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pattern in patterns)
        {
            try
            {
                var names = Matching(pattern, labels);
                if (union)
                    regions.Add(Joined(names));
                else
                    regions.AddRange(names.Where(taken.Add).Select(name => Joined([name])));
            }
            catch (BadInputException problem)
            {
                regions.Add(RegionSource.Failed(pattern, problem));
            }
        }
        return regions;
    }

    /// <summary>Numbers of labels; <see cref="whole"/> where it has no several.</summary>
    private List<string> Matching(string pattern, IReadOnlyList<int> labels)
    {
        var all = pattern == ImageRegions.All;
        var named = all ? null : new NamePattern(pattern);
        if (labels.Count <= 1 && (named is null || named.Matches(whole)))
            return [whole];
        if (all && labels.Count >= MostLabels)
            throw new BadInputException("roi.several", $"The mask '{file.Name}' has {MostLabels} labels or more; name those that are wanted.", file.Name);
        var matching = labels.Select(l => l.ToString(CultureInfo.InvariantCulture)).Where(l => named is null || named.Matches(l)).ToList();
        return matching.Count > 0
            ? matching
            : throw new BadInputException("roi.not-found",
                $"No label of the mask '{file.Name}' is {named}; it has {(labels.Count == 0 ? "none" : Listing.Of([.. labels.Take(20).Select(l => l.ToString(CultureInfo.InvariantCulture))]))}.", file.Name);
    }

    private RegionSource Joined(List<string> names) => RegionSource.Of(names, (warnings, cancel) =>
    {
        var mask = NiftiMask.Read(file, ReferenceEquals(names[0], whole) ? null : names[0], grid, image, warnings, out _, cancel);
        foreach (var name in names.Skip(1))
        {
            var more = NiftiMask.Read(file, name, grid, image, warnings, out _, cancel);
            for (var v = 0; v < mask.Values.Length; v++)
                mask.Values[v] |= more.Values[v];
        }
        return mask;
    });
}
