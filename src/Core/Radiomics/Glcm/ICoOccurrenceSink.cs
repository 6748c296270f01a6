namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>Takes the elements of one symmetric co-occurrence matrix as they stream by.</summary>
internal interface ICoOccurrenceSink
{
    /// <summary>
    /// Takes an unordered pair of grey levels, once for each that occurs, in no stated order. In the symmetric matrix it is 2·count on
    /// the diagonal (low = high), or count in each of the elements (low, high) and (high, low); the sum over the matrix, by which it is
    /// normalised, is twice the sum of the counts.
    /// </summary>
    /// <param name="low">Grey level, 1..Ng, not above <paramref name="high"/>.</param>
    /// <param name="count">
    /// Occurrences, positive; an integer unless matrices of different weights are merged.
    /// </param>
    void Add(int low, int high, double count);
}
