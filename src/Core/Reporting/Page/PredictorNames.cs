using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>What a predictor's column name means.</summary>
internal static class PredictorNames
{
    /// <summary>
    /// For <c>&lt;image&gt;_&lt;filter&gt;_&lt;IBSI tag&gt;</c> the standard's name, aggregation and code; for molecular columns what was measured;
    /// null for names that the study chose itself.
    /// </summary>
    public static string? Describe(string predictor)
    {
        if (Rest(predictor, MutationTable.ColumnPrefix) is { } mutated)
            return $"Mutation of {mutated}";
        if (Rest(predictor, MolecularMatrixReader.ExpressionPrefix) is { } expressed)
            return $"Expression of {expressed}";
        if (Rest(predictor, MolecularMatrixReader.CopyNumberPrefix) is { } copied)
            return $"Copy number of {copied}";
        // The image's name may itself hold underscores, so the tag is the longest ending that the catalogue knows after two parts at least.
        var parts = 0;
        for (var at = predictor.IndexOf('_', StringComparison.Ordinal); at >= 0; at = predictor.IndexOf('_', at + 1))
        {
            if (++parts >= 2 && FeatureCatalogue.Find(predictor[(at + 1)..]) is { } feature)
                return $"{feature.Name}{(feature.Aggregation is { } way ? $", {Aggregation(way)}" : "")} (IBSI {feature.IbsiCode})";
        }
        return null;
    }

    private static string? Rest(string predictor, string prefix) =>
        predictor.Length > prefix.Length && predictor.StartsWith(prefix, StringComparison.Ordinal) ? predictor[prefix.Length..] : null;

    private static string Aggregation(string key) => key switch
    {
        TextureAggregation.ThreeDimensionalAveraged => "3D, averaged over directions",
        TextureAggregation.ThreeDimensionalMerged => "3D, directions merged",
        _ => key,
    };
}
