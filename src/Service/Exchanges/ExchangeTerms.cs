using System.Globalization;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>What the owner gets to see of a partner's cohort, as agreed before anything is uploaded. The partner sees all of its own report.</summary>
/// <param name="Performance">Discrimination and overall accuracy: AUC, Brier score, scaled Brier score, with intervals.</param>
/// <param name="Calibration">Calibration in the large, slope, and groups of cases.</param>
/// <param name="Counts">How many cases and events were analysed, and how many cases were not.</param>
/// <param name="SmallestCount">A count below this is not shown, nor anything made from fewer events or non-events; 3 to 1000.</param>
public sealed record ExchangeTerms(bool Performance = true, bool Calibration = true, bool Counts = true, int SmallestCount = ExchangeTerms.DefaultSmallestCount)
{
    public const int DefaultSmallestCount = 5;
    private const int Least = 3;
    private const int Most = 1000;

    /// <exception cref="BadInputException">The smallest count is out of range, or nothing at all is agreed.</exception>
    internal void Require()
    {
        if (SmallestCount is < Least or > Most)
        {
            throw new BadInputException(
                "exchange.smallest-count",
                string.Create(CultureInfo.InvariantCulture, $"The smallest count shown is {SmallestCount}; it must be from {Least} to {Most}."), "smallestCount");
        }
        if (!Performance && !Calibration && !Counts)
            throw new BadInputException("exchange.no-terms", "Nothing is agreed to be shown to the owner; agree performance, calibration or counts.", "terms");
    }
}
