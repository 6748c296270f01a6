using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.IntensityVolumeHistogram;

/// <summary>
/// The discretised intensities of an intensity–volume histogram: level t = 0, 1, … stands for the intensity First + t · Step, and the
/// total range G has the levels from 0 to Count − 1. Source: IBSI reference manual, section P88C.
/// </summary>
internal sealed class IvhLevels
{
    private readonly Func<double, double> _indexOf;

    private IvhLevels(double first, double step, double count, Func<double, double> indexOf)
    {
        (First, Step, Count, _indexOf) = (first, step, count, indexOf);
    }

    /// <summary>The discretised intensity of level 0.</summary>
    public double First { get; }

    /// <summary>w, the discretisation interval.</summary>
    public double Step { get; }

    /// <summary>Levels of the total range, a whole number, at least 1; not finite where intensities are too large to count.</summary>
    public double Count { get; }

    /// <summary>Level of an intensity of the region, a whole number from 0 to Count − 1.</summary>
    public double IndexOf(double intensity) => _indexOf(intensity);

    /// <summary>What the image's unit recommends where the settings say nothing.</summary>
    public static IvhSettings Recommended(IntensityUnit unit, ReadOnlySpan<double> sorted) => unit switch
    {
        IntensityUnit.Hounsfield => AreWhole(sorted) ? new(IvhDiscretisation.None) : new(IvhDiscretisation.FBS, BinWidth: 2.5),
        IntensityUnit.SuvBodyWeight => new(IvhDiscretisation.FBS, BinWidth: 0.1),
        _ => new(IvhDiscretisation.FBN, Bins: 1000),
    };

    /// <summary>Whether all intensities are whole numbers, as levels without discretisation must be.</summary>
    public static bool AreWhole(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (Math.Floor(value) != value)
                return false;
        }
        return true;
    }

    /// <param name="sorted">Intensities of the region, ascending and finite; at least one.</param>
    /// <param name="range">The resegmentation range, if any. It is the total range where the image is calibrated (not FBN).</param>
    public static IvhLevels Of(ReadOnlySpan<double> sorted, ResegmentSettings? range, IvhSettings settings)
    {
        var (min, max) = (sorted[0], sorted[^1]);
        // A region that was not made with its range may exceed it.
        var (low, high) = (Math.Min(range?.Low ?? min, min), Math.Max(range?.High ?? max, max));
        switch (settings.Method)
        {
            case IvhDiscretisation.None:
                var first = Math.Ceiling(low);
                return new(first, 1, Math.Floor(high) - first + 1, x => x - first);
            case IvhDiscretisation.FBS:
                var width = settings.BinWidth!.Value;
                // Bins that begin below the range's end. An intensity at that end, where a bin begins, opens one more.
                var bins = Math.Max(-Discretiser.Bin(low, high, width), Discretiser.Bin(max, low, width) + 1);
                return new(low + (width / 2), width, bins, x => Discretiser.Bin(x, low, width));
            default:
                var number = settings.Bins!.Value;
                var edges = new FixedNumberBins(min, max, number);
                return new(1, 1, number, x => edges.LevelOf(x) - 1);
        }
    }
}
