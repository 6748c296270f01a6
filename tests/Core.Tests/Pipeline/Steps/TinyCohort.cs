using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Core.Tests.Imaging.Nifti;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Steps;

/// <summary>
/// Fourteen cases that are the same on every machine: NIfTI images of 8 × 9 × 7 voxels and tables, all of integers that a formula gives.
/// Every kind of thing that can become of a case is in it: images with a texture that follows the response, one case without a mask, one
/// without an endpoint, one not sequenced.
/// </summary>
internal static class TinyCohort
{
    private const int Cases = 14;
    private const int SideI = 8, SideJ = 9, SideK = 7;

    public const string Study =
        """
        schema: 1
        study: tiny
        ids: {case: case_id, patient: patient_id, site: site}
        endpoints:
          - {column: response, kind: binary}
        imaging:
          - name: ct
            modality: CT
            resample: {spacing_mm: [1.5, 1.5, 1.5], image: linear, mask: linear}
            discretise: {method: FBS, bin_width: 20}
            families: [morphology, intensity_statistics, intensity_histogram, glcm]
        genomics:
          mutations: {genes: [G1, G2]}
        clinical: [age_years]
        compare: [ct, ct+mutations+clinical]
        select:
          - univariate: {fdr: 0.9}
          - correlation: {max: 0.8}
        models:
          - elastic_net: {}
        validate:
          - bootstrap: {resamples: 10}
          - nested_cv: {folds: 2, repeats: 1}
          - interval: {outer: 10, inner: 2, inner_repeats: 2}
        seed: 11

        """;

    /// <summary>A map and no model.</summary>
    public const string MapStudy =
        """
        schema: 1
        study: tiny
        ids: {case: case_id, patient: patient_id, site: site}
        imaging:
          - name: ct
            modality: CT
            resample: {spacing_mm: [1.5, 1.5, 1.5], image: linear, mask: linear}
            discretise: {method: FBS, bin_width: 20}
            families: [intensity_statistics]
        genomics:
          mutations: {genes: [G1, G2]}
        association: {adjust: [age_years], permutations: 100, resamples: 10}
        seed: 11

        """;

    /// <summary>Both mutations are predicted; only one of them is frequent and rare enough.</summary>
    public const string EndpointsStudy =
        """
        schema: 1
        study: tiny
        ids: {case: case_id, patient: patient_id, site: site}
        endpoints: {from: mutations}
        imaging:
          - name: ct
            modality: CT
            resample: {spacing_mm: [1.5, 1.5, 1.5], image: linear, mask: linear}
            discretise: {method: FBS, bin_width: 20}
            families: [intensity_statistics]
        genomics:
          mutations: {genes: [G1, G2]}
        compare: [ct]
        models:
          - ridge: {}
        validate:
          - nested_cv: {folds: 2, repeats: 1}
          - interval: {outer: 10, inner: 2, inner_repeats: 2}
          - permutation_test: {permutations: 19}
        seed: 11

        """;

    /// <summary>Writes the cohort; another <paramref name="salt"/> is another cohort of the same kind.</summary>
    public static void Write(TestFolder folder, string name, int salt)
    {
        var clinical = new StringBuilder("case_id,patient_id,site,age_years,response\n");
        var mutations = new StringBuilder("Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\n");
        for (var n = 0; n < Cases; n++)
        {
            var id = FormattableString.Invariant($"T{n:00}");
            var response = n % 2;
            var label = n == 11 ? "" : response.ToString(CultureInfo.InvariantCulture);
            clinical.Append(CultureInfo.InvariantCulture, $"{id},P{n:00},{"AB"[n % 2]},{40 + (n * 17 % 31)},{label}\n");
            if (n != 12)
            {
                mutations.Append(CultureInfo.InvariantCulture, $"TTN\tSilent\t{id}\n");
                if ((response == 1) == (n % 5 != 0))
                    mutations.Append(CultureInfo.InvariantCulture, $"G1\tMissense_Mutation\t{id}\n");
                if (n % 3 == 0)
                    mutations.Append(CultureInfo.InvariantCulture, $"G2\tNonsense_Mutation\t{id}\n");
            }
            Image(folder.At($"{name}/imaging/{id}"), n, (20 * response) + (n * (7 + salt) % 19), salt, withMask: n != 13);
        }
        folder.Write($"{name}/clinical.csv", clinical.ToString());
        folder.Write($"{name}/genomics/all.maf", mutations.ToString());
    }

    private static void Image(string path, int n, int contrast, int salt, bool withMask)
    {
        Directory.CreateDirectory(path);
        short[] dim = [3, SideI, SideJ, SideK, 1, 1, 1, 1];
        var image = new NiftiBuilder { Dim = dim, DataType = 4, Value = v => 30 + Texture(v, n, salt) + (contrast * ((v % SideI / 2) + (v / SideI % SideJ / 2) & 1)) };
        File.WriteAllBytes(Path.Combine(path, "ct.nii"), image.Build());
        if (!withMask)
            return;
        var mask = new NiftiBuilder { Dim = dim, DataType = 2, Value = v => Inside(v % SideI, v / SideI % SideJ, v / (SideI * SideJ), n) ? 1 : 0 };
        File.WriteAllBytes(Path.Combine(path, "ct.mask.nii"), mask.Build());
    }

    private static int Texture(int voxel, int n, int salt) => ((voxel * (13 + n)) + (voxel * voxel % (17 + salt))) % 23;

    /// <summary>A box whose size grows with the case, without one corner.</summary>
    private static bool Inside(int i, int j, int k, int n) =>
        i is >= 1 and <= 6 && j >= 1 && j <= 5 + (n % 3) && k is >= 1 and <= 5 && i + j + k > 4;
}
