using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>Makes a table of each imaging entry from the features of its cases.</summary>
internal static class ImagingSources
{
    /// <summary>The filter part of feature names of images that were not filtered.</summary>
    private const string Unfiltered = "original";

    /// <param name="documents">Features by case and imaging entry, where the image could be processed.</param>
    public static PredictorSource Make(
        string image, CohortCases cases, IReadOnlyDictionary<(string Case, string Image), ImageFeaturesDocument> documents, ImageResults results)
    {
        var failures = results.Results.Where(r => r.Image == image && r.Failure is not null).ToDictionary(r => r.CaseId, r => r.Failure!, StringComparer.Ordinal);
        var absent = new Dictionary<string, Absence>(StringComparer.Ordinal);
        var tags = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var caseId in cases.CaseIds)
        {
            if (failures.TryGetValue(caseId, out var failure))
                absent[caseId] = new(CaseStatus.Failed, $"imaging {image}", failure.Message);
            else if (!documents.TryGetValue((caseId, image), out var document))
                absent[caseId] = new(CaseStatus.Excluded, "no images", "There are no image files of this case below imaging/.");
            else
                tags.AddRange(document.Features.Select(f => f.Tag).Where(known.Add));
        }
        var position = tags.Select((tag, index) => (tag, index)).ToDictionary(t => t.tag, t => t.index, StringComparer.Ordinal);
        var values = tags.Select(_ => Missing(cases.CaseIds.Count)).ToArray();
        for (var row = 0; row < cases.CaseIds.Count; row++)
        {
            if (!documents.TryGetValue((cases.CaseIds[row], image), out var document))
                continue;
            foreach (var feature in document.Features)
                values[position[feature.Tag]][row] = feature.Value;
        }
        var columns = tags.Select((tag, index) => (TableColumn)new NumericColumn($"{image}_{Unfiltered}_{tag}", values[index]));
        return new(image, new CaseTable(cases.CaseIds, [.. columns]), absent, []);
    }

    private static double[] Missing(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
