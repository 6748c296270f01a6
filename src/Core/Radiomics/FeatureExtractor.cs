using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>Computes the wanted features of a prepared region.</summary>
public static class FeatureExtractor
{
    /// <summary>
    /// The features that <paramref name="settings"/> name, as listed by <see cref="FeatureCatalogue.WantedFeatures"/>; undefined ones
    /// are NaN and say why.
    /// </summary>
    /// <param name="discretised">Grey levels of <paramref name="roi"/>, on its grid; null if no wanted family needs any.</param>
    /// <exception cref="BadInputException"><c>radiomics.…</c>: unknown family or aggregation; a family needs grey levels and there are none.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; looked at before each family.</exception>
    public static IReadOnlyList<FeatureValue> Extract(
        RegionOfInterest roi, DiscretisedRegion? discretised, FeatureSettings settings, CancellationToken cancel)
    {
        CheckDiscretisation(discretised is not null, settings);
        return Extract(roi, discretised, settings, whyNoLevels: null, cancel);
    }

    /// <summary>
    /// The same, with the grey levels made here where a wanted family needs them. Where they would be too many (FBS on an extreme
    /// outlier), what needs them is missing and says so, and the rest is computed.
    /// </summary>
    /// <param name="discretise">Null if no wanted family needs grey levels.</param>
    /// <exception cref="BadInputException">
    /// As above, and whatever <see cref="Discretiser.Discretise"/> refuses, except <c>discretise.too-many-levels</c>.
    /// </exception>
    public static IReadOnlyList<FeatureValue> Extract(
        RegionOfInterest roi, DiscretiseSettings? discretise, FeatureSettings settings, CancellationToken cancel)
    {
        CheckDiscretisation(discretise is not null, settings);
        string? whyNoLevels = null;
        var needed = FeatureCatalogue.WantedFamilies(settings).Any(f => f.NeedsDiscretisation);
        var discretised = discretise is not null && needed ? Discretiser.TryDiscretise(roi, discretise, out whyNoLevels) : null;
        return Extract(roi, discretised, settings, whyNoLevels, cancel);
    }

    private static List<FeatureValue> Extract(
        RegionOfInterest roi, DiscretisedRegion? discretised, FeatureSettings settings, string? whyNoLevels, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(roi);
        settings.Validate();
        var families = FeatureCatalogue.WantedFamilies(settings);
        var input = new FeatureInput(roi, discretised, settings);
        var results = new List<FeatureValue>();
        foreach (var family in families)
        {
            cancel.ThrowIfCancellationRequested();
            var values = new FamilyValues(family);
            if (family.NeedsDiscretisation && whyNoLevels is not null)
                values.Missing(whyNoLevels);
            else
                family.Compute(input, values);
            for (var f = 0; f < family.Features.Count; f++)
            {
                if (FeatureCatalogue.IsWanted(family.Features[f], settings))
                    results.Add(values.Read(f));
            }
        }
        return results;
    }

    /// <summary>Refuses settings that want grey levels where there is no discretisation; costs nothing, so it can come first.</summary>
    internal static void CheckDiscretisation(bool isGiven, FeatureSettings settings)
    {
        if (!isGiven && FeatureCatalogue.WantedFamilies(settings).FirstOrDefault(f => f.NeedsDiscretisation) is { } needs)
        {
            throw new BadInputException(
                "radiomics.discretisation-required",
                $"The feature family '{needs.Key}' needs grey levels; add a discretisation (FBS with a bin width, or FBN with a number of bins).",
                "discretise");
        }
    }
}
