namespace RadiogenomicsCloud.Imaging;

/// <summary>A binary region of interest on a regular grid: 1 inside, 0 outside, in the linear order of <see cref="GridGeometry"/>.</summary>
public sealed class Mask
{
    public Mask(GridGeometry grid, byte[] values)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != grid.VoxelCount)
            throw new ArgumentException($"{values.Length} values for a grid of {grid.VoxelCount} voxels.", nameof(values));
        Grid = grid;
        Values = values;
    }

    public GridGeometry Grid { get; }

    public byte[] Values { get; }

    public bool this[int i, int j, int k] => Values[Grid.Index(i, j, k)] != 0;

    public int Count()
    {
        var count = 0;
        foreach (var value in Values)
            count += value != 0 ? 1 : 0;
        return count;
    }
}
