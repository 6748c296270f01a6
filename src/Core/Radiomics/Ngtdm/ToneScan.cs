namespace RadiogenomicsCloud.Radiomics.Ngtdm;

/// <summary>Goes over a region once and compares every voxel with its neighbours.</summary>
internal abstract class ToneScan(LevelBox region)
{
    protected LevelBox Region { get; } = region;

    /// <summary>An empty matrix that <see cref="Run"/> can fill.</summary>
    public abstract ToneDifferences NewMatrix(bool inPlane);

    /// <summary>Fills the matrices that are wanted.</summary>
    /// <param name="ofSlice">Filled for every slice from its own neighbours alone, or null; cleared before each.</param>
    /// <param name="sliceDone">Called when <paramref name="ofSlice"/> has a slice.</param>
    /// <param name="ofVolume">Filled from the neighbours in space, or null.</param>
    public abstract void Run(ToneDifferences? ofSlice, Action sliceDone, ToneDifferences? ofVolume);
}
