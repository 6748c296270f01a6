namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>
/// How many cases the intake let in, as the owner may see it while reviewing: every count rounded down to a multiple of the smallest count
/// shown. So no small count is told, nor can one be had as the difference of these and the exact number of analysed cases later on.
/// </summary>
/// <param name="QuarantinedBy">Cases kept out, by the code of the reason; codes whose count rounds to none are left out.</param>
public sealed record IntakeCounts(int AdmittedAtLeast, int QuarantinedAtLeast, IReadOnlyDictionary<string, int> QuarantinedBy)
{
    /// <param name="codes">The code of the reason of every case that was kept out.</param>
    public static IntakeCounts Of(int admitted, IReadOnlyCollection<string> codes, int smallest)
    {
        ArgumentNullException.ThrowIfNull(codes);
        var by = codes.GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() >= smallest)
            .ToDictionary(g => g.Key, g => AtLeast(g.Count(), smallest), StringComparer.Ordinal);
        return new(AtLeast(admitted, smallest), AtLeast(codes.Count, smallest), by);
    }

    internal static int AtLeast(int count, int smallest) => count - (count % smallest);
}
