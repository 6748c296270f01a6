using System.Globalization;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Kaplan–Meier curves of the two risk groups of a model, with pointwise intervals, censorings and the numbers at risk.</summary>
internal static class SurvivalFigure
{
    public static string Of(RiskGroups groups, string name)
    {
        var end = new[] { groups.Low, groups.High }.Max(g => g.Curve.Count > 0 ? g.Curve[^1].Time : 0);
        var plot = new Plot(
            $"Kaplan–Meier curves by risk, {name}: {Describe("low", groups.Low)}; {Describe("high", groups.High)}",
            Axis.Round("Time, in the unit of the study's table", 0, end), Axis.Share("Survival"));
        // Low risk in blue, high risk in the colour that stands for most against it.
        Draw(plot, groups.Low, 0, "low risk");
        Draw(plot, groups.High, 1, "high risk");
        return plot.ToSvg();
    }

    /// <summary>How many are at risk just before a time.</summary>
    public static int AtRisk(RiskGroup group, double time) => group.Curve.FirstOrDefault(p => p.Time >= time)?.AtRisk ?? 0;

    private static void Draw(Plot plot, RiskGroup group, int series, string name)
    {
        var curve = group.Curve;
        plot.Band(Steps(curve, p => p.Low ?? p.Survival), Steps(curve, p => p.High ?? p.Survival), series);
        plot.Line(Steps(curve, p => p.Survival), series, string.Create(CultureInfo.InvariantCulture, $"{name}: {group.Events} of {group.Cases} with the event"));
        // Survival stays where it is at a time of which nobody has the event.
        plot.Strokes(curve.Where((p, i) => p.Survival == (i > 0 ? curve[i - 1].Survival : 1)).Select(p => new CurvePoint(p.Time, p.Survival)), series);
        plot.Below("At risk", name.Split(' ')[0], series, [.. plot.HorizontalTicks.Select(t => AtRisk(group, t).ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>The function that jumps at each time to its value there, from 1 at the beginning.</summary>
    private static List<CurvePoint> Steps(IReadOnlyList<SurvivalPoint> curve, Func<SurvivalPoint, double> value)
    {
        List<CurvePoint> steps = [new(0, 1)];
        foreach (var point in curve)
        {
            if (value(point) is var next && next != steps[^1].Y)
            {
                steps.Add(new(point.Time, steps[^1].Y));
                steps.Add(new(point.Time, next));
            }
        }
        if (curve.Count > 0 && steps[^1].X < curve[^1].Time)
            steps.Add(new(curve[^1].Time, steps[^1].Y));
        return steps;
    }

    private static string Describe(string risk, RiskGroup group) => string.Create(
        CultureInfo.InvariantCulture, $"{risk} risk, {group.Events} of {group.Cases} with the event{(group.Curve.Count > 0 ? $", survival {group.Curve[^1].Survival:F2} at the end" : "")}");

    /// <summary>Cumulative incidence of the event by risk, with pointwise intervals, where other events compete.</summary>
    public static string IncidenceOf(RiskGroups groups, RiskGroupIncidence incidence, string name)
    {
        var end = new[] { incidence.Low, incidence.High }.Max(g => g.Curve.Count > 0 ? g.Curve[^1].Time : 0);
        var plot = new Plot(
            $"Cumulative incidence by risk, {name}: {DescribeIncidence("low", incidence.Low)}; {DescribeIncidence("high", incidence.High)}",
            Axis.Round("Time, in the unit of the study's table", 0, end), Axis.Share("Share with the event"));
        Draw(plot, incidence.Low, groups.Low, 0, "low risk");
        Draw(plot, incidence.High, groups.High, 1, "high risk");
        return plot.ToSvg();
    }

    private static void Draw(Plot plot, GroupIncidence group, RiskGroup counts, int series, string name)
    {
        plot.Band(Steps(group.Curve, p => p.Low ?? p.Incidence), Steps(group.Curve, p => p.High ?? p.Incidence), series);
        plot.Line(Steps(group.Curve, p => p.Incidence), series, string.Create(CultureInfo.InvariantCulture, $"{name}: {counts.Events} event, {group.Competing} competing"));
        // What Kaplan–Meier says of the same group, for what it overstates.
        plot.Faint([.. Steps(counts.Curve, p => p.Survival).Select(p => new CurvePoint(p.X, 1 - p.Y))], series);
        plot.Below("At risk", name.Split(' ')[0], series, [.. plot.HorizontalTicks.Select(t => AtRisk(counts, t).ToString(CultureInfo.InvariantCulture))]);
    }

    private static List<CurvePoint> Steps(IReadOnlyList<IncidencePoint> curve, Func<IncidencePoint, double> value)
    {
        List<CurvePoint> steps = [new(0, 0)];
        foreach (var point in curve)
        {
            steps.Add(new(point.Time, steps[^1].Y));
            steps.Add(new(point.Time, value(point)));
        }
        return steps;
    }

    private static string DescribeIncidence(string risk, GroupIncidence group) => string.Create(
        CultureInfo.InvariantCulture, $"{risk} risk, {(group.Curve.Count > 0 ? group.Curve[^1].Incidence : 0):F2} with the event at the end");
}
