using System.Globalization;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Colours of effects from −1 to 1, in steps: orange through white to blue, of equal lightness on both sides.</summary>
internal static class HeatColours
{
    /// <summary>On each side of 0.</summary>
    public const int Steps = 10;

    /// <summary>The step of an effect that is undefined.</summary>
    public const int Missing = int.MinValue;

    private static readonly (int R, int G, int B) Low = (0xb3, 0x4a, 0x00), High = (0x00, 0x53, 0x8a);

    public static int Step(double effect) => double.IsNaN(effect) ? Missing : (int)Math.Round(Math.Clamp(effect, -1, 1) * Steps, MidpointRounding.AwayFromZero);

    public static string Of(int step)
    {
        if (step == Missing)
            return "#dcdfe2";
        var (end, share) = (step < 0 ? Low : High, Math.Abs(step) / (double)Steps);
        int Mix(int to) => (int)Math.Round(255 + ((to - 255) * share));
        return string.Create(CultureInfo.InvariantCulture, $"#{Mix(end.R):x2}{Mix(end.G):x2}{Mix(end.B):x2}");
    }
}
