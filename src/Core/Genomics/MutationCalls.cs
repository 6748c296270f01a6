namespace RadiogenomicsCloud.Genomics;

/// <summary>How the rows of mutation files were used; a row is counted once, by the first rule that drops it.</summary>
/// <param name="Rows">Data rows (MAF) or records (VCF) read.</param>
/// <param name="Filtered">Dropped because FILTER is neither PASS nor missing.</param>
/// <param name="Silent">Passed, but of no qualifying consequence (VCF: in any sample).</param>
/// <param name="Qualifying">Kept.</param>
public sealed record MutationCounts(long Rows, long Filtered, long Silent, long Qualifying)
{
    public static MutationCounts operator +(MutationCounts a, MutationCounts b) => Add(a, b);

    public static MutationCounts Add(MutationCounts left, MutationCounts right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.Rows + right.Rows, left.Filtered + right.Filtered, left.Silent + right.Silent, left.Qualifying + right.Qualifying);
    }
}

/// <summary>Which genes carry a qualifying mutation in which sample, and which samples were sequenced at all.</summary>
/// <param name="MutatedGenes">
/// For every sample that the unfiltered files name, the genes with a qualifying mutation; an empty set means sequenced without one.
/// </param>
public sealed record MutationCalls(IReadOnlyDictionary<string, IReadOnlySet<string>> MutatedGenes, MutationCounts Counts)
{
    /// <summary>The samples, ordinally sorted.</summary>
    public IReadOnlyList<string> Samples { get; } = MutatedGenes.Keys.Order(StringComparer.Ordinal).ToList();

    /// <summary>The union of several files' calls.</summary>
    public static MutationCalls Merge(IEnumerable<MutationCalls> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var builder = new MutationCallsBuilder();
        foreach (var file in files)
        {
            builder.Counts += file.Counts;
            foreach (var (sample, genes) in file.MutatedGenes)
                builder.Sequenced(sample).UnionWith(genes);
        }
        return builder.Build();
    }
}

/// <summary>Collects calls; names are shared, so that memory grows with distinct samples, genes and their pairs only.</summary>
internal sealed class MutationCallsBuilder
{
    private readonly Dictionary<string, HashSet<string>> genesBySample = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly HashSet<string> genes = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> geneBySpan;

    public MutationCallsBuilder()
    {
        bySpan = genesBySample.GetAlternateLookup<ReadOnlySpan<char>>();
        geneBySpan = genes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public MutationCounts Counts { get; set; } = new(0, 0, 0, 0);

    /// <summary>Marks a sample as sequenced and returns its genes.</summary>
    public HashSet<string> Sequenced(ReadOnlySpan<char> sample)
    {
        if (!bySpan.TryGetValue(sample, out var found))
            genesBySample[sample.ToString()] = found = new HashSet<string>(StringComparer.Ordinal);
        return found;
    }

    public string Gene(ReadOnlySpan<char> gene)
    {
        if (geneBySpan.TryGetValue(gene, out var known))
            return known;
        var added = gene.ToString();
        genes.Add(added);
        return added;
    }

    public MutationCalls Build() => new(
        genesBySample.ToDictionary(pair => pair.Key, pair => (IReadOnlySet<string>)pair.Value, StringComparer.Ordinal), Counts);
}
