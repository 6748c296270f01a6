namespace RadiogenomicsCloud.Fitting;

/// <summary>Names of <see cref="Predictors.Attributes"/>.</summary>
public static class RowAttributes
{
    /// <summary>Where the case was seen: what leave-one-site-out leaves out, and the usual batch of a harmonisation.</summary>
    public const string Site = "site";

    /// <summary>What the case was imaged with.</summary>
    public const string Scanner = "scanner";

    /// <summary>The part of a split, of the column that the study names for it.</summary>
    public const string HoldOut = "hold_out";
}
