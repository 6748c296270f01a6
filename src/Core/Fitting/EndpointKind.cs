namespace RadiogenomicsCloud.Fitting;

/// <summary>What kind of thing is predicted.</summary>
public enum EndpointKind
{
    /// <summary>One of two classes.</summary>
    Binary,

    /// <summary>One of three or more classes.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Continuous,

    /// <summary>The time to an event, known for some and for the others longer than their follow-up (right-censored).</summary>
    Survival,
}
