namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>What a counter has counted, measured by one tally.</summary>
internal sealed class CoOccurrenceMatrices(ICoOccurrenceCounter counter, int levelCount) : IDirectionalMatrices
{
    private readonly CoOccurrenceTally tally = new(levelCount);

    public void Count(int firstSlice, int endSlice, int directions) => counter.Count(firstSlice, endSlice, directions);

    public bool TryMeasure(int direction, Span<double> features)
    {
        tally.Reset();
        counter.Visit(direction, tally);
        return tally.TryMeasure(features);
    }

    public bool TryMeasureMerged(int directions, Span<double> features)
    {
        tally.Reset();
        counter.VisitMerged(directions, tally);
        return tally.TryMeasure(features);
    }
}
