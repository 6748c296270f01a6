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
        ArgumentNullException.ThrowIfNull(roi);
        CheckDiscretisation(discretised is not null, settings);
        settings.Validate();
        var families = FeatureCatalogue.WantedFamilies(settings);
        var input = new FeatureInput(roi, discretised, settings);
        var results = new List<FeatureValue>();
        foreach (var family in families)
        {
            cancel.ThrowIfCancellationRequested();
            var values = new FamilyValues(family);
            family.Compute(input, values);
            for (var f = 0; f < family.Features.Count; f++)
            {
                if (FeatureCatalogue.IsWanted(family.Features[f], settings))
                    results.Add(values.Read(f));
            }
        }
        return results;
    }

    /// <summary>The same, with the grey levels made here where a wanted family needs them.</summary>
    /// <param name="discretise">Null if no wanted family needs grey levels.</param>
    /// <exception cref="BadInputException">As above, and whatever <see cref="Discretiser.Discretise"/> refuses.</exception>
    public static IReadOnlyList<FeatureValue> Extract(
        RegionOfInterest roi, DiscretiseSettings? discretise, FeatureSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(roi);
        CheckDiscretisation(discretise is not null, settings);
        var needed = FeatureCatalogue.WantedFamilies(settings).Any(f => f.NeedsDiscretisation);
        return Extract(roi, discretise is not null && needed ? Discretiser.Discretise(roi, discretise) : null, settings, cancel);
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
