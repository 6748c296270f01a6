using System.Collections.Concurrent;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>
/// All pairs of a map and their parametric p. Pairs of complete features that are not nominal go by blocks of products, those with missing values by
/// groups that miss the same cases, those with a nominal feature one by one.
/// Holds 8 bytes a pair, and vectors of 4 or 8 bytes a value.
/// </summary>
internal sealed class MapPairs
{
    private readonly AssociationSettings settings;
    private readonly MapCovariates? covariates;
    private readonly ConcurrentDictionary<string, ContingencyLaw> laws = new(StringComparer.Ordinal);
    private readonly bool[] slowRows;
    private readonly bool[] slowColumns;

    public MapPairs(MapFeature[] imaging, MapFeature[] molecular, int cases, AssociationSettings settings, MapCovariates? covariates)
    {
        (Imaging, Molecular, Cases, this.settings, this.covariates) = (imaging, molecular, cases, settings, covariates);
        Blocks = cases >= settings.FewestCases ? FastBlocks.Of(imaging, molecular, settings, covariates) : [];
        Patterns = new(imaging, molecular, settings, covariates);
        slowRows = Array.ConvertAll(imaging, f => f.IsNominal);
        slowColumns = Array.ConvertAll(molecular, f => f.IsNominal);
    }

    public MapFeature[] Imaging { get; }

    public MapFeature[] Molecular { get; }

    public int Cases { get; }

    public AssociationSettings Settings => settings;

    public MapCovariates? Covariates => covariates;

    public IReadOnlyList<FastBlock> Blocks { get; }

    public PatternPairs Patterns { get; }

    /// <summary>Whether every p is that of a continuous law, or of one that is nearly so.</summary>
    public bool AreContinuous =>
        !HasSlowPairs && Patterns.AreContinuous && Blocks.All(b => b.Law.Kind is PairLawKind.Student or PairLawKind.UntiedSpearman);

    public bool HasSlowPairs => (slowRows.Contains(true) && Molecular.Length > 0) || (slowColumns.Contains(true) && Imaging.Length > 0);

    public bool IsSlow(int row, int column) => slowRows[row] || slowColumns[column];

    public PairTester NewTester() => new(Cases, settings, covariates, laws);

    /// <summary>p by imaging feature, then molecular feature; NaN where it is undefined.</summary>
    public double[] ParametricP(int workers, CancellationToken cancel)
    {
        var p = new double[(long)Imaging.Length * Molecular.Length];
        Array.Fill(p, double.NaN);
        foreach (var block in Blocks)
            Workers.ForEach(block.Panels, workers, block.NewScan, (scan, panel) => scan.Map(panel, p, Molecular.Length), cancel);
        Workers.ForEach(Patterns.Count, workers, () => new PatternScan(Patterns, Cases), (scan, index) => scan.Map(index, p), cancel);
        if (HasSlowPairs)
        {
            Workers.ForEach(Imaging.Length, workers, NewTester, (tester, row) =>
            {
                for (var column = 0; column < Molecular.Length; column++)
                {
                    if (IsSlow(row, column))
                        p[((long)row * Molecular.Length) + column] = tester.Test(Imaging[row], Molecular[column], null, null, residuals: false, details: false).P;
                }
            }, cancel);
        }
        return p;
    }
}
