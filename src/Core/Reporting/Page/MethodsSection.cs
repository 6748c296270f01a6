using System.Text.Encodings.Web;
using System.Text.Json;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>What was done, in words that follow from how the product works, and the settings as they were.</summary>
internal static class MethodsSection
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Html html, ReportInput input)
    {
        html.Raw("<h2>What was done</h2>\n<ol>\n");
        foreach (var sentence in Sentences(input))
            html.Element("li", sentence).Raw("\n");
        html.Raw("</ol>\n<details open><summary>Settings</summary><h3>Settings, defaults filled in</h3>\n")
            .Element("pre", JsonSerializer.Serialize(input.Provenance.Settings, Indented)).Raw("</details>\n");
    }

    private static IEnumerable<string> Sentences(ReportInput input)
    {
        if (input.Previews.Count > 0)
        {
            yield return "Images were read from DICOM or NIfTI; slices were ordered by position, never by name or number, and no slice was interpolated in place of a missing one.";
            yield return "Regions of interest were rasterised by voxel centres in patient space on the series they were drawn on, then image and mask were resampled, resegmented and discretised as set, in the order of the Image Biomarker Standardisation Initiative (IBSI).";
            yield return "Imaging features follow the IBSI reference manual and carry its tags; missing is missing, never zero.";
        }
        yield return "All predictor sets were compared on the same cases: those with the endpoint and with every image and molecular table that the comparison needs.";
        if (input.Performance.Kind == "external")
        {
            yield return "The locked model was applied as it is; the interval of its AUC is DeLong's.";
            yield break;
        }
        yield return "Imputation, filters, selection, tuning and fitting were learned inside each resample on its training cases only; copies of a case in a bootstrap sample never straddle inner folds.";
        yield return "Intervals re-run the whole pipeline, as stated beside each of them.";
        yield return "The locked model was fitted with the same procedure on all analysed cases; its performance is what the resamples say about the procedure, not what it shows on its own training cases.";
    }
}
