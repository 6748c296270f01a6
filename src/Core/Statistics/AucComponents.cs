namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Structural components of the area under the ROC curve (DeLong, DeLong, Clarke-Pearson, Biometrics 1988, 44:837) by midranks in O(n log n)
/// (Sun, Xu, IEEE Signal Process Lett 2014, 21:1389). Covariances sum components within clusters (Obuchowski, Biometrics 1997, 53:567), which is
/// DeLong's where each row is a cluster of its own. Internal: valid only for a locked model on rows that it never saw, which Validation's
/// types ensure.
/// </summary>
internal sealed class AucComponents
{
    private readonly double[] component;
    private readonly bool[] isEvent;
    private readonly int events;

    public AucComponents(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent)
    {
        this.isEvent = isEvent.ToArray();
        events = this.isEvent.Count(e => e);
        var nonEvents = scores.Length - events;
        var all = Ranks.Midranks(scores);
        var within = new double[scores.Length];
        foreach (var outcome in new[] { true, false })
        {
            var rows = Enumerable.Range(0, within.Length).Where(i => this.isEvent[i] == outcome).ToArray();
            var values = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                values[i] = scores[rows[i]];
            var ranks = Ranks.Midranks(values);
            for (var i = 0; i < rows.Length; i++)
                within[rows[i]] = ranks[i];
        }
        component = new double[scores.Length];
        var sum = 0.0;
        for (var i = 0; i < component.Length; i++)
        {
            component[i] = this.isEvent[i] ? (all[i] - within[i]) / nonEvents : 1 - ((all[i] - within[i]) / events);
            sum += this.isEvent[i] ? component[i] : 0;
        }
        Auc = sum / events;
    }

    public double Auc { get; }

    /// <summary>Covariance of the areas of two sets of scores of the same rows.</summary>
    /// <param name="clusters">Cluster number of each row, 0 … <paramref name="clusterCount"/> − 1.</param>
    /// <returns>NaN where a class has fewer than two clusters.</returns>
    public static double Covariance(AucComponents a, AucComponents b, ReadOnlySpan<int> clusters, int clusterCount)
    {
        double[] eventA = new double[clusterCount], eventB = new double[clusterCount];
        double[] otherA = new double[clusterCount], otherB = new double[clusterCount];
        bool[] hasEvent = new bool[clusterCount], hasOther = new bool[clusterCount];
        for (var i = 0; i < clusters.Length; i++)
        {
            var cluster = clusters[i];
            (a.isEvent[i] ? hasEvent : hasOther)[cluster] = true;
            (a.isEvent[i] ? eventA : otherA)[cluster] += a.component[i] - a.Auc;
            (a.isEvent[i] ? eventB : otherB)[cluster] += b.component[i] - b.Auc;
        }
        double eventClusters = hasEvent.Count(h => h), otherClusters = hasOther.Count(h => h);
        if (eventClusters < 2 || otherClusters < 2)
            return double.NaN;
        double m = a.events, n = a.isEvent.Length - a.events, clustersAll = clusterCount;
        double eventEvent = 0, otherOther = 0, cross = 0;
        for (var c = 0; c < clusterCount; c++)
        {
            eventEvent += eventA[c] * eventB[c];
            otherOther += otherA[c] * otherB[c];
            cross += (eventA[c] * otherB[c]) + (otherA[c] * eventB[c]);
        }
        return (eventClusters / (eventClusters - 1) * eventEvent / (m * m)) + (otherClusters / (otherClusters - 1) * otherOther / (n * n))
            + (clustersAll / (clustersAll - 1) * cross / (m * n));
    }
}
