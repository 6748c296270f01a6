namespace RadiogenomicsCloud.Learning;

/// <summary>The answers to imbalance, in the order in which the documentation lists them.</summary>
internal static class BalanceRegistrations
{
    public static readonly BalanceRegistration[] All =
    [
        new(ClassWeights.Entry, _ => new ClassWeights()),
        new(Oversample.Entry, o => new Oversample(o)),
        new(Undersample.Entry, o => new Undersample(o)),
        new(Smote.Entry, o => new Smote(o)),
    ];
}
