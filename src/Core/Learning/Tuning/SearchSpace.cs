namespace RadiogenomicsCloud.Learning;

/// <summary>What a tuner may set, all combinations of it.</summary>
public sealed class SearchSpace
{
    private readonly (int Parameter, int Cells)[] features;

    /// <param name="parameters">At least one; names differ.</param>
    public SearchSpace(IReadOnlyList<SearchParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Count == 0)
            throw new ArgumentException("A search space needs a parameter.", nameof(parameters));
        if (parameters.DistinctBy(p => p.Name, StringComparer.Ordinal).Count() != parameters.Count)
            throw new ArgumentException("Two parameters have one name.", nameof(parameters));
        Parameters = parameters;
        features =
        [
            .. parameters.SelectMany((p, at) => p.IsOrdered
                ? [(at, 0)]
                : Enumerable.Repeat((at, (int)p.Levels!.Value), (int)p.Levels!.Value)),
        ];
    }

    public IReadOnlyList<SearchParameter> Parameters { get; }

    public int Dimension => Parameters.Count;

    /// <summary>How many points there are; null for a continuum or more than 2⁶².</summary>
    public long? Count
    {
        get
        {
            var count = 1L;
            foreach (var parameter in Parameters)
            {
                if (parameter.Levels is not { } levels || levels > (1L << 62) / count)
                    return null;
                count *= levels;
            }
            return count;
        }
    }

    public bool Contains(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == Dimension && Parameters.Zip(values).All(p => p.First.Contains(p.Second));
    }

    internal double[] FromUnit(ReadOnlySpan<double> unit)
    {
        var values = new double[Dimension];
        for (var p = 0; p < values.Length; p++)
            values[p] = Parameters[p].FromUnit(unit[p]);
        return values;
    }

    internal double[] ToUnit(ReadOnlySpan<double> values)
    {
        var unit = new double[Dimension];
        for (var p = 0; p < unit.Length; p++)
            unit[p] = Parameters[p].ToUnit(values[p]);
        return unit;
    }

    /// <summary>The coded values that a place of the unit cube stands for: centres of cells where there are finitely many.</summary>
    internal double[] Snap(ReadOnlySpan<double> unit) => ToUnit(FromUnit(unit));

    /// <summary>Numbers a surrogate model gets a point as: the code of an ordered parameter, an indicator for each level of a choice.</summary>
    internal int FeatureCount => features.Length;

    /// <summary>The parameter that a feature belongs to.</summary>
    internal int ParameterOf(int feature) => features[feature].Parameter;

    internal void Encode(ReadOnlySpan<double> unit, Span<double> encoded)
    {
        for (var f = 0; f < features.Length;)
        {
            var (parameter, cells) = features[f];
            if (cells == 0)
            {
                encoded[f++] = unit[parameter];
                continue;
            }
            encoded.Slice(f, cells).Clear();
            encoded[f + Math.Clamp((int)(unit[parameter] * cells), 0, cells - 1)] = 1;
            f += cells;
        }
    }
}
