namespace RadiogenomicsCloud.Radiomics;

/// <summary>Texture matrices that exist once per direction (GLCM, GLRLM). Not safe for several threads.</summary>
internal interface IDirectionalMatrices
{
    /// <summary>
    /// Fills the matrices of the first <paramref name="directions"/> directions from the slices <paramref name="firstSlice"/> up to, not
    /// including, <paramref name="endSlice"/> of the bounding box; directions out of plane need all slices. Replaces what was there.
    /// </summary>
    void Count(int firstSlice, int endSlice, int directions);

    /// <summary>Writes the features of one direction's matrix; false, and nothing written, where it is empty.</summary>
    bool TryMeasure(int direction, Span<double> features);

    /// <summary>The same of the first <paramref name="directions"/> directions, merged with their weights.</summary>
    bool TryMeasureMerged(int directions, Span<double> features);
}
