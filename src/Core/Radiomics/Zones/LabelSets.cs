namespace RadiogenomicsCloud.Radiomics.Zones;

/// <summary>Labels of voxels and which of them name the same zone: a union–find forest in which a root is the lowest label of its set.</summary>
internal sealed class LabelSets
{
    private int[] parents = new int[64];
    private int[] sizes = new int[64];
    private ushort[] codes = new ushort[64];

    /// <summary>Labels so far, label 0 ("none") included.</summary>
    public int Count { get; private set; } = 1;

    public ushort CodeOf(int label) => codes[label];

    /// <summary>Voxels that carry this label itself.</summary>
    public int SizeOf(int label) => sizes[label];

    /// <summary>A new label for a voxel.</summary>
    public int Add(ushort code)
    {
        if (Count == parents.Length)
        {
            Array.Resize(ref parents, 2 * Count);
            Array.Resize(ref sizes, 2 * Count);
            Array.Resize(ref codes, 2 * Count);
        }
        parents[Count] = Count;
        sizes[Count] = 1;
        codes[Count] = code;
        return Count++;
    }

    /// <summary>Counts one more voxel with this label, and returns it.</summary>
    public int Extend(int label)
    {
        sizes[label]++;
        return label;
    }

    public void Unite(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        if (a < b)
            parents[b] = a;
        else
            parents[a] = b;
    }

    public int Root(int label)
    {
        while (parents[label] != label)
        {
            // Halves the path, so that paths stay short.
            parents[label] = parents[parents[label]];
            label = parents[label];
        }
        return label;
    }
}
