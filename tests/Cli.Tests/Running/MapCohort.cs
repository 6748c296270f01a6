using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Cli.Tests.Running;

/// <summary>
/// Tables of 36 cases without images: of the imaging side <c>pet_a</c> follows the gene <c>LINKED</c> and the mutation of <c>DRIVER</c>, the rest is noise.
/// The same bytes everywhere.
/// </summary>
internal static class MapCohort
{
    public const int Cases = 36;

    public const string MapStudy =
        """
        schema: 1
        study: map
        ids: {case: case_id}
        features: [{name: pet}]
        genomics: {mutations: {genes: [DRIVER, PASSENGER]}, expression: {}}
        association: {permutations: 200, resamples: 20}
        seed: 3

        """;

    public const string WholeStudy = MapStudy +
        """
        endpoints: [{column: response, kind: binary}]
        compare: [pet]
        models: [{elastic_net: {}}]
        validate:
          - bootstrap: {resamples: 10}
          - interval: {outer: 10, inner: 2}

        """;

    /// <summary>Every mutation of the cohort is predicted: <c>DRIVER</c> can be, <c>PASSENGER</c> cannot, <c>RARE</c> is in two cases.</summary>
    public const string EndpointsStudy =
        """
        schema: 1
        study: many
        ids: {case: case_id}
        features: [{name: pet}]
        genomics: {mutations: {genes: [DRIVER, PASSENGER, RARE]}}
        endpoints: {from: mutations, min_frequency: 0.1}
        compare: [pet]
        models: [{ridge: {}}]
        validate:
          - bootstrap: {resamples: 10}
          - interval: {outer: 10, inner: 2}
          - permutation_test: {permutations: 99}
        seed: 3

        """;

    /// <summary>Writes the cohort, one whose expression names its cases with <paramref name="prefix"/> before their ids.</summary>
    public static void Write(TestFolder folder, string name, string study, string prefix = "")
    {
        var random = new DeterministicRandom(20260104);
        var clinical = new StringBuilder("case_id,age_years,response\n");
        var pet = new StringBuilder("case_id,pet_a,pet_b,pet_c\n");
        var expression = new StringBuilder("case_id,LINKED,N1,N2,N3\n");
        var mutations = new StringBuilder("Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\n");
        for (var n = 0; n < Cases; n++)
        {
            var id = FormattableString.Invariant($"C{n:00}");
            var biology = random.NextGaussian();
            clinical.Append(CultureInfo.InvariantCulture, $"{id},{40 + (n * 7 % 31)},{n % 2}\n");
            pet.Append(CultureInfo.InvariantCulture, $"{id},{biology:F4},{random.NextGaussian():F4},{random.NextGaussian():F4}\n");
            expression.Append(CultureInfo.InvariantCulture, $"{prefix}{id},{biology + (0.4 * random.NextGaussian()):F4},{random.NextGaussian():F4},{random.NextGaussian():F4},{random.NextGaussian():F4}\n");
            mutations.Append(CultureInfo.InvariantCulture, $"TTN\tSilent\t{id}\n");
            if (biology > 0)
                mutations.Append(CultureInfo.InvariantCulture, $"DRIVER\tMissense_Mutation\t{id}\n");
            if (n % 4 == 1)
                mutations.Append(CultureInfo.InvariantCulture, $"PASSENGER\tMissense_Mutation\t{id}\n");
            if (n is 3 or 30)
                mutations.Append(CultureInfo.InvariantCulture, $"RARE\tMissense_Mutation\t{id}\n");
        }
        folder.Write($"{name}/clinical.csv", clinical.ToString());
        folder.Write($"{name}/features/pet.csv", pet.ToString());
        folder.Write($"{name}/genomics/expression.csv", expression.ToString());
        folder.Write($"{name}/genomics/all.maf", mutations.ToString());
        folder.Write($"{name}/study.yaml", study);
    }
}
