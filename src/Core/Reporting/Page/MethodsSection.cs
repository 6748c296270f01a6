using System.Text.Json;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>What was done, in words that follow from how the product works, and the settings as they were.</summary>
internal static class MethodsSection
{
    public const string Anchor = "methods";

    public static void Write(Html html, ReportInput input)
    {
        html.Heading(Anchor, "What was done").Raw("<ol>\n");
        foreach (var sentence in Sentences(input))
            html.Element("li", sentence).Raw("\n");
        html.Raw("</ol>\n");
        ImagingTable.Write(html, input.Provenance.Settings);
        html.Raw(PerformanceFigures.IsExternal(input.Performance)
            ? "<h3>Settings of the study that made the locked models</h3>\n"
            : "<h3>Settings</h3>\n");
        html.Raw("<p class=\"soft\">What the study file asks for, as it was understood. Defaults that the study left as they are stand in <span class=\"default\">lighter italics</span>.</p>\n");
        SettingsListing.Write(html, input.Provenance.Settings);
    }

    private static IEnumerable<string> Sentences(ReportInput input)
    {
        if (input.Previews.Count > 0)
        {
            yield return "Images were read from DICOM or NIfTI; slices were ordered by position, never by name or number, and no slice was interpolated in place of a missing one.";
            yield return "Regions of interest were rasterised by voxel centres in patient space on the series they were drawn on; image and mask were then resampled, resegmented and discretised as set, in the order of the Image Biomarker Standardisation Initiative (IBSI).";
            yield return "Imaging features follow the IBSI reference manual and carry its tags; missing is missing, never zero.";
        }
        if (input is { IsMapAlone: true, Association: { } alone })
        {
            yield return "The map holds every case with something of both sides, one case a patient, whether or not it has an endpoint.";
            foreach (var sentence in AssociationHeadline.Sentences(alone))
                yield return sentence;
            yield break;
        }
        if (PerformanceFigures.IsExternal(input.Performance))
        {
            yield return "The locked models were applied as they are to cases that they had never seen; imputation, scaling, selection and coefficients are those of their development.";
            if (input.Performance.Models.Any(m => m.RiskGroups is not null || m.Estimates.Any(e => e.Measure is "sensitivity" or "specificity")))
                yield return "Decisions and risk groups are at the cut-off that was fixed on the training cases when the model was locked.";
            if (input.Performance.Models.Any(m => (m.CalibrationAt ?? []).Any(c => c.Incidence is not null)))
                yield return MethodSentences.Competing;
            yield return "Each interval was obtained as its letter says.";
            yield break;
        }
        if (input.Performance.Models.Count > 1)
            yield return "All predictor sets were compared on the same cases: those with the endpoint and with every image and table that the comparison needs.";
        var study = input.Provenance.Settings;
        foreach (var sentence in MethodSentences.Learning(study))
            yield return sentence;
        if (study.ValueKind is JsonValueKind.Object && study.TryGetProperty("genomics", out _))
            yield return "Decided once on all cases, without the endpoint: which genes are mutated often enough to be columns, and which of several rows of one gene is kept.";
        foreach (var sentence in MethodSentences.Schemes(input).Concat(MethodSentences.Judging(input)))
            yield return sentence;
        if (input.Association is { } map)
        {
            yield return "The map between image and molecule stands beside the models and chooses nothing for them; it holds every case with something of both sides, one case a patient, whether or not it has the endpoint.";
            foreach (var sentence in AssociationHeadline.Sentences(map))
                yield return sentence;
        }
        yield return "The locked models were fitted with the same procedure on all analysed cases; their performance is what the resamples say of the procedure, not what they show on their own training cases.";
    }
}
