namespace RadiogenomicsCloud.Radiomics.Glrlm;

/// <summary>What a counter has counted, measured by one tally.</summary>
internal sealed class RunLengthMatrices(LevelBox region, DirectedSteps steps) : IDirectionalMatrices
{
    private readonly RunLengthCounter counter = new(region, steps);
    private readonly MatrixTally tally = new();

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
