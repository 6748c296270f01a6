using RadiogenomicsCloud.Cli.Demo;

namespace RadiogenomicsCloud.Cli.Tests.Running;

/// <summary>
/// Twelve cases of the demo, the last with a slice missing, and a study of two entries on the one CT: the fewest that can be resampled
/// (five patients of each class) with a case to lose.
/// </summary>
internal static class SmallCohort
{
    public const int Cases = 12;
    public const int Images = 2;
    public const string BrokenCase = "DEMO-012";
    public const string StudyName = "small";
    private const ulong Seed = 20260102;

    /// <summary>Writes the cohort; <paramref name="bins"/> are those of the image <c>b</c> alone.</summary>
    public static void Write(string folder, string study = StudyName, int bins = 16, ulong seed = Seed)
    {
        new DemoCohort(Cases, seed).Write(folder);
        WriteStudy(folder, study, bins);
    }

    public static void WriteStudy(string folder, string study = StudyName, int bins = 16) => File.WriteAllText(
        Path.Combine(folder, "study.yaml"),
        $$"""
        schema: 1
        study: {{study}}
        ids: {case: case_id, site: site}
        endpoints:
          - {column: response, kind: binary}
        imaging:
          - name: a
            modality: CT
            roi: Tumour
            discretise: {method: FBS, bin_width: 10}
            families: [intensity_statistics, intensity_histogram]
          - name: b
            modality: CT
            roi: Tumour
            discretise: {method: FBN, bins: {{bins}}}
            families: [glcm]
        compare: [a, b]
        select:
          - correlation: {max: 0.9}
        models:
          - elastic_net: {}
        validate:
          - bootstrap: {resamples: 10}
          - interval: {outer: 20, inner: 5}
        seed: 7

        """);

    /// <summary>Adds whole cases to the cohort.</summary>
    public static void Add(string folder, params string[] cases)
    {
        for (var n = 0; n < cases.Length; n++)
        {
            new SyntheticTumour(cases[n], n - 0.5, Seed + (ulong)n).Write(Path.Combine(folder, "imaging", cases[n]), withoutSlice: null);
            File.AppendAllText(Path.Combine(folder, "clinical.csv"), $"{cases[n]},A,50,F,{n % 2},1,100\n");
        }
    }
}
