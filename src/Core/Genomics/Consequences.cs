using System.Collections.Frozen;

namespace RadiogenomicsCloud.Genomics;

/// <summary>The consequences that count as a mutation of a gene: those that change its protein or its splice sites.</summary>
public static class Consequences
{
    /// <summary>
    /// MAF <c>Variant_Classification</c> values: the nine that maftools (Mayakonda et al., Genome Res. 2018;28:1747–1756) reads as
    /// non-synonymous by default.
    /// </summary>
    public static IReadOnlySet<string> NonSilentClassifications { get; } = new[]
    {
        "Frame_Shift_Del", "Frame_Shift_Ins", "In_Frame_Del", "In_Frame_Ins", "Missense_Mutation", "Nonsense_Mutation", "Nonstop_Mutation",
        "Splice_Site", "Translation_Start_Site",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The Sequence Ontology terms, as VEP and SnpEff write them, that correspond to those nine.</summary>
    public static IReadOnlySet<string> NonSilentTerms { get; } = new[]
    {
        "transcript_ablation", "exon_loss_variant", "splice_acceptor_variant", "splice_donor_variant", "stop_gained", "frameshift_variant",
        "stop_lost", "start_lost", "initiator_codon_variant", "missense_variant", "rare_amino_acid_variant", "protein_altering_variant",
        "inframe_insertion", "inframe_deletion", "conservative_inframe_insertion", "conservative_inframe_deletion",
        "disruptive_inframe_insertion", "disruptive_inframe_deletion",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The other classifications of the GDC MAF format: known, and not counted.</summary>
    public static IReadOnlySet<string> SilentClassifications { get; } = new[]
    {
        "Silent", "Intron", "RNA", "IGR", "3'UTR", "5'UTR", "3'Flank", "5'Flank", "Splice_Region", "Targeted_Region", "lincRNA",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Classification =
        ((FrozenSet<string>)NonSilentClassifications).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OtherClassification =
        ((FrozenSet<string>)SilentClassifications).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Term =
        ((FrozenSet<string>)NonSilentTerms).GetAlternateLookup<ReadOnlySpan<char>>();

    internal static bool IsNonSilentClassification(ReadOnlySpan<char> classification) => Classification.Contains(classification);

    internal static bool IsKnownClassification(ReadOnlySpan<char> classification) =>
        Classification.Contains(classification) || OtherClassification.Contains(classification);

    /// <summary>Whether any of the terms joined by <c>&amp;</c> is non-silent.</summary>
    internal static bool HasNonSilentTerm(ReadOnlySpan<char> terms)
    {
        foreach (var range in terms.Split('&'))
            if (Term.Contains(terms[range].Trim()))
                return true;
        return false;
    }

    /// <summary>FILTER is PASS, or missing (<c>.</c>, empty).</summary>
    internal static bool Passes(ReadOnlySpan<char> filter) => filter.Length == 0 || filter is "." or "PASS";
}
