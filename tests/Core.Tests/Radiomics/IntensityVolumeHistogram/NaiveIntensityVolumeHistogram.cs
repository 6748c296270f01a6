using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.IntensityVolumeHistogram;

/// <summary>The intensity–volume histogram letter by letter after the manual: every level of the total range, and one past it.</summary>
internal static class NaiveIntensityVolumeHistogram
{
    /// <summary>All features by tag, NaN where undefined; for quotients that no rounding brings across the edge of a bin.</summary>
    public static Dictionary<string, double> Compute(RegionOfInterest roi, IvhSettings settings)
    {
        var intensities = roi.Image.Values.Where((_, v) => roi.IntensityMask.Values[v] != 0).ToArray();
        var (min, max) = (intensities.Min(), intensities.Max());
        var (low, high) = (roi.Resegmentation?.Low ?? min, roi.Resegmentation?.High ?? max);
        double[] levels;
        double[] discretised;
        double step = 1;
        switch (settings.Method)
        {
            case IvhDiscretisation.None:
                discretised = intensities;
                levels = [.. Enumerable.Range(0, (int)(high - low) + 1).Select(t => low + t)];
                break;
            case IvhDiscretisation.FBS:
                step = settings.BinWidth!.Value;
                double[] bins = [.. intensities.Select(x => Math.Floor((x - low) / step) + 1)];
                discretised = [.. bins.Select(b => low + ((b - 0.5) * step))];
                var last = (int)Math.Max(Math.Ceiling((high - low) / step), bins.Max());
                levels = [.. Enumerable.Range(1, last).Select(b => low + ((b - 0.5) * step))];
                break;
            default:
                var n = settings.Bins!.Value;
                discretised = [.. intensities.Select(x => min == max ? 1 : x == max ? n : Math.Floor(n * (x - min) / (max - min)) + 1)];
                levels = [.. Enumerable.Range(1, n).Select(b => (double)b)];
                break;
        }
        // Half a step of slack: levels are whole steps apart, and some are not exact.
        double Volume(double level) => discretised.Count(d => d > level - (step / 2)) / (double)discretised.Length;
        double Fraction(int t) => t / (levels.Length - 1.0);
        var curve = levels.Select((level, t) => (Level: level, Gamma: Fraction(t), Nu: Volume(level))).ToList();
        double VolumeAt(double x) => levels.Length == 1 ? double.NaN : curve.Where(c => c.Gamma >= x).Max(c => c.Nu);
        double IntensityAt(double x) => curve.Where(c => c.Nu <= x).Select(c => (double?)c.Level).Min() ?? levels[^1] + step;
        var (v10, v90, i10, i90) = (VolumeAt(0.1), VolumeAt(0.9), IntensityAt(0.1), IntensityAt(0.9));
        return new()
        {
            ["ivh_v10"] = v10,
            ["ivh_v90"] = v90,
            ["ivh_i10"] = i10,
            ["ivh_i90"] = i90,
            ["ivh_diff_v10_v90"] = v10 - v90,
            ["ivh_diff_i10_i90"] = i10 - i90,
            ["ivh_auc"] = discretised.Distinct().Count() == 1
                ? 0
                : curve.Zip(curve.Skip(1), (a, b) => (b.Gamma - a.Gamma) * (a.Nu + b.Nu) / 2).Sum(),
        };
    }
}
