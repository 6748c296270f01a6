namespace RadiogenomicsCloud.Preprocessing;

/// <summary>Checks of the preprocessing settings, with the ranges that the product allows. Every failure is a <see cref="BadInputException"/>.</summary>
public static class SettingsValidation
{
    /// <summary>Smallest and largest voxel spacing that can be asked for, in mm.</summary>
    public const double MinSpacingMm = 0.01, MaxSpacingMm = 100;

    /// <summary>Most grey levels of a discretisation, by either method: those that 16 bits hold beside 0 for outside.</summary>
    public const int MaxLevels = 65_535;

    /// <summary>Checks all parts that are present.</summary>
    /// <exception cref="BadInputException">A setting is out of its range or contradicts another (<c>settings.…</c>).</exception>
    public static void Validate(this PreprocessingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Resample?.Validate();
        settings.Resegment?.Validate();
        settings.Discretise?.Validate();
    }

    /// <summary>Two or three spacings between <see cref="MinSpacingMm"/> and <see cref="MaxSpacingMm"/>; the mask nearest or linear.</summary>
    /// <exception cref="BadInputException"><c>settings.resample</c>.</exception>
    public static void Validate(this ResampleSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.SpacingMm is not { Count: 2 or 3 })
            throw Bad("settings.resample", "resample.spacing_mm", "resample.spacing_mm takes two values (in the slice plane) or three (i, j, k).");
        foreach (var spacing in settings.SpacingMm)
        {
            if (!(spacing >= MinSpacingMm && spacing <= MaxSpacingMm))
                throw Bad("settings.resample", "resample.spacing_mm", FormattableString.Invariant(
                    $"resample.spacing_mm has {spacing}; each value must lie between {MinSpacingMm} and {MaxSpacingMm} mm."));
        }
        if (!Enum.IsDefined(settings.Image))
            throw Bad("settings.resample", "resample.image", "resample.image must be nearest, linear or cubic.");
        if (settings.Mask is not (Interpolation.Nearest or Interpolation.Linear))
            throw Bad("settings.resample", "resample.mask", "resample.mask must be nearest or linear: a cubic kernel overshoots and makes no meaningful mask.");
    }

    /// <summary>Finite bounds, low ≤ high; sigma in (0, 1000].</summary>
    /// <exception cref="BadInputException"><c>settings.resegment</c>.</exception>
    public static void Validate(this ResegmentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Low is { } low && !double.IsFinite(low) || settings.High is { } high && !double.IsFinite(high))
            throw Bad("settings.resegment", "resegment.range", "resegment.range takes finite numbers; leave a bound empty (null) where there is none.");
        if (settings.Low > settings.High)
            throw Bad("settings.resegment", "resegment.range", FormattableString.Invariant(
                $"resegment.range is [{settings.Low}, {settings.High}]: its lower bound exceeds its upper bound."));
        if (settings.Sigma is { } sigma && !(sigma > 0 && sigma <= 1000))
            throw Bad("settings.resegment", "resegment.sigma", FormattableString.Invariant(
                $"resegment.sigma is {sigma}; it must be greater than 0 and at most 1000."));
    }

    /// <summary>FBS: a positive finite bin width and no bin number; FBN: 2 to <see cref="MaxLevels"/> bins and no width.</summary>
    /// <exception cref="BadInputException"><c>settings.discretise</c>.</exception>
    public static void Validate(this DiscretiseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        switch (settings.Method)
        {
            case DiscretiseMethod.FBS:
                if (settings.BinWidth is not { } width || !(width > 0) || !double.IsFinite(width))
                    throw Bad("settings.discretise", "discretise.bin_width", "discretise with FBS needs bin_width, a positive number in the image's unit.");
                if (settings.Bins is not null)
                    throw Bad("settings.discretise", "discretise.bins", "discretise with FBS takes bin_width and no bins.");
                break;
            case DiscretiseMethod.FBN:
                if (settings.Bins is not { } bins || bins < 2 || bins > MaxLevels)
                    throw Bad("settings.discretise", "discretise.bins", FormattableString.Invariant(
                        $"discretise with FBN needs bins, a whole number from 2 to {MaxLevels}."));
                if (settings.BinWidth is not null)
                    throw Bad("settings.discretise", "discretise.bin_width", "discretise with FBN takes bins and no bin_width.");
                break;
            default:
                throw Bad("settings.discretise", "discretise.method", "discretise.method must be FBS or FBN.");
        }
    }

    private static BadInputException Bad(string code, string where, string message) => new(code, message, where);
}
