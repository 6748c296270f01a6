using System.Globalization;

namespace RadiogenomicsCloud.Genomics;

/// <summary>
/// Which alternate alleles a sample carries. Alleles are numbered from 1; <c>*</c> (deleted upstream), <c>.</c> and <c>&lt;*&gt;</c> are no alleles of their own.
/// </summary>
internal static class VcfGenotype
{
    private const int MaxAlternates = 1000;

    /// <summary>The alternate alleles of a record.</summary>
    /// <exception cref="BadInputException"><c>vcf.too-many-alleles</c>: more than 1000.</exception>
    public static bool[] Possible(ReadOnlySpan<char> alternates, LineReader lines, string path)
    {
        var count = alternates.Count(',') + 1;
        if (count > MaxAlternates)
            throw new BadInputException(
                "vcf.too-many-alleles",
                $"Line {lines.Number} of {path} has more than {MaxAlternates} alternate alleles, the limit.",
                lines.Where);
        var possible = new bool[count + 1];
        var allele = 0;
        foreach (var range in alternates.Split(','))
            possible[++allele] = alternates[range] is not ("" or "." or "*" or "<*>" or "<NON_REF>");
        return possible;
    }

    /// <summary>Marks the alternate alleles of GT. A file of one sample without GT lists the variants that this sample has.</summary>
    public static void Carried(
        ReadOnlySpan<char> format, ReadOnlySpan<char> sample, bool[] possible, bool onlySample, LineReader lines, string path, bool[] carried)
    {
        // The specification puts GT first wherever it is.
        if (format is not "GT" && !format.StartsWith("GT:", StringComparison.Ordinal))
        {
            if (!onlySample)
                throw new BadInputException(
                    "vcf.no-genotype",
                    $"Line {lines.Number} of {path} has several samples but no GT, so who carries the variant is not said.",
                    lines.Where);
            possible.CopyTo(carried, 0);
            return;
        }
        Array.Clear(carried);
        var end = sample.IndexOf(':');
        var genotype = end < 0 ? sample : sample[..end];
        foreach (var range in genotype.SplitAny('/', '|'))
        {
            var allele = genotype[range].Trim();
            if (allele.IsEmpty || allele is ".")
                continue;
            if (!int.TryParse(allele, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= possible.Length)
                throw new BadInputException(
                    "vcf.genotype",
                    $"Line {lines.Number} of {path} has a genotype that names no allele of the record.",
                    lines.Where);
            carried[number] = possible[number];
        }
    }
}
