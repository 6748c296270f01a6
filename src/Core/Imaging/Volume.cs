namespace RadiogenomicsCloud.Imaging;

/// <summary>What the numbers of a volume are.</summary>
public enum IntensityUnit
{
    /// <summary>Arbitrary intensities (MR and everything without a physical unit).</summary>
    Arbitrary,

    /// <summary>Hounsfield units (CT).</summary>
    Hounsfield,

    /// <summary>Standardised uptake value by body weight, g/mL (PET).</summary>
    SuvBodyWeight,
}

/// <summary>
/// A scalar image on a regular grid. <see cref="Values"/> has the linear order of <see cref="GridGeometry"/>; a value that is not a
/// finite number stands for a voxel that was not measured.
/// </summary>
public sealed class Volume
{
    public Volume(GridGeometry grid, double[] values, IntensityUnit unit)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != grid.VoxelCount)
            throw new ArgumentException($"{values.Length} values for a grid of {grid.VoxelCount} voxels.", nameof(values));
        Grid = grid;
        Values = values;
        Unit = unit;
    }

    public GridGeometry Grid { get; }

    public double[] Values { get; }

    public IntensityUnit Unit { get; }

    public double this[int i, int j, int k] => Values[Grid.Index(i, j, k)];
}
