using System.Globalization;

namespace RadiogenomicsCloud.Association;

/// <summary>One side of the map: its features that can be tested, and why the others cannot.</summary>
internal sealed class MapSide
{
    /// <summary>A feature of which fewer cases differ from its commonest value says nothing of a cohort.</summary>
    public const int FewestDifferent = 3;

    private const int MostLevels = 100;

    private MapSide(FeatureBlock block, int[] mapped, MapFeature[] features, string?[] reasons, int[] present) =>
        (Block, Mapped, Features, Reasons, Present) = (block, mapped, features, reasons, present);

    public FeatureBlock Block { get; }

    /// <summary>Indexes into the block's columns, ascending.</summary>
    public int[] Mapped { get; }

    /// <summary>Those features, in that order.</summary>
    public MapFeature[] Features { get; }

    /// <summary>By column of the block: why it is not mapped, or null.</summary>
    public string?[] Reasons { get; }

    public int[] Present { get; }

    public string NameOf(int position) => Block.Columns[Mapped[position]].Name;

    /// <param name="covariates">A feature that these explain is not mapped; null without any.</param>
    /// <exception cref="BadInputException">A value is infinite, or no code of a category.</exception>
    public static MapSide Of(FeatureBlock block, int fewestCases, MapCovariates? covariates, CancellationToken cancel)
    {
        var mapped = new List<int>();
        var features = new List<MapFeature>();
        var reasons = new string?[block.Columns.Count];
        var present = new int[block.Columns.Count];
        for (var c = 0; c < reasons.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var values = block.Column(c).ToArray();
            Check(values, block.Columns[c]);
            var feature = new MapFeature(values, block.Columns[c].Scale);
            present[c] = feature.Order.Length;
            reasons[c] = WhyNot(feature, fewestCases) ?? (covariates?.Explains(feature) == true ? "The covariates explain it." : null);
            if (reasons[c] is null)
            {
                mapped.Add(c);
                features.Add(feature);
            }
        }
        return new(block, [.. mapped], [.. features], reasons, present);
    }

    private static string? WhyNot(MapFeature feature, int fewestCases)
    {
        var n = feature.Order.Length;
        if (n < fewestCases)
            return string.Create(CultureInfo.InvariantCulture, $"Known for {n} cases; at least {fewestCases} are needed.");
        int commonest = 0, run = 0;
        for (var k = 0; k < n; k++)
        {
            run = k > 0 && feature.Values[feature.Order[k]] == feature.Values[feature.Order[k - 1]] ? run + 1 : 1;
            commonest = Math.Max(commonest, run);
        }
        if (commonest == n)
            return "Constant.";
        return n - commonest < FewestDifferent
            ? string.Create(CultureInfo.InvariantCulture, $"Fewer than {FewestDifferent} cases differ from its commonest value.")
            : null;
    }

    private static void Check(double[] values, FeatureColumn column)
    {
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            if (double.IsInfinity(value))
                throw new BadInputException("association.infinite", $"The feature '{column.Name}' has an infinite value; give a number or leave it empty.", column.Name);
            if (column.Scale == FeatureScale.Binary && value is not (0 or 1))
                throw new BadInputException("association.not_binary", $"The feature '{column.Name}' is declared binary and has a value other than 0 and 1.", column.Name);
            if (column.Scale == FeatureScale.Nominal && !(value >= 0 && value < MostLevels && value == Math.Floor(value)))
                throw new BadInputException("association.not_nominal", $"The feature '{column.Name}' is declared nominal and has a value that is no code from 0 to {MostLevels - 1}.", column.Name);
        }
    }
}
