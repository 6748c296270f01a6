using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Genomics;

/// <summary>What the reader needs of a VCF header.</summary>
internal sealed record VcfHeader(IReadOnlyList<string> Samples, bool HasFormat, string? TumourSample, string? NormalSample, VcfAnnotation? Annotation)
{
    private static readonly string[] Fixed = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"];

    public static VcfHeader Read(LineReader lines, string path)
    {
        if (!lines.Read(out var first) || !first.StartsWith("##fileformat=VCFv4", StringComparison.Ordinal))
            throw new BadInputException("vcf.version", $"{path} does not begin with ##fileformat=VCFv4.x; it is no VCF file of version 4.", path);
        string? tumour = null, normal = null;
        VcfAnnotation? csq = null, ann = null;
        while (lines.Read(out var line))
        {
            if (line.StartsWith("##tumor_sample=", StringComparison.Ordinal))
                tumour = line["##tumor_sample=".Length..].Trim().ToString();
            else if (line.StartsWith("##normal_sample=", StringComparison.Ordinal))
                normal = line["##normal_sample=".Length..].Trim().ToString();
            else if (line.StartsWith("##INFO=<ID=CSQ,", StringComparison.Ordinal))
                csq = VcfAnnotation.OfVep(line, path);
            else if (line.StartsWith("##INFO=<ID=ANN,", StringComparison.Ordinal))
                ann = VcfAnnotation.OfSnpEff();
            else if (line.StartsWith("#CHROM", StringComparison.Ordinal))
            {
                var (samples, hasFormat) = Columns(line, path, lines.Where);
                return new VcfHeader(samples, hasFormat, tumour, normal, csq ?? ann);
            }
            else if (!line.StartsWith("##", StringComparison.Ordinal))
                break;
        }
        throw new BadInputException("vcf.no-header", $"{path} has no #CHROM line before its records.", path);
    }

    private static (IReadOnlyList<string> Samples, bool HasFormat) Columns(ReadOnlySpan<char> line, string path, string where)
    {
        var columns = line.ToString().Split('\t', StringSplitOptions.TrimEntries);
        if (columns.Length < Fixed.Length || !columns.AsSpan(0, Fixed.Length).SequenceEqual(Fixed) || (columns.Length > Fixed.Length && columns[Fixed.Length] != "FORMAT"))
            throw new BadInputException(
                "vcf.no-header",
                $"The #CHROM line of {path} does not have the columns {string.Join(' ', Fixed)} FORMAT, separated by tabs.",
                where);
        var samples = columns.Skip(Fixed.Length + 1).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sample in samples)
            if (sample.Length == 0 || !seen.Add(sample))
                throw new BadInputException(
                    "table.duplicate-column",
                    $"{path} names sample {CellText.Quote(sample)} twice or leaves it blank.",
                    where);
        return (samples, columns.Length > Fixed.Length);
    }
}
