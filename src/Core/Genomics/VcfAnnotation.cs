using System.Globalization;

namespace RadiogenomicsCloud.Genomics;

/// <summary>
/// Reads genes and consequences of the CSQ or ANN field of INFO: entries joined by commas, their parts by <c>|</c>.
/// </summary>
/// <remarks>
/// VEP: https://www.ensembl.org/info/docs/tools/vep/vep_formats.html#vcf (order of parts in the header's Format). SnpEff: "Variant
/// annotations in VCF format", version 1.0 (order fixed).
/// </remarks>
internal sealed class VcfAnnotation
{
    // A deletion of a chromosome arm changes some thousand genes.
    private const int MaxHits = 20_000;

    private readonly string key;
    private readonly int allele;
    private readonly int consequence;
    private readonly int gene;
    private readonly int alleleNumber;
    private readonly int pick;

    private VcfAnnotation(string key, int allele, int consequence, int gene, int alleleNumber, int pick) =>
        (this.key, this.allele, this.consequence, this.gene, this.alleleNumber, this.pick) = (key, allele, consequence, gene, alleleNumber, pick);

    /// <summary>Allele | Annotation | Annotation_Impact | Gene_Name | …</summary>
    public static VcfAnnotation OfSnpEff() => new("ANN=", 0, 1, 3, -1, -1);

    /// <summary>From the CSQ header line: <c>Description="… Format: Allele|Consequence|…"</c>.</summary>
    public static VcfAnnotation OfVep(ReadOnlySpan<char> line, string path)
    {
        var start = line.IndexOf("Format:", StringComparison.Ordinal);
        var format = start < 0 ? "" : line[(start + "Format:".Length)..].TrimEnd("\">").ToString();
        var parts = format.Split('|', StringSplitOptions.TrimEntries);
        var (consequence, gene) = (Array.IndexOf(parts, "Consequence"), Array.IndexOf(parts, "SYMBOL"));
        if (consequence < 0 || gene < 0)
            throw new BadInputException(
                "vcf.no-annotation",
                $"The CSQ header of {path} does not list Consequence and SYMBOL in its Format; run VEP with --symbol.",
                path);
        return new VcfAnnotation("CSQ=", Array.IndexOf(parts, "Allele"), consequence, gene, Array.IndexOf(parts, "ALLELE_NUM"), Array.IndexOf(parts, "PICK"));
    }

    /// <summary>The genes that the record changes, each with the alternate allele (from 1) that does, or 0 for any.</summary>
    public IReadOnlyCollection<(string Gene, int Allele)> Hits(
        ReadOnlySpan<char> info, ReadOnlySpan<char> reference, ReadOnlySpan<char> alternates, MutationCallsBuilder builder, LineReader lines, string path)
    {
        var hits = new HashSet<(string Gene, int Allele)>();
        foreach (var field in info.Split(';'))
        {
            if (!info[field].StartsWith(key, StringComparison.Ordinal))
                continue;
            var entries = info[field][key.Length..];
            foreach (var range in entries.Split(','))
            {
                var entry = entries[range];
                var symbol = Part(entry, gene).Trim();
                if (symbol.IsEmpty || (pick >= 0 && Part(entry, pick) is not "1") || !Consequences.HasNonSilentTerm(Part(entry, consequence)))
                    continue;
                var allele = AlleleOf(entry, reference, alternates);
                if (allele < 0 || !hits.Add((builder.Gene(symbol), allele)) || hits.Count <= MaxHits)
                    continue;
                throw new BadInputException(
                    "vcf.too-many-genes",
                    $"Line {lines.Number} of {path} changes more than {MaxHits} genes, the limit.",
                    lines.Where);
            }
        }
        return hits;
    }

    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> entry, int index)
    {
        if (index < 0)
            return default;
        for (; index > 0; index--)
        {
            var bar = entry.IndexOf('|');
            if (bar < 0)
                return default;
            entry = entry[(bar + 1)..];
        }
        var end = entry.IndexOf('|');
        return end < 0 ? entry : entry[..end];
    }

    /// <summary>
    /// The allele that an entry speaks of: by its number, else by its text as SnpEff writes it (the ALT) or VEP (without a first base that all
    /// share); 0 where the record has one only, -1 if it is none of the record's.
    /// </summary>
    private int AlleleOf(ReadOnlySpan<char> entry, ReadOnlySpan<char> reference, ReadOnlySpan<char> alternates)
    {
        if (int.TryParse(Part(entry, alleleNumber), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        if (!alternates.Contains(','))
            return 0;
        var named = Part(entry, allele).Trim();
        var shared = SharesFirstBase(reference, alternates);
        var index = 0;
        foreach (var range in alternates.Split(','))
        {
            index++;
            var alternate = alternates[range];
            if (named.SequenceEqual(alternate))
                return index;
            if (key == "CSQ=" && shared && (alternate.Length == 1 ? named is "-" : named.SequenceEqual(alternate[1..])))
                return index;
        }
        return -1;
    }

    private static bool SharesFirstBase(ReadOnlySpan<char> reference, ReadOnlySpan<char> alternates)
    {
        var differsInLength = false;
        foreach (var range in alternates.Split(','))
        {
            var alternate = alternates[range];
            if (alternate.IsEmpty || reference.IsEmpty || alternate[0] != reference[0])
                return false;
            differsInLength |= alternate.Length != reference.Length;
        }
        return differsInLength;
    }
}
