namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>
/// Counts which grey levels are neighbours along the directions of <see cref="DirectedSteps"/>. Not safe for several threads: one
/// counter per computation. To look at the matrices of a volume:
/// <code>
/// var counter = GlcmFamily.CounterFor(region, steps);
/// counter.Count(0, region.CountK, steps.Count);
/// for (var direction = 0; direction &lt; steps.Count; direction++)
///     counter.Visit(direction, sink);
/// </code>
/// </summary>
internal interface ICoOccurrenceCounter
{
    /// <summary>
    /// Counts the pairs of neighbours in the first <paramref name="directions"/> directions whose first voxel lies in slices
    /// <paramref name="firstSlice"/> up to, not including, <paramref name="endSlice"/> of the bounding box. Replaces what was counted.
    /// </summary>
    void Count(int firstSlice, int endSlice, int directions);

    /// <summary>Shows the counted pairs of one direction, unweighted, to <paramref name="sink"/>; nothing where there are none.</summary>
    void Visit(int direction, ICoOccurrenceSink sink);

    /// <summary>Shows the counted pairs of the first <paramref name="directions"/> directions, merged with their weights.</summary>
    void VisitMerged(int directions, ICoOccurrenceSink sink);
}
