using System.Globalization;
using System.IO.Compression;
using System.Text;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Cli.Demo;

/// <summary>
/// Makes a synthetic cohort on disk, the same for the same seed: CT with RTSTRUCT, mutations, expression, clinical table, study file.
/// </summary>
/// <remarks>
/// What is planted (and written to <c>README.md</c> of the cohort): each case has a latent biology, normal with variance 1 around +1 in
/// responders and −1 in the others. The contrast of the tumour's texture, six expressed genes (<c>SIG1</c>…<c>SIG6</c>), the mutation
/// of <c>DRV1</c> and survival follow it. Everything else, the 40 features of <c>features/noise.csv</c> included, is noise.
/// </remarks>
internal sealed class DemoCohort(int cases, ulong seed)
{
    private const int SignalGenes = 6;
    private const int NoiseGenes = 54;
    private const int NoiseFeatures = 40;

    private readonly (string Id, bool Response, double Biology)[] population = Population(cases, seed);

    /// <summary>The case whose series lacks a slice, so that a first run shows how a failed case is reported.</summary>
    public string BrokenCase => population[^1].Id;

    /// <summary>Whether the folder holds this very cohort.</summary>
    public bool IsIn(string folder)
    {
        var path = Path.Combine(folder, "README.md");
        return File.Exists(path) && File.ReadAllText(path) == Readme();
    }

