using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Cuts a curve off where it leaves a plot below or above: a curve drawn along the edge would say what is not so.</summary>
internal static class CurveClip
{
    /// <summary>The stretches of the curve within the limits, each with the points where it crosses them.</summary>
    public static IReadOnlyList<IReadOnlyList<CurvePoint>> Inside(IReadOnlyList<CurvePoint> points, double low, double high)
    {
        List<IReadOnlyList<CurvePoint>> stretches = [];
        List<CurvePoint> stretch = [];
        for (var i = 0; i < points.Count; i++)
        {
            var inside = i > 0 && Within(points[i - 1], low, high);
            foreach (var crossing in i > 0 ? Crossings(points[i - 1], points[i], low, high) : [])
            {
                stretch.Add(crossing);
                if (inside)
                    Close();
                inside = !inside;
            }
            if (Within(points[i], low, high))
                stretch.Add(points[i]);
            else
                Close();
        }
        Close();
        return stretches;

        void Close()
        {
            if (stretch.Count > 1)
                stretches.Add(stretch);
            stretch = [];
        }
    }

    private static bool Within(CurvePoint point, double low, double high) => point.Y >= low && point.Y <= high;

    /// <summary>Where the line between two points goes through a limit, in the order of the line; not where it only touches one.</summary>
    private static IEnumerable<CurvePoint> Crossings(CurvePoint from, CurvePoint to, double low, double high) =>
        new[] { low, high }.Where(limit => (from.Y < limit && to.Y > limit) || (from.Y > limit && to.Y < limit))
            .Select(limit => (Share: (limit - from.Y) / (to.Y - from.Y), limit)).OrderBy(c => c.Share)
            .Select(c => new CurvePoint(from.X + (c.Share * (to.X - from.X)), c.limit));
}
