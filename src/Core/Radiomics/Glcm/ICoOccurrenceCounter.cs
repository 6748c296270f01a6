namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>Counts which grey levels are neighbours. Not safe for several threads: one counter per computation.</summary>
internal interface ICoOccurrenceCounter
{
    /// <summary>
    /// Counts the pairs of neighbours in the first <paramref name="directions"/> directions whose first voxel lies in slices
    /// <paramref name="firstSlice"/> up to, not including, <paramref name="endSlice"/> of the bounding box. Replaces what was counted.
    /// </summary>
    void Count(int firstSlice, int endSlice, int directions);

    /// <summary>Adds the counted pairs of one direction to <paramref name="tally"/>.</summary>
    void Tally(int direction, CoOccurrenceTally tally);

    /// <summary>Adds the counted pairs of the first <paramref name="directions"/> directions, merged.</summary>
    void TallyMerged(int directions, CoOccurrenceTally tally);
}
