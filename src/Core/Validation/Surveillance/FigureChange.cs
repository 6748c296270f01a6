namespace RadiogenomicsCloud.Validation;

/// <summary>How much a change is worth saying.</summary>
public enum AlertLevel
{
    /// <summary>Within the threshold.</summary>
    None,

    /// <summary>Beyond the threshold, but the interval still holds the locked figure: it may be chance.</summary>
    Watch,

    /// <summary>Beyond the threshold, and the interval no longer holds the locked figure.</summary>
    Alert,
}

/// <summary>One figure of a locked model, then and now.</summary>
/// <param name="Locked">The figure that the model was locked with: the leading unseen estimate; without one, the ideal (0 or 1).</param>
/// <param name="LockedMethod">How that was obtained; <c>ideal</c> where there is none.</param>
/// <param name="Now">On the new cases.</param>
/// <param name="Threshold">Largest change that is not worth saying.</param>
public sealed record FigureChange(
    string PredictorSet, string Model, string Measure, double Locked, string LockedMethod, Estimate Now, double Threshold, AlertLevel Level)
{
    public double Change => Now.Value - Locked;
}
