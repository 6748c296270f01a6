using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <summary>
/// How the images of a cohort are cut, so that no instance of a durable host has a history of more than 2,000 events or 1 MB, however many
/// cases there are. A history holds the input and the output of every call; the settings of the images are in most of them, so that
/// long settings make smaller shards and groups. It depends on the settings alone: on every replay it is the same.
/// </summary>
/// <param name="CasesPerPart">Cases whose results are gathered in one call.</param>
/// <param name="PartsPerShard">Parts of one <see cref="ShardWorkflow"/>.</param>
/// <param name="ChildrenPerInstance">Children of a run or of a <see cref="ShardGroupWorkflow"/>, whose results are joined in one call.</param>
public sealed record ShardLayout(int CasesPerPart, int PartsPerShard, int ChildrenPerInstance)
{
    /// <summary>Images of a part: their results, failures with the longest messages included, fit into one payload.</summary>
    public const int ImagesPerPart = 16;

    /// <summary>Where every image has a part's place: 128 images a shard, some 600 events if each call ends in an episode of its own.</summary>
    public const int MostPartsPerShard = 8;

    /// <summary>Some 400 events; fewer than <see cref="JoinImagesStep.MaximumParts"/>.</summary>
    public const int MostChildren = 100;

    /// <summary>Of an image in a shard's history, beside its settings, at worst: its case twice, a failure twice, and four events.</summary>
    private const int BytesPerImage = 4 * 1024;

    /// <summary>Of a child in its parent's history, beside the settings, likewise.</summary>
    private const int BytesPerChild = 3 * 1024;

    private const int BytesOfShard = 900 * 1024;

    /// <summary>A run's history holds its modelling as well.</summary>
    private const int BytesOfChildren = 400 * 1024;

    /// <param name="images">The imaging entries of the study; none is as one.</param>
    public static ShardLayout Of(IReadOnlyList<ImagingEntry> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var count = Math.Max(1, images.Count);
        var settings = CanonicalJson.Serialize(images).Length;
        var casesPerPart = Math.Max(1, ImagesPerPart / count);
        var partBytes = casesPerPart * (settings + (count * BytesPerImage));
        return new(
            casesPerPart,
            Math.Clamp(BytesOfShard / partBytes, 1, MostPartsPerShard),
            Math.Clamp(BytesOfChildren / (settings + BytesPerChild), 2, MostChildren));
    }

    /// <summary>Whether a range of parts is one shard; a larger one is a group.</summary>
    public bool IsShard(ShardInput range)
    {
        ArgumentNullException.ThrowIfNull(range);
        return range.PartCount <= PartsPerShard;
    }

    /// <summary>
    /// Cuts a range into shards, or, where those would be more children than an instance may have, into groups as large as can be, each
    /// to be cut in the same way. Only the last child is smaller than the others.
    /// </summary>
    public IReadOnlyList<ShardInput> Split(ShardInput range)
    {
        ArgumentNullException.ThrowIfNull(range);
        var size = PartsPerShard;
        while ((long)size * ChildrenPerInstance < range.PartCount)
            size *= ChildrenPerInstance;
        return
        [
            .. Enumerable.Range(0, (range.PartCount + size - 1) / size).Select(n => n * size).Select(from => range with
            {
                FirstPart = range.FirstPart + from,
                PartCount = Math.Min(size, range.PartCount - from),
                Cases = Math.Min(size * CasesPerPart, range.Cases - (from * CasesPerPart)),
            }),
        ];
    }
}
