using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>Computes the wanted features of a prepared region.</summary>
public static class FeatureExtractor
{
    /// <summary>
    /// The features that <paramref name="settings"/> name, as listed by <see cref="FeatureCatalogue.WantedFeatures"/>; undefined ones
    /// are NaN.
    /// </summary>
    /// <param name="discretised">Grey levels of <paramref name="roi"/>, on its grid; null if no wanted family needs any.</param>
    /// <exception cref="BadInputException">Unknown family or aggregation; a family needs grey levels and there are none.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; looked at before each family.</exception>
    public static IReadOnlyList<FeatureValue> Extract(
        RegionOfInterest roi, DiscretisedRegion? discretised, FeatureSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(roi);
        var families = FeatureCatalogue.WantedFamilies(settings);
        if (discretised is null && families.FirstOrDefault(f => f.NeedsDiscretisation) is { } needs)
        {
            throw new BadInputException(
                "radiomics.discretisation_required",
                $"The feature family '{needs.Key}' needs grey levels; add a discretisation (FBS with a bin width, or FBN with a number of bins).",
                "discretise");
        }
        var results = new List<FeatureValue>();
        foreach (var family in families)
        {
            cancel.ThrowIfCancellationRequested();
            var values = new double[family.Features.Count];
            Array.Fill(values, double.NaN);
            family.Compute(roi, discretised, settings, values);
            for (var f = 0; f < values.Length; f++)
            {
                if (FeatureCatalogue.IsWanted(family.Features[f], settings))
                    results.Add(new(family.Features[f], double.IsFinite(values[f]) ? values[f] : double.NaN));
            }
        }
        return results;
    }
}
