namespace RadiogenomicsCloud.Learning;

/// <summary>The answers to imbalance, in the order in which the documentation lists them.</summary>
internal static class BalanceRegistrations
{
    public static readonly BalanceRegistration[] All = [];
}
