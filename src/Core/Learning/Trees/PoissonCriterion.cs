namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Decrease of the Poisson deviance of events at a rate (LeBlanc and Crowley, Biometrics 1992, 48:411; the split of R's <c>rpart</c> with
/// <c>method = "exp"</c>): E log(E/T) of the sides less that of the node, for E events in time T.
/// </summary>
/// <param name="exposure">Follow-up of each row on the scale on which the rate of all is 1; positive.</param>
internal sealed class PoissonCriterion(double[] exposure, bool[] events, double[] weights) : SplitCriterion
{
    private double deaths, time;

    public override double Begin(ReadOnlySpan<int> rows)
    {
        deaths = time = 0;
        foreach (var row in rows)
        {
            deaths += events[row] ? weights[row] : 0;
            time += weights[row] * exposure[row];
        }
        return deaths > 0 ? 1e-12 : -1;
    }

    public override void Scan(int column, ReadOnlySpan<int> sorted, ReadOnlySpan<int> codes, int least, ref Cut best)
    {
        var node = Term(deaths, time);
        double left = 0, leftTime = 0;
        var last = sorted.Length - least;
        for (var i = 0; i < last; i++)
        {
            var row = sorted[i];
            left += events[row] ? weights[row] : 0;
            leftTime += weights[row] * exposure[row];
            if (i + 1 < least || codes[row] == codes[sorted[i + 1]])
                continue;
            var gain = Term(left, leftTime) + Term(deaths - left, time - leftTime) - node;
            if (gain > best.Bar)
                best.Take(column, row, sorted[i + 1], gain);
        }
    }

    private static double Term(double events, double time) => events > 0 ? events * Math.Log(events / time) : 0;
}
