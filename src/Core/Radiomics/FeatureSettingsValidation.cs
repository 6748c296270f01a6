using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>
/// Checks of the options of feature families, with the ranges that the product allows. What is wanted (families, aggregations, tags) is
/// checked by <see cref="FeatureCatalogue.WantedFamilies"/>. Every failure is a <see cref="BadInputException"/>.
/// </summary>
public static class FeatureSettingsValidation
{
    /// <summary>Checks the options of all families that are given.</summary>
    /// <exception cref="BadInputException"><c>settings.texture</c>, <c>settings.ivh</c>.</exception>
    public static void Validate(this FeatureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Texture?.Validate();
        settings.Ivh?.Validate();
    }

    /// <summary>
    /// Distances from 1 to <see cref="NeighbourSettings.MaxDistance"/>, of runs exactly 1; no weights of the NGLDM, whose
    /// features are defined for counts; coarseness from 0 to <see cref="SettingsValidation.MaxLevels"/>.
    /// </summary>
    /// <exception cref="BadInputException"><c>settings.texture</c>.</exception>
    public static void Validate(this TextureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Check(settings.Glcm, "glcm");
        Check(settings.Glrlm, "glrlm");
        Check(settings.Ngtdm, "ngtdm");
        Check(settings.Ngldm, "ngldm");
        if (settings.Glrlm is { Distance: not 1 } or { Norm: not DistanceNorm.Chebyshev })
            throw Texture("glrlm", "texture.glrlm takes weight and weight_norm alone; runs are of adjacent voxels.");
        if (settings.Ngldm is { Weight: not DistanceWeight.None })
            throw Texture("ngldm.weight", "texture.ngldm.weight must be none: a weighted dependence is no count, and the features of the NGLDM are defined for counts alone.");
        if (settings.NgldmCoarseness is < 0 or > SettingsValidation.MaxLevels)
            throw Texture("ngldm.coarseness", FormattableString.Invariant(
                $"texture.ngldm.coarseness is {settings.NgldmCoarseness}; it must be a whole number from 0 to {SettingsValidation.MaxLevels}."));
    }

    /// <summary>None takes no bins; FBS a positive finite bin width alone; FBN 2 to <see cref="SettingsValidation.MaxLevels"/> bins alone.</summary>
    /// <exception cref="BadInputException"><c>settings.ivh</c>.</exception>
    public static void Validate(this IvhSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var (widthIsRight, binsAreRight, takes) = settings.Method switch
        {
            IvhDiscretisation.None => (settings.BinWidth is null, settings.Bins is null, "neither bin_width nor bins"),
            IvhDiscretisation.FBS => (settings.BinWidth is > 0 and < double.PositiveInfinity, settings.Bins is null,
                "bin_width, a positive number in the image's unit, and no bins"),
            IvhDiscretisation.FBN => (settings.BinWidth is null, settings.Bins is >= 2 and <= SettingsValidation.MaxLevels,
                FormattableString.Invariant($"bins, a whole number from 2 to {SettingsValidation.MaxLevels}, and no bin_width")),
            _ => throw new BadInputException("settings.ivh", "ivh.method must be none, FBS or FBN.", "ivh.method"),
        };
        if (!widthIsRight || !binsAreRight)
            throw new BadInputException("settings.ivh", $"ivh with method {settings.Method} takes {takes}.", widthIsRight ? "ivh.bins" : "ivh.bin_width");
    }

    private static void Check(NeighbourSettings? settings, string matrix)
    {
        if (settings is null)
            return;
        if (settings.Distance is < 1 or > NeighbourSettings.MaxDistance)
            throw Texture($"{matrix}.distance", FormattableString.Invariant(
                $"texture.{matrix}.distance is {settings.Distance}; it must be a whole number of voxels from 1 to {NeighbourSettings.MaxDistance}."));
        if (!Enum.IsDefined(settings.Norm) || !Enum.IsDefined(settings.WeightNorm))
            throw Texture($"{matrix}.norm", $"texture.{matrix} has a norm that is none of chebyshev, euclidean and manhattan.");
        if (!Enum.IsDefined(settings.Weight))
            throw Texture($"{matrix}.weight", $"texture.{matrix}.weight must be none, inverse or gaussian.");
    }

    private static BadInputException Texture(string key, string message) => new("settings.texture", message, "texture." + key);
}
