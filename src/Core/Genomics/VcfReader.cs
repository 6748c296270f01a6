using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Genomics;

/// <summary>
/// Streams a VCF 4.x file, plain or gzip/bgzip. Genes and consequences come from the <c>CSQ</c> (VEP) or <c>ANN</c> (SnpEff) INFO field;
/// a sample carries a gene's mutation if its GT has an allele with a qualifying consequence
/// (<see cref="Consequences.NonSilentTerms"/>) in any annotated transcript, or in the picked ones where CSQ has PICK. Samples of the
/// header are sequenced even if no record follows. Specification: https://samtools.github.io/hts-specs/VCFv4.3.pdf
/// </summary>
public static class VcfReader
{
    private const int FixedColumns = 8;

    /// <param name="stream">The file's bytes; left open.</param>
    /// <param name="path">Decides compression, named in messages.</param>
    /// <param name="caseId">
    /// The case that a file of one case stands for; its tumour sample is then the one that <c>##tumor_sample</c> names, or the only one, or the only
    /// one besides <c>##normal_sample</c>, or the one called TUMOR; a file without sample columns is the case's own list of variants. Null: every
    /// sample of the header counts under its own name.
    /// </param>
    /// <param name="options">FILTER and limits.</param>
    /// <exception cref="BadInputException">
    /// <c>vcf.version</c>, <c>vcf.no-header</c>, <c>vcf.no-sample</c>, <c>vcf.no-annotation</c>, <c>vcf.no-genotype</c>, <c>vcf.genotype</c>, <c>vcf.too-many-alleles</c>, <c>vcf.too-many-genes</c>,
    /// <c>table.duplicate-column</c>, <c>table.ragged-row</c>, <c>text.*</c>; names the line.
    /// </exception>
    public static MutationCalls Read(Stream stream, string path, string? caseId = null, MutationReadOptions? options = null) =>
        TextSource.Guard(path, () =>
        {
            var settings = options ?? MutationReadOptions.Default;
            using var lines = new LineReader(stream, path, settings.Limits);
            return Read(lines, path, caseId, settings);
        });

    private static MutationCalls Read(LineReader lines, string path, string? caseId, MutationReadOptions options)
    {
        var header = VcfHeader.Read(lines, path);
        var samples = SamplesOf(header, path, caseId);
        var builder = new MutationCallsBuilder();
        var genes = Array.ConvertAll(samples, sample => builder.Sequenced(sample.Name));
        var width = header.Samples.Count == 0 ? FixedColumns : FixedColumns + 1 + header.Samples.Count;
        var cells = new Range[width + 1];
        long rows = 0, filtered = 0, silent = 0, qualifying = 0;
        while (lines.Read(out var line))
        {
            if (line.IsWhiteSpace() || line[0] == '#')
                continue;
            rows++;
            // Sites-only files may keep the FORMAT column.
            var count = line.Split(cells, '\t');
            if (count != width && !(header.Samples.Count == 0 && header.HasFormat && count == width + 1))
                throw new BadInputException(
                    "table.ragged-row",
                    $"Line {lines.Number} of {path} has {line.Count('\t') + 1} cells where the header has {width}; the file may be cut off.",
                    lines.Where);
            if (header.Annotation is not { } annotation)
                throw new BadInputException(
                    "vcf.no-annotation",
                    $"{path} has variants but neither CSQ nor ANN annotations; annotate it with VEP or SnpEff.",
                    path);
            if (options.RequirePass && !Consequences.Passes(line[cells[6]]))
            {
                filtered++;
                continue;
            }
            var reference = line[cells[3]];
            var alternates = line[cells[4]];
            var possible = VcfGenotype.Possible(alternates, lines, path);
            var hits = annotation.Hits(line[cells[7]], reference, alternates, builder, lines, path);
            var carried = (bool[])possible.Clone();
            var used = false;
            for (var s = 0; s < samples.Length; s++)
            {
                if (samples[s].Column >= 0)
                    VcfGenotype.Carried(line[cells[FixedColumns]], line[cells[samples[s].Column]], possible, header.Samples.Count == 1, lines, path, carried);
                var any = Array.IndexOf(carried, true) >= 0;
                foreach (var (gene, allele) in hits)
                {
                    if (allele == 0 ? !any : allele >= carried.Length || !carried[allele])
                        continue;
                    genes[s].Add(gene);
                    used = true;
                }
            }
            if (used)
                qualifying++;
            else
                silent++;
        }
        builder.Counts = new MutationCounts(rows, filtered, silent, qualifying);
        return builder.Build();
    }

    private static (string Name, int Column)[] SamplesOf(VcfHeader header, string path, string? caseId)
    {
        var all = header.Samples.Select((name, s) => (Name: name, Column: FixedColumns + 1 + s)).ToArray();
        if (caseId is null)
        {
            var tumours = all.Where(sample => sample.Name != header.NormalSample).ToArray();
            return tumours.Length > 0
                ? tumours
                : throw new BadInputException(
                    "vcf.no-sample",
                    $"{path} names no sample; put it under genomics/variants/<case_id>.vcf, or add sample columns.",
                    path);
        }
        if (all.Length == 0)
            return [(caseId, -1)];
        var candidates = all.Where(sample => sample.Name == header.TumourSample).ToArray();
        if (candidates.Length == 0)
            candidates = all.Where(sample => sample.Name != header.NormalSample).ToArray();
        if (candidates.Length > 1)
            candidates = candidates.Where(sample => sample.Name == "TUMOR").ToArray();
        return candidates.Length == 1
            ? [(caseId, candidates[0].Column)]
            : throw new BadInputException(
                "vcf.no-sample",
                $"{path} is the file of one case, but which of its {all.Length} samples is the tumour is not said; name it in a ##tumor_sample line.",
                path);
    }
}