    /// <summary>Writes the cohort into the folder, which must be empty or absent.</summary>
    public void Write(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new BadInputException(
                "demo.folder-not-empty", $"The folder '{folder}' is not empty; name another one with --out.", folder);
        }
        Directory.CreateDirectory(Path.Combine(folder, "genomics"));
        Directory.CreateDirectory(Path.Combine(folder, "features"));
        for (var n = 0; n < population.Length; n++)
        {
            var (id, _, biology) = population[n];
            new SyntheticTumour(id, biology, DeterministicRandom.Derive(seed, "tumour", n))
                .Write(Path.Combine(folder, "imaging", id), id == BrokenCase ? 11 : null);
        }
        WriteText(folder, "clinical.csv", Clinical());
        WriteText(folder, "features/noise.csv", Noise());
        WriteText(folder, "genomics/expression.tsv", Expression());
        WriteText(folder, "study.yaml", StudyYaml);
        using (var maf = new GZipStream(File.Create(Path.Combine(folder, "genomics", "mutations.maf.gz")), CompressionLevel.Optimal))
            maf.Write(Encoding.UTF8.GetBytes(Mutations()));
        // Last: it marks the cohort as complete.
        WriteText(folder, "README.md", Readme());
    }

    private static (string, bool, double)[] Population(int cases, ulong seed)
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, "population", 0));
        var people = new (string, bool, double)[cases];
        for (var n = 0; n < cases; n++)
        {
            var response = n % 2 == 0;
            people[n] = (string.Create(CultureInfo.InvariantCulture, $"DEMO-{n + 1:000}"), response, (response ? 1 : -1) + random.NextGaussian());
        }
        return people;
    }

    private string Clinical()
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, "clinical", 0));
        var csv = new StringBuilder("case_id,site,age_years,sex,response,death,os_days\n");
        foreach (var (id, response, biology) in population)
        {
            var survival = -Math.Log(1 - random.NextDouble()) * 900 * Math.Exp(0.7 * biology);
            var followUp = 300 + (1500 * random.NextDouble());
            csv.Append(CultureInfo.InvariantCulture, $"{id},{(random.NextInt(2) == 0 ? "A" : "B")},{35 + random.NextInt(45)},{(random.NextInt(2) == 0 ? "F" : "M")},")
                .Append(CultureInfo.InvariantCulture, $"{(response ? 1 : 0)},{(survival <= followUp ? 1 : 0)},{Math.Ceiling(Math.Min(survival, followUp))}\n");
        }
        return csv.ToString();
    }

    private string Noise()
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, "noise", 0));
        var csv = new StringBuilder("case_id," + string.Join(',', Enumerable.Range(1, NoiseFeatures).Select(f => $"noise_{f:00}")) + "\n");
        foreach (var (id, _, _) in population)
        {
            csv.Append(id);
            for (var f = 0; f < NoiseFeatures; f++)
                csv.Append(',').Append(Number(random.NextGaussian()));
            csv.Append('\n');
        }
        return csv.ToString();
    }

    private string Expression()
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, "expression", 0));
        var tsv = new StringBuilder("gene\t" + string.Join('\t', population.Select(p => p.Id)) + "\n");
        for (var g = 0; g < SignalGenes + NoiseGenes; g++)
        {
            var signal = g < SignalGenes;
            tsv.Append(signal ? $"SIG{g + 1}" : $"GENE{g - SignalGenes + 1:00}");
            foreach (var (_, _, biology) in population)
                tsv.Append('\t').Append(Number(8 + random.NextGaussian() + (signal ? 0.6 * biology : 0)));
            tsv.Append('\n');
        }
        return tsv.ToString();
    }

    private string Mutations()
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, "mutations", 0));
        string[] genes = ["DRV1", "DRV2", "DRV3", "DRV4", "PAS1", "PAS2"];
        string[] classes = ["Missense_Mutation", "Nonsense_Mutation", "Frame_Shift_Del", "Silent"];
        var maf = new StringBuilder("#version 2.4\nHugo_Symbol\tChromosome\tStart_Position\tEnd_Position\tVariant_Classification\tReference_Allele\tTumor_Seq_Allele2\tTumor_Sample_Barcode\tFILTER\n");
        foreach (var (id, _, biology) in population)
        {
            // Every sequenced case is named at least once, by a silent mutation.
            Row("TTN", "Silent", id);
            foreach (var gene in genes)
            {
                var probability = gene == "DRV1" ? 1 / (1 + Math.Exp(-1.4 * biology)) : 0.25;
                if (random.NextDouble() < probability)
                    Row(gene, classes[random.NextInt(gene == "DRV1" ? 3 : 4)], id);
            }
        }
        return maf.ToString();

        void Row(string gene, string kind, string id)
        {
            var position = 1_000_000 + random.NextInt(9_000_000);
            maf.Append(CultureInfo.InvariantCulture, $"{gene}\t{1 + random.NextInt(22)}\t{position}\t{position}\t{kind}\tC\tT\t{id}\tPASS\n");
        }
    }

    private static string Number(double value) => Math.Round(value, 4).ToString(CultureInfo.InvariantCulture);

    private static void WriteText(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private string Readme() =>
        $"""
        # Synthetic demo cohort

        Made by `radiogenomics demo` with seed {seed}: {cases} cases that never lived. Nothing here may be used as evidence of anything.

        ## What is planted
        Each case has a latent biology, normal with variance 1 around +1 in responders (`response` = 1) and −1 in the others. Of the data,
        these follow it:
        - imaging: the contrast of the tumour's coarse texture (so the intensity variance and the GLCM features of contrast);
        - expression: `SIG1` … `SIG{SignalGenes}`; the other {NoiseGenes} genes are noise;
        - mutations: `DRV1`; the other genes are mutated at random;
        - survival (`os_days`, `death`).

        So features of the image's texture go with `SIG1` … `SIG{SignalGenes}` and `DRV1`: the map between image and molecule must find such links, and
        none of `features/noise.csv` or of other genes beyond its error rate.

        The {NoiseFeatures} features of `features/noise.csv` know nothing: a run must find an AUC around 0.5 for them.

        The case `{BrokenCase}` lacks one slice of its series on purpose: it must be reported as failed while the rest goes on.
        """ + "\n";

    private const string StudyYaml =
        """
        schema: 1
        study: demo-response
        ids: {case: case_id, site: site}
        endpoints:
          - {column: response, kind: binary}
        imaging:
          - name: ct
            modality: CT
            roi: Tumour
            resample: {spacing_mm: [2, 2, 2], image: cubic, mask: linear}
            resegment: {range: [-50, 300]}
            discretise: {method: FBS, bin_width: 10}
            families: [all]
        genomics:
          mutations: {genes: [DRV1, DRV2, DRV3, DRV4]}
          expression: {}
        features:
          - {name: noise}
        compare: [ct, mutations+expression, ct+mutations+expression, noise]
        select:
          - univariate: {fdr: 0.2}
          - correlation: {max: 0.9}
        models:
          - elastic_net: {}
        association:
          imaging: [ct, noise]
          molecular: [mutations, expression]
        validate:
          - bootstrap: {resamples: 200}
          - nested_cv: {folds: 5, repeats: 5}
          - interval: {outer: 50, inner: 5, inner_repeats: 2}
        seed: 20260101

        """;
}
