using System.Globalization;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>One axis of a <see cref="Plot"/>: what it shows, from where to where, and the values that are written on it.</summary>
/// <param name="Decimals">Of the values written.</param>
internal sealed record Axis(string Title, double Low, double High, IReadOnlyList<double> Ticks, int Decimals)
{
    private const int MostTicks = 7;

    /// <summary>From 0 to 1.</summary>
    public static Axis Share(string title) => new(title, 0, 1, [.. Enumerable.Range(0, 6).Select(tick => tick / 5.0)], 1);

    /// <summary>From one end to the other as they are, with round values between: steps of 1, 2 or 5 times a power of ten.</summary>
    public static Axis Round(string title, double low, double high)
    {
        if (!(high > low))
            high = low + 1;
        var step = Step((high - low) / (MostTicks - 1));
        List<double> ticks = [];
        for (var k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
            ticks.Add(k * step);
        return new(title, low, high, ticks, Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 10));
    }

    /// <summary>The value of a tick.</summary>
    public string Text(double value)
    {
        var text = value.ToString("F" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.Trim('-', '0', '.').Length == 0 ? text.TrimStart('-') : text.Replace('-', '−');
    }

    /// <summary>The least round step that is not below what is asked for.</summary>
    private static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least <= power * 1.000001 ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }
}
